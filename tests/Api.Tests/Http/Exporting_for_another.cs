using Support;

namespace Api.Tests.Http;

/// <summary>An exporter acts for itself alone, on every road, and nobody decides on himself.</summary>
public sealed class Exporting_for_another(RunningService running)
{
    const string Day = "2026-01-05";

    static object Reason => new { reason = "改期", occurredAt = Goods.Day };

    [Fact]
    public async Task Files_drafts_and_ships_nothing_of_another()
    {
        var caller = await running.CallerAsync();
        var stranger = await Goods.OnRollAsync(caller, "EXP", "organisation");
        var exporter = await Exporting_a_car.ApprovedAsync(caller);
        var batch = await Exporting_a_car.DraftAsync(caller, exporter);
        var (car, id) = await Exporting_a_car.NotedAsync(caller);
        await Exporting_a_car.AddAsync(caller, batch, id);
        var batchOf = new
        {
            exporter,
            hsCode = "8703234110",
            destination = "AE",
            port = "上海",
            occurredAt = Goods.Day,
        };
        foreach (
            var (path, body) in new (string, object)[]
            {
                ("/api/v1/exporters", Exporting_a_car.Filing(Goods.NewUscc())),
                ("/api/v1/exporters", Exporting_a_car.Filing(exporter)),
                ("/api/v1/export-batches", batchOf),
                ($"{batch}/items/{id}/removals", Reason),
                ($"{batch}/applications", new { prohibitionsChecked = true, occurredAt = Goods.Day }),
                ($"{batch}/licence-returns", Reason),
                (
                    $"{batch}/customs-declarations",
                    new
                    {
                        declarationNo = "D-1",
                        count = 1,
                        occurredAt = Goods.Day,
                    }
                ),
                ($"{batch}/customs-withdrawals", Reason),
                (
                    $"{car}/destination-registrations",
                    new
                    {
                        country = "KE",
                        registeredOn = Day,
                        occurredAt = Goods.Day,
                    }
                ),
            }
        )
        {
            var reply = await caller.AsItIs().PostAsync(path, body, null, People.Headers("EXP", actor: stranger));
            Assert.True(reply.Status == 403, $"{path}: {reply.Text}");
            reply.Refuses(403, "not-the-exporter");
        }
    }

    /// <summary>An exporter that is gone leaves cars in batches and licences unused: its regulator frees both.</summary>
    [Fact]
    public async Task A_regulator_takes_back_what_an_exporter_that_is_gone_has_left()
    {
        var caller = await running.CallerAsync();
        var exporter = await Exporting_a_car.ApprovedAsync(caller);
        var (draft, licensed) = (
            await Exporting_a_car.DraftAsync(caller, exporter),
            await Exporting_a_car.DraftAsync(caller, exporter)
        );
        var (_, left) = await Exporting_a_car.NotedAsync(caller);
        await Exporting_a_car.AddAsync(caller, draft, left);
        await Exporting_a_car.AddAsync(caller, licensed, (await Exporting_a_car.NotedAsync(caller)).Id);
        (await caller.PostAsync($"{licensed}/applications", new { occurredAt = Goods.Day })).Is(201);
        (await caller.PostAsync($"{licensed}/licences", Exporting_a_car.Licence())).Is(201);
        (await caller.PostAsync($"/api/v1/exporters/{exporter}/removals", Reason)).Is(201);
        foreach (
            var (path, state) in new[]
            {
                ($"{draft}/items/{left}/removals", "drafted"),
                ($"{licensed}/licence-returns", "drafted"),
            }
        )
        {
            (await caller.AsItIs().PostAsync(path, Reason, null, People.Headers("POL"))).Refuses(403, "not-authorised");
            (await caller.AsItIs().PostAsync(path, Reason, null, People.Headers("REG"))).Is(201);
            var batch = (await caller.GetAsync(path[..path.IndexOf('/', "/api/v1/export-batches/".Length)])).Is(200);
            Assert.Equal(state, (string?)batch.Json["state"]);
        }
        Assert.Equal(0, (int?)(await caller.GetAsync(draft)).Json["count"]);
    }

    [Fact]
    public async Task No_regulator_approves_itself()
    {
        var caller = await running.CallerAsync();
        var body = await Goods.OnRollAsync(caller, "REG");
        (await caller.PostAsync($"{Goods.PathOf(body)}/roles", Goods.Grant("EXP"), null, ("Ledger-Role", "REG"))).Is(
            201
        );
        var itself = caller.AsItIs();
        (
            await itself.PostAsync(
                "/api/v1/exporters",
                Exporting_a_car.Filing(body),
                null,
                People.Headers("EXP", actor: body)
            )
        ).Is(201);
        var approvals = $"/api/v1/exporters/{body}/approvals";
        (await itself.PostAsync(approvals, Exporting_a_car.Approval, null, People.Headers("REG", actor: body))).Refuses(
            403,
            "own-affair"
        );
        (await itself.PostAsync(approvals, Exporting_a_car.Approval, null, People.Headers("REG"))).Is(201);
    }
}
