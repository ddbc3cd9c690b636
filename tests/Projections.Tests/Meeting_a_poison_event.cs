using System.Net;
using System.Text.Json.Nodes;
using Api.Settings;
using Ledger.Goods;
using Ledger.Pipeline;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Support;

namespace Projections.Tests;

/// <summary>An event that cannot be read, or that a view cannot bear: whoever has nothing to do with it goes on,
/// nothing is
/// skipped, and what stands is named (operations.md T10).</summary>
public sealed class Meeting_a_poison_event
{
    static readonly CancellationToken Stop = CancellationToken.None;
    static readonly Guid Poisoned = Item("poisoned");

    [Theory]
    [InlineData("new.data := '[]'")]
    [InlineData("new.type := 'item-dreamt.v9'; new.mt_dotnet_type := 'Ledger.Goods.ItemDreamt, Ledger'")]
    public async Task Holds_its_item_names_it_and_lets_every_view_go_on(string poison)
    {
        await using var service = await StartAsync();
        await using var owner = DatabaseServer.Source(service.Node.Database.Connections.Owner);
        await ExecuteAsync(
            owner,
            $"""
            create table public.antidote as select id, type, mt_dotnet_type, data from ledger.mt_events limit 0;
            create function public.poison() returns trigger language plpgsql security definer as $fn$ begin
                if new.stream_id = '{Poisoned}' then
                    insert into public.antidote values (new.id, new.type, new.mt_dotnet_type, new.data);
                    {poison};
                end if;
                return new;
            end $fn$;
            create trigger poison before insert on ledger.mt_events for each row execute function public.poison();
            """
        );
        await RegisterAsync(service, "before");
        await RegisterAsync(service, "poisoned");
        await RegisterAsync(service, "after");

        // The new head says so: every view came past it, and shows the neighbours.
        await service.CaughtUpAsync();
        Assert.Equal(
            [Item("before"), Item("after")],
            (await ShownAsync(service)).OrderBy(i => i == Item("after") ? 1 : 0)
        );
        var state = await ReadyAsync(service, HttpStatusCode.ServiceUnavailable);
        Assert.Equal(
            Registry.Views.OfType<ItemView>().Select(v => (v.Name, Poisoned)).Order(),
            state["held"]!.AsArray().Select(h => ((string)h!["view"]!, (Guid)h["stream"]!)).Order()
        );
        Assert.Empty(state["standing"]!.AsArray());

        await ExecuteAsync(
            owner,
            """
            drop trigger poison on ledger.mt_events;
            alter table ledger.mt_events disable trigger only_adds;
            update ledger.mt_events e set type = a.type, mt_dotnet_type = a.mt_dotnet_type, data = a.data
                from public.antidote a where a.id = e.id;
            alter table ledger.mt_events enable always trigger only_adds;
            """
        );
        await ReadyAsync(service, HttpStatusCode.OK);
        Assert.Contains(Poisoned, await ShownAsync(service));
        Assert.Empty(await HeldStreams.ListAsync(service.Database, Stop));
    }

    [Fact]
    public async Task Of_a_kind_that_no_view_reads_stops_none()
    {
        await using var service = await StartAsync();
        await using var owner = DatabaseServer.Source(service.Node.Database.Connections.Owner);
        await ExecuteAsync(
            owner,
            """
            create function public.poison() returns trigger language plpgsql as $fn$ begin
                if new.type = 'market-opened.v1' then new.data := '[]'; end if; return new;
            end $fn$;
            create trigger poison before insert on ledger.mt_events for each row execute function public.poison();
            """
        );
        await Roll.OpenAsync(service.Node.Pipeline);
        await service.Node.Pipeline.RecordAsync(
            new(
                new Ledger.Markets.OpenMarket("MK-510104-0001", "市场"),
                new(Roll.CodeOf("REG")!, "REG"),
                "poison",
                "market",
                TestLedger.Said("market"),
                At
            )
            {
                LateReason = "补录",
            },
            Stop
        );
        await RegisterAsync(service, "after");
        await service.CaughtUpAsync();
        Assert.Equal([Item("after")], await ShownAsync(service));
        await ReadyAsync(service, HttpStatusCode.OK);
    }

    /// <summary>What cannot be written is the view's own fault, and stops it alone.</summary>
    [Fact]
    public async Task That_one_view_cannot_write_stops_that_view_alone()
    {
        await using var service = await StartAsync();
        await using var owner = DatabaseServer.Source(service.Node.Database.Connections.Owner);
        await ExecuteAsync(
            owner,
            """
            create function public.poison() returns trigger language plpgsql as $fn$ begin
                raise exception 'this row is poison';
            end $fn$;
            create trigger poison before insert on ledger.events_g1 for each row execute function public.poison();
            """
        );
        await RegisterAsync(service, "one");
        var state = await ReadyAsync(service, HttpStatusCode.ServiceUnavailable);
        var standing = Assert.Single(state["standing"]!.AsArray());
        Assert.Equal("events", (string?)standing);
        foreach (var view in Registry.Views.Where(v => v.Name != "events"))
            await Patience.UntilAsync(async () => (await Freshness.OfAsync(service.Database, view, Stop)).IsCaughtUp);

        await ExecuteAsync(owner, "drop trigger poison on ledger.events_g1");
        await service.CaughtUpAsync();
        await ReadyAsync(service, HttpStatusCode.OK);
        Assert.Equal([Item("one")], await ShownAsync(service));
    }

    /// <summary>Another node has the lock of the feed and does nothing: all views stand, and readiness names
    /// them.</summary>
    [Fact]
    public async Task Or_a_node_that_hangs_while_it_feeds_makes_readiness_name_every_view()
    {
        await using var service = await StartAsync();
        await RegisterAsync(service, "one");
        await service.CaughtUpAsync();
        await using var owner = DatabaseServer.Source(service.Node.Database.Connections.Owner);
        await using (var connection = await owner.OpenConnectionAsync(Stop))
        await using (await connection.BeginTransactionAsync(Stop))
        {
            await using var hold = new NpgsqlCommand("select pg_advisory_xact_lock(hashtext('views'))", connection);
            await hold.ExecuteNonQueryAsync(Stop);
            await RegisterAsync(service, "two");
            var state = await ReadyAsync(service, HttpStatusCode.ServiceUnavailable);
            Assert.Equal(
                Registry.Views.Select(v => v.Name).Order(),
                state["standing"]!.AsArray().Select(v => (string)v!).Order()
            );
        }
        await service.CaughtUpAsync();
        await ReadyAsync(service, HttpStatusCode.OK);
    }

    /// <summary>A copy that was restored, or a forged row: what comes until the log reaches that place would be
    /// missed.</summary>
    [Fact]
    public async Task Or_a_place_ahead_of_the_newest_event_begins_again_and_misses_nothing()
    {
        await using var service = await StartAsync();
        await RegisterAsync(service, "one");
        await service.CaughtUpAsync();
        await using var owner = DatabaseServer.Source(service.Node.Database.Connections.Owner);
        await ExecuteAsync(owner, "update ledger.mt_event_progression set last_seq_id = 1000");
        await RegisterAsync(service, "two");
        await service.CaughtUpAsync();
        Assert.Equal([Item("one"), Item("two")], (await ShownAsync(service)).OrderBy(i => i == Item("two") ? 1 : 0));
        await ReadyAsync(service, HttpStatusCode.OK);
    }

    static readonly DateTimeOffset At = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);

    static Task<TestService> StartAsync() =>
        TestService.StartAsync(b =>
            b.Services.AddSingleton(TimeLimits.Default with { Standing = TimeSpan.FromSeconds(3) })
        );

    static Guid Item(string key) => TestLedger.Handles.EntityId("item", "poison", key);

    static async Task RegisterAsync(TestService service, string key)
    {
        var named = TestLedger.Name($"serial:HAIER/{key}");
        var command = new RegisterItem(Item(key), "appliance", [named], "海尔", "BCD");
        var request = new CommandRequest(
            command with
            {
                Item = Item(key),
            },
            new("local", "DLR"),
            "poison",
            key,
            TestLedger.Said(key),
            At
        )
        {
            LateReason = "补录",
        };
        Assert.IsType<Answer.Accepted>(await service.Node.Pipeline.RecordAsync(request, Stop));
    }

    /// <summary>Items that the view of all events shows.</summary>
    static async Task<List<Guid>> ShownAsync(TestService service)
    {
        await using var command = service.Database.Source.CreateCommand("select distinct stream from ledger.v_events");
        var shown = new List<Guid>();
        await using var rows = await command.ExecuteReaderAsync(Stop);
        while (await rows.ReadAsync(Stop))
            shown.Add(rows.GetGuid(0));
        return shown;
    }

    static async Task<JsonNode> ReadyAsync(TestService service, HttpStatusCode status) =>
        await Patience.FoundAsync(async () =>
        {
            using var answer = await service.Client.GetAsync("/health/ready", Stop);
            var text = await answer.Content.ReadAsStringAsync(Stop);
            // Where the answer took too long nothing of the views is in it.
            return
                answer.StatusCode == status && JsonNode.Parse(text) is { } state && state["views"]!.AsObject().Count > 0
                ? state
                : null;
        });

    static async Task ExecuteAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Stop);
    }
}
