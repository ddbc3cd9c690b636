using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Operations;
using Ledger.Pipeline;
using Support;

namespace Projections.Tests;

/// <summary>Day by day the views are held against the events; what does not fit is made anew, and told.</summary>
public sealed class Holding_views_against_events
{
    static readonly CancellationToken Stop = CancellationToken.None;
    static readonly DateOnly Day = new(2026, 1, 5);

    [Fact]
    public async Task Finds_nothing_where_nothing_was_touched()
    {
        await using var service = await TestService.StartAsync();
        await RegisterAsync(service, "a");
        await service.CaughtUpAsync();
        var runs = (await new Reconciler(service.Node).RunAsync(Day, Stop))!;
        Assert.Equal([Reconciler.Reservations, .. Registry.Views.Select(v => v.Name)], runs.Select(r => r.Projection));
        Assert.All(runs, r => Assert.Equal((0L, false), (r.Mismatches, r.Rebuilt)));
        Assert.Equal(runs, await RecordedAsync(service));
    }

    [Fact]
    public async Task Makes_rows_anew_that_somebody_changed_or_took_away()
    {
        await using var service = await TestService.StartAsync();
        await RegisterAsync(service, "a");
        await RegisterAsync(service, "b");
        await service.CaughtUpAsync();
        var before = await RowsAsync(service);
        await ExecuteAsync(
            service,
            "update ledger.events_g1 set category = 'gold' where ctid in (select ctid from ledger.events_g1 limit 1)"
        );
        var runs = (await new Reconciler(service.Node).RunAsync(Day, Stop))!;
        var events = Assert.Single(runs, r => r.Mismatches > 0);
        Assert.Equal(("events", 1L, true), (events.Projection, events.Mismatches, events.Rebuilt));
        Assert.Equal(before, await RowsAsync(service));
        await ExecuteAsync(service, "delete from ledger.events_g1");
        // Neither item has moved since: the next day's run has nothing to compare, and begins where each view's ended.
        // The log itself may have grown meanwhile, by a head map, between one view and the next.
        var ends = runs.ToDictionary(r => r.Projection, r => r.ToLeaf);
        var next = (await new Reconciler(service.Node).RunAsync(Day.AddDays(1), Stop))!;
        Assert.All(
            next.Where(r => r.Projection != Reconciler.Reservations),
            r => Assert.Equal((0L, ends[r.Projection]), (r.Mismatches, r.FromLeaf))
        );
        await RegisterAsync(service, "c");
        await service.CaughtUpAsync();
        await ExecuteAsync(service, "delete from ledger.events_g1");
        var third = (await new Reconciler(service.Node).RunAsync(Day.AddDays(2), Stop))!;
        Assert.Equal(1, Assert.Single(third, r => r.Projection == "events").Mismatches);
    }

    [Fact]
    public async Task Is_recorded_once_a_day_whoever_asks()
    {
        await using var service = await TestService.StartAsync();
        await RegisterAsync(service, "a");
        await service.CaughtUpAsync();
        Assert.Null(await new Reconciler(service.Node).LastAsync(Stop));
        await new Reconciler(service.Node).RunAsync(Day, Stop);
        await new Reconciler(service.Node).RunAsync(Day, Stop);
        Assert.Equal(Registry.Views.Count + 1, (await RecordedAsync(service)).Count);
        Assert.Equal(ShanghaiDay.Of(service.Node.Pipeline.Now), await new Reconciler(service.Node).LastAsync(Stop));
    }

    /// <summary>Reservations of what has moved; they are told, and left to their owner.</summary>
    [Theory]
    [InlineData("delete from ledger.guard")]
    [InlineData("update ledger.guard set value = 'nobody'")]
    public async Task Finds_reservations_that_somebody_changed(string lie)
    {
        await using var service = await TestService.StartAsync();
        await RegisterAsync(service, "a");
        Assert.NotNull(await new Reconciler(service.Node).RunAsync(Day, Stop));
        await RegisterAsync(service, "b");
        await RegisterAsync(service, "c");
        await Tampering.AsOwnerAsync(service.Database.Connections.Owner, lie);
        var runs = (await new Reconciler(service.Node).RunAsync(Day.AddDays(1), Stop))!;
        var run = Assert.Single(runs, r => r.Projection == Reconciler.Reservations);
        Assert.Equal((2L, false), (run.Mismatches, run.Rebuilt));
    }

    static async Task<List<Reconciliation>> RecordedAsync(TestService service) =>
        [
            .. (await new Reconciler(service.Node).RunsAsync(Stop))
                .Select(e => (ReconciliationRun)e.Event)
                .Select(r => new Reconciliation(
                    r.Projection!,
                    r.FromLeaf!.Value,
                    r.ToLeaf!.Value,
                    r.Mismatches!.Value,
                    r.List!,
                    r.Rebuilt!.Value
                )),
        ];

    static async Task RegisterAsync(TestService service, string name)
    {
        var item = TestLedger.Handles.EntityId("item", "reconciled", name);
        var request = new CommandRequest(
            new RegisterItem(item, "appliance", [TestLedger.Name($"serial:HAIER/{name}")]) { Item = item },
            new("local", "DLR"),
            "test",
            name,
            TestLedger.Said(name),
            new(2026, 1, 5, 2, 0, 0, TimeSpan.Zero)
        )
        {
            LateReason = "补录",
        };
        Assert.IsType<Answer.Accepted>(await service.Node.Pipeline.RecordAsync(request, Stop));
    }

    static async Task<List<string>> RowsAsync(TestService service)
    {
        await using var command = service.Database.Source.CreateCommand(
            "select to_jsonb(e)::text from ledger.events_g1 e order by stream, n"
        );
        var found = new List<string>();
        await using var rows = await command.ExecuteReaderAsync(Stop);
        while (await rows.ReadAsync(Stop))
            found.Add(rows.GetString(0));
        return found;
    }

    static async Task ExecuteAsync(TestService service, string sql)
    {
        await using var owner = DatabaseServer.Source(service.Database.Connections.Owner);
        await using var command = owner.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Stop);
    }
}
