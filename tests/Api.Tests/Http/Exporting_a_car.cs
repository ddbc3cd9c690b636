using System.Text.Json.Nodes;

namespace Api.Tests.Http;

/// <summary>A car goes abroad and comes back: exporter, batch, licence, customs, departure, registration
/// abroad.</summary>
public sealed class Exporting_a_car(RunningService running)
{
    const string Hs = "8703234110";

    [Fact]
    public async Task Goes_abroad_with_its_batch_and_comes_back()
    {
        var caller = await running.CallerAsync();
        var exporter = await ApprovedAsync(caller);
        var (car, id) = await NotedAsync(caller);
        var batch = await DraftAsync(caller, exporter);
        await AddAsync(caller, batch, id);
        await SaysAsync(caller, batch, "applications", new { prohibitionsChecked = true, occurredAt = Goods.Day });
        var shown = (await caller.GetAsync(batch)).Is(200).Json;
        Assert.Equal(
            ("applied", 1, "declare-customs"),
            ((string?)shown["state"], (int?)shown["count"], (string?)shown["next"])
        );
        await SaysAsync(caller, batch, "licences", Licence());
        (await caller.PostAsync($"{car}/departures", Departure)).Refuses(409, "not-declared");
        (await caller.PostAsync($"{batch}/customs-declarations", Customs(2))).Refuses(422, "count-differs");
        await SaysAsync(caller, batch, "customs-declarations", Customs(1));
        (await caller.PostAsync($"{car}/departures", Departure)).Is(201);
        Assert.Equal("consumed", (string?)(await caller.GetAsync(batch)).Is(200).Json["state"]);
        (
            await caller.PostAsync(
                $"{car}/destination-registrations",
                new
                {
                    country = "KE",
                    registeredOn = "2026-01-05",
                    registry = "NTSA",
                    occurredAt = Goods.Day,
                }
            )
        ).Is(201);
        (await caller.PostAsync($"{car}/reimports", new { importedOn = "2026-01-05", occurredAt = Goods.Day })).Is(201);

        var history = (await caller.GetAsync($"{car}/history")).Is(200).Items.ToList();
        Assert.Equal(
            [
                "item-registered.v1",
                "pre-export-inspection-recorded.v1",
                "pending-export-annotated.v1",
                "linked-fact-noted.v1",
                "linked-fact-noted.v1",
                "linked-fact-noted.v1",
                "linked-fact-noted.v1",
                "item-exported.v1",
                "destination-registered.v1",
                "item-reimported.v1",
            ],
            history.Select(e => (string?)e["type"])
        );
        // Where it was registered is not where it was declared for: kept with the fact as a warning.
        Assert.Contains("export-destination-kept", history[8]["verdicts"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shows_its_checklist_with_rule_article_and_first_day()
    {
        var caller = await running.CallerAsync();
        var exporter = await ApprovedAsync(caller);
        var (_, id) = await NotedAsync(caller, registered: "2026-01-02");
        var batch = await DraftAsync(caller, exporter);
        await AddAsync(caller, batch, id, registered: "2026-01-02", model: "别的型号");
        var refused = await caller.PostAsync($"{batch}/applications", new { occurredAt = Goods.Day });
        refused.Refuses(422, "needs-after-sale-confirmation");
        Assert.Contains($"items.{id}", refused.Json["errors"]!.ToJsonString(), StringComparison.Ordinal);

        var listed = (await caller.GetAsync($"/api/v1/exporter/batches?exporter={exporter}")).Is(200).Items;
        var checks = Assert.Single(listed)["items"]![0]!["checks"]!.AsArray();
        var fields = Assert.Single(checks, c => (string?)c!["ruleId"] == "export-four-fields")!;
        Assert.Equal(
            ("hit", "block", "商贸函〔2025〕648号"),
            ((string?)fields["result"], (string?)fields["severity"], (string?)fields["citation"])
        );
        var csv = (await caller.GetAsync($"/api/v1/exporter/batches?exporter={exporter}&format=csv")).Is(200).Text;
        Assert.Contains("export-four-fields", csv, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_stopped_at_once_where_the_exporter_is_suspended()
    {
        var caller = await running.CallerAsync();
        var exporter = await ApprovedAsync(caller);
        var batch = await DraftAsync(caller, exporter);
        var reason = new { reason = "涉嫌骗取许可证", occurredAt = Goods.Day };
        (await caller.PostAsync($"/api/v1/exporters/{exporter}/suspensions", reason)).Is(201);
        var (_, id) = await NotedAsync(caller);
        (await caller.PostAsync($"{batch}/items", Item(id))).Refuses(409, "exporter-not-approved");
        (await caller.PostAsync($"/api/v1/exporters/{exporter}/reinstatements", reason)).Is(201);
        await AddAsync(caller, batch, id);
        Assert.Equal("approved", (string?)(await caller.GetAsync($"/api/v1/exporters/{exporter}")).Json["state"]);
    }

    [Fact]
    public async Task Is_in_one_batch_at_a_time()
    {
        var caller = await running.CallerAsync();
        var exporter = await ApprovedAsync(caller);
        var (_, id) = await NotedAsync(caller);
        var (one, other) = (await DraftAsync(caller, exporter), await DraftAsync(caller, exporter));
        await AddAsync(caller, one, id);
        (await caller.PostAsync($"{other}/items", Item(id))).Refuses(409, "item-in-other-batch");
        await SaysAsync(caller, one, $"items/{id}/removals", new { reason = "改内销", occurredAt = Goods.Day });
        await AddAsync(caller, other, id);
    }

    [Fact]
    public async Task Answers_a_repeat_as_it_answered_first()
    {
        var caller = await running.CallerAsync();
        var exporter = await ApprovedAsync(caller);
        var batch = await DraftAsync(caller, exporter);
        foreach (var _ in Enumerable.Range(0, 5))
            await AddAsync(caller, batch, (await NotedAsync(caller)).Id);
        var key = Goods.NewKey();
        var body = new { prohibitionsChecked = true, occurredAt = Goods.Day };
        var first = (await caller.PostAsync($"{batch}/applications", body, key)).Is(201);
        Assert.Equal(6, first.Json["eventIds"]!.AsArray().Count);
        var again = await caller.PostAsync($"{batch}/applications", body, key);
        Assert.Equal(first.Text, again.Is(201).Text);
    }

    /// <summary>Two batches with one licence, declared at the same moment: one wins, each time.</summary>
    [Fact]
    public async Task Clears_a_licence_once()
    {
        var caller = await running.CallerAsync();
        var exporter = await ApprovedAsync(caller);
        for (var round = 0; round < 10; round++)
        {
            var licence = Licence();
            var batches = new List<string>();
            for (var n = 0; n < 2; n++)
            {
                var batch = await DraftAsync(caller, exporter);
                await AddAsync(caller, batch, (await NotedAsync(caller)).Id);
                await SaysAsync(caller, batch, "applications", new { occurredAt = Goods.Day });
                await SaysAsync(caller, batch, "licences", licence);
                batches.Add(batch);
            }
            var replies = await Task.WhenAll(
                batches.Select(b => caller.PostAsync($"{b}/customs-declarations", Customs(1)))
            );
            Assert.Single(replies, r => r.Status == 201);
            replies.Single(r => r.Status != 201).Refuses(409, "licence-already-used");
        }
    }

    [Fact]
    public async Task Needs_what_the_path_and_the_body_name()
    {
        var caller = await running.CallerAsync();
        // On the roll, and not filed.
        var nobody = await Goods.OnRollAsync(caller, "EXP", "organisation");
        caller.ActsAs("EXP", nobody);
        (await caller.GetAsync($"/api/v1/exporters/{nobody}")).Refuses(404, "exporter-not-found");
        (await caller.PostAsync($"/api/v1/exporters/{nobody}/approvals", new { issuingBody = "局" })).Refuses(
            404,
            "exporter-not-found"
        );
        (
            await caller.PostAsync(
                "/api/v1/export-batches",
                new
                {
                    exporter = nobody,
                    hsCode = Hs,
                    destination = "AE",
                }
            )
        ).Refuses(422, "exporter-not-found");
        (
            await caller.PostAsync(
                "/api/v1/export-batches",
                new
                {
                    exporter = nobody,
                    hsCode = "87a",
                    destination = "Kenya",
                }
            )
        ).Refuses(422, "value-malformed");
        var unknown = $"/api/v1/export-batches/{Guid.NewGuid()}";
        (await caller.GetAsync(unknown)).Refuses(404, "batch-not-found");
        (await caller.PostAsync($"{unknown}/applications", new { })).Refuses(404, "batch-not-found");
        var batch = await DraftAsync(caller, await ApprovedAsync(caller));
        (await caller.PostAsync($"{batch}/items", Item("vin:LSV"))).Refuses(422, "vin-malformed");
        (await caller.PostAsync($"{batch}/items", Item($"{Guid.NewGuid()}"))).Refuses(422, "item-not-found");
    }

    [Fact]
    public async Task Records_nothing_where_a_draft_or_another_version_is_asked_for()
    {
        var caller = await running.CallerAsync();
        var exporter = await ApprovedAsync(caller);
        var batch = await DraftAsync(caller, exporter);
        var (_, id) = await NotedAsync(caller);
        (await caller.PostAsync($"{batch}/items?prepare=true", Item(id))).Refuses(422, "value-missing");
        (await caller.PostAsync($"{batch}/items", Item(id), null, ("If-Match", "\"7\""))).Refuses(412, "stale-version");
        Assert.Equal(0, (int?)(await caller.GetAsync(batch)).Json["count"]);
        (await caller.PostAsync($"{batch}/items", Item(id), null, ("If-Match", "\"1\""))).Is(201);
    }

    static readonly object Departure = new
    {
        exportedOn = "2026-01-05",
        port = "上海",
        occurredAt = Goods.Day,
    };

    internal static object Customs(int count) =>
        new
        {
            count,
            declarationNo = "790120261234567890",
            occurredAt = Goods.Day,
        };

    internal static object Licence() =>
        new
        {
            licenceNo = $"26-51-{Goods.NewKey()}",
            issuingBody = "成都市商务局",
            validUntil = "2026-12-31",
            occurredAt = Goods.Day,
        };

    static object Item(string item, string registered = "2020-03-15", string model = "帕萨特") =>
        new
        {
            item,
            hsCode = Hs,
            make = "大众",
            model,
            firstRegistered = registered,
            pendingExportOn = "2026-01-05",
            occurredAt = Goods.Day,
        };

    internal static Task AddAsync(
        Caller caller,
        string batch,
        string item,
        string registered = "2020-03-15",
        string model = "帕萨特"
    ) => SaysAsync(caller, batch, "items", Item(item, registered, model));

    internal static async Task<JsonNode> SaysAsync(Caller caller, string batch, string act, object body) =>
        (await caller.PostAsync($"{batch}/{act}", body)).Is(201).Json;

    internal static async Task<string> DraftAsync(Caller caller, string exporter) => (
            await caller.PostAsync(
                "/api/v1/export-batches",
                new
                {
                    exporter,
                    hsCode = Hs,
                    destination = "AE",
                    port = "上海",
                    occurredAt = Goods.Day,
                }
            )
        ).Is(201).Location;

    internal static object Filing(string code) =>
        new
        {
            code,
            name = "出口企业",
            fixedOffice = true,
            displaySite = true,
            tradeExperience = true,
            occurredAt = Goods.Day,
        };

    internal static object Approval =>
        new
        {
            issuingBody = "成都市商务局",
            validTo = "2028-12-31",
            occurredAt = Goods.Day,
        };

    internal static async Task<string> ApprovedAsync(Caller caller)
    {
        var code = await Goods.OnRollAsync(caller, "EXP", "organisation");
        caller.ActsAs("EXP", code);
        (await caller.PostAsync("/api/v1/exporters", Filing(code))).Is(201);
        (await caller.PostAsync($"/api/v1/exporters/{code}/approvals", Approval)).Is(201);
        return code;
    }

    /// <returns>The path and the id of a car that the police have noted for export.</returns>
    internal static async Task<(string Path, string Id)> NotedAsync(Caller caller, string registered = "2020-03-15")
    {
        var car = await caller.PostAsync(
            "/api/v1/items",
            new
            {
                category = "used-car",
                identifiers = new[] { Goods.NewVin() },
                make = "大众",
                model = "帕萨特",
                firstRegistered = registered,
                scrapCategory = "private-small",
                // Whoever has filed as an exporter sends his own cars.
                owner = caller.ActorIn("EXP"),
                occurredAt = Goods.Day,
            }
        );
        car.Is(201);
        (
            await caller.PostAsync(
                $"{car.Location}/export-inspections",
                new
                {
                    standard = "WM/T 8-2022",
                    passed = true,
                    inspectedOn = "2026-01-05",
                    occurredAt = Goods.Day,
                }
            )
        ).Is(201);
        (
            await caller.PostAsync(
                $"{car.Location}/export-annotations",
                new
                {
                    annotatedOn = "2026-01-05",
                    tempPlate = "川A临0001",
                    tempPlateUntil = "2026-03-06",
                    insuranceUntil = "2026-03-06",
                    occurredAt = Goods.Day,
                }
            )
        ).Is(201);
        return (car.Location, car.Id);
    }
}
