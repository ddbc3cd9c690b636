using Ledger.Encumbrances;
using Ledger.Goods;
using Ledger.Indicators;
using Ledger.Kernel;
using Ledger.Pipeline;
using Ledger.Supervision;
using Ledger.Trading;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Support;

namespace Projections.Tests;

/// <summary>Views fed from the events, then rebuilt beside: every row the same, byte for byte.</summary>
public sealed class Rebuilding_changes_nothing
{
    static readonly CancellationToken Stop = CancellationToken.None;

    [Fact]
    public async Task For_every_view_after_a_market_s_year()
    {
        await using var service = await TestService.StartAsync();
        await Api.Demo.DemoLedger.LoadAsync(service.Services, Stop);
        await LateAndCorrectedAsync(service);
        await OfOtherStreamsAsync(service);
        await service.CaughtUpAsync();
        var tables = service.Services.GetRequiredService<ViewTables>();
        foreach (var view in Registry.Views)
        {
            var before = await RowsAsync(service.Database.Source, view);
            Assert.True(before.Count > 0, $"{view.Name} has no row to compare");
            Assert.Equal(before.Count, await tables.RebuildAsync(view, null, Stop));
            Assert.Equal(before, await RowsAsync(service.Database.Source, view));
        }
    }

    [Fact]
    public async Task Readers_keep_the_old_view_until_the_switch_and_the_feed_writes_the_new_one_after_it()
    {
        await using var service = await TestService.StartAsync();
        await ListAsync(service, "a", "K-1");
        await service.CaughtUpAsync();
        var view = Registry.Find("listings")!;
        await service.Services.GetRequiredService<ViewTables>().RebuildAsync(view, null, Stop);
        await ListAsync(service, "b", "K-2");
        await service.CaughtUpAsync();
        Assert.Equal(2, (await RowsAsync(service.Database.Source, view)).Count);
        Assert.Equal(["listings_g2"], await TablesAsync(service.Database.Source, "listings_g%"));
    }

    [Fact]
    public async Task A_rebuild_that_was_killed_is_dropped_and_begun_again()
    {
        await using var service = await TestService.StartAsync();
        await ListAsync(service, "a", "K-1");
        await service.CaughtUpAsync();
        var view = Registry.Find("listings")!;
        await using (
            var half = service.Database.Source.CreateCommand(
                "create table ledger.listings_g2 (like ledger.listings_g1); update ledger.view set building = 2 where name = 'listings'"
            )
        )
            await half.ExecuteNonQueryAsync(Stop);
        Assert.Equal(1, await service.Services.GetRequiredService<ViewTables>().RebuildAsync(view, null, Stop));
        Assert.Equal(["listings_g3"], await TablesAsync(service.Database.Source, "listings_g%"));
    }

    /// <summary>What a projection by steps would get wrong: an entry that comes late, a void, a correction.</summary>
    static async Task LateAndCorrectedAsync(TestService service)
    {
        var pipeline = service.Services.GetRequiredService<CommandPipeline>();
        var item = await ListAsync(service, "late", "K-9");
        var taxi = TestLedger.Handles.EntityId("item", "views", "taxi");
        await RecordAsync(
            pipeline,
            new RegisterItem(
                taxi,
                "used-car",
                [TestLedger.Name("vin:LFV2A21K9H3001233")],
                ScrapCategory: "taxi-small",
                FirstRegistered: new(2017, 6, 30)
            ),
            taxi,
            "taxi",
            "2026-01-02"
        );
        await RecordAsync(
            pipeline,
            new RecordRepair("刹车", RepairOutcome.Fixed, 100, "CNY", null),
            item,
            "late-repair",
            "2025-01-01"
        );
        var graded = await RecordAsync(
            pipeline,
            new GradeItem("GB/T 30323-2013", 905, 1, false),
            item,
            "late-grade",
            "2026-02-01"
        );
        await RecordAsync(
            pipeline,
            new VoidEvent(graded.EventIds[0], "别的车", null),
            item,
            "late-void",
            "2026-02-02",
            second: Roll.CodeOf("REG")
        );
        await RecordAsync(
            pipeline,
            new RegisterEncumbrance(
                Guid.Parse("019b0000-0000-7000-8000-00000000000a"),
                EncumbranceKind.Mortgage,
                new("test", "BANK"),
                new(2026, 2, 3),
                null
            ),
            item,
            "late-lien",
            "2026-02-03"
        );
    }

    /// <summary>A case, and a report against a baseline and a target: streams that are no items.</summary>
    static async Task OfOtherStreamsAsync(TestService service)
    {
        var subject = TestLedger.Handles.EntityId("item", "views", "late");
        await RecordAsync(
            service.Node.Pipeline,
            new OpenCase(
                CaseCommand.StreamOf("odometer", subject, TestLedger.Handles),
                "odometer",
                [new(subject)],
                new("test", "OFFICER"),
                "川查-1"
            ),
            "case",
            "2026-02-04"
        );
        foreach (
            var (key, command) in new (string, LedgerCommand)[]
            {
                ("baseline", new FixBaseline("used-car-trade", "510600", 2023, 1000, "paper", Replaces: false)),
                ("target", new FixTarget("used-car-trade", "510600", 2027, 5000, null, Replaces: false)),
                ("report", new FreezeReport("used-car-trade", "510000", "2025", [new("510600", 7)], 1)),
            }
        )
            await RecordAsync(service.Node.Pipeline, command, key, "2026-02-05", "supervisor");
    }

    static async Task<Guid> ListAsync(TestService service, string key, string owner)
    {
        var pipeline = service.Node.Pipeline;
        var item = TestLedger.Handles.EntityId("item", "views", key);
        var named = TestLedger.Name($"serial:HAIER/{key}");
        await Roll.OpenAsync(pipeline);
        await service.Node.Pipeline.RecordAsync(
            new(
                new Ledger.Markets.OpenMarket("MK-510104-0001", "市场"),
                new(Roll.CodeOf("REG")!, "REG"),
                "views",
                "market",
                TestLedger.Said("market"),
                At("2024-01-01")
            )
            {
                LateReason = "补录",
            },
            Stop
        );
        await RecordAsync(
            pipeline,
            new RegisterItem(item, "appliance", [named], "海尔", "BCD", Owner: new("test", owner)),
            item,
            $"{key}-r",
            "2026-01-02"
        );
        await RecordAsync(
            pipeline,
            new ListItem(
                TestLedger.Handles.EntityId("listing", "views", key),
                "MK-510104-0001",
                new("test", owner),
                5_000,
                "CNY",
                null
            ),
            item,
            $"{key}-l",
            "2026-01-03"
        );
        return item;
    }

    static async Task<Answer.Accepted> RecordAsync(
        CommandPipeline pipeline,
        ItemCommand command,
        Guid item,
        string key,
        string day,
        string? second = null
    ) => await RecordAsync(pipeline, command with { Item = item }, key, day, second);

    static async Task<Answer.Accepted> RecordAsync(
        CommandPipeline pipeline,
        LedgerCommand command,
        string key,
        string day,
        string? second = null
    )
    {
        var by = await Sites.WhoAsync(pipeline, command, second);
        // What is voided here is a grading: whoever graded does it.
        if (command is VoidEvent)
            by = by with { Role = "APR" };
        return Assert.IsType<Answer.Accepted>(
            await pipeline.RecordAsync(
                new(command, by, "views", key, TestLedger.Said(key), At(day))
                {
                    LateReason = "补录",
                    Acknowledged = TestLedger.RuleIds,
                },
                Stop
            )
        );
    }

    static DateTimeOffset At(string day) =>
        Instants.TryParse($"{day}T00:00:00Z", out var at) ? at : throw new ArgumentException(day);

    static async Task<List<string>> RowsAsync(NpgsqlDataSource source, View view)
    {
        await using var command = source.CreateCommand(
            $"select row_to_json(v)::text from {view.Source} v order by stream, n"
        );
        return await StringsAsync(command);
    }

    static async Task<List<string>> TablesAsync(NpgsqlDataSource source, string like)
    {
        await using var command = source.CreateCommand(
            "select table_name::text from information_schema.tables where table_schema = 'ledger' and table_name like $1"
        );
        command.Parameters.AddWithValue(like);
        return await StringsAsync(command);
    }

    static async Task<List<string>> StringsAsync(NpgsqlCommand command)
    {
        var rows = new List<string>();
        await using var reader = await command.ExecuteReaderAsync(Stop);
        while (await reader.ReadAsync(Stop))
            rows.Add(reader.GetString(0));
        return rows;
    }
}
