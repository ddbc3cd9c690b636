using Ledger.Kernel;
using Ledger.Markets;
using Ledger.Pipeline;
using Projections.Regulator;
using Support;

namespace Projections.Tests;

/// <summary>A view is made of the streams of its kinds and of no other.</summary>
public sealed class Viewing_other_streams_than_items
{
    static readonly CancellationToken Stop = CancellationToken.None;
    static readonly DateOnly Today = new(2026, 3, 1);

    [Fact]
    public async Task The_register_follows_what_happens_to_a_market()
    {
        await using var service = await TestService.StartAsync();
        await RecordAsync(service, new OpenMarket("MK-510104-0001", "锦江市场"), "open");
        await service.CaughtUpAsync();
        Assert.Equal(["open"], await StatesAsync(service));

        await RecordAsync(service, new SuspendMarket("MK-510104-0001", "检查", null), "suspend");
        await service.CaughtUpAsync();
        Assert.Equal(["suspended"], await StatesAsync(service));
    }

    [Theory]
    [InlineData("2026-02-28", "not-yet")]
    [InlineData("2026-03-01", "valid")]
    [InlineData("2026-03-31", "valid")]
    [InlineData("2026-04-01", "expired")]
    public async Task Where_a_station_stands_follows_from_its_term_and_the_day(string today, string state)
    {
        await using var service = await TestService.StartAsync();
        await RecordAsync(
            service,
            new AuthoriseStation("ST-510104-01", "站", "局", null, new(2026, 3, 1), new(2026, 3, 31)),
            "station"
        );
        await service.CaughtUpAsync();
        Assert.Equal([state], await StatesAsync(service, DateOnly.Parse(today, null)));
    }

    [Fact]
    public async Task A_stream_that_cannot_be_read_is_held_by_the_views_of_its_kind_alone()
    {
        await using var service = await TestService.StartAsync();
        await using var owner = DatabaseServer.Source(service.Database.Connections.Owner);
        await using var poison = owner.CreateCommand(
            """
            create function public.poison() returns trigger language plpgsql as $fn$ begin
                if new.type = 'market-opened.v1' then new.data := '[]'; end if;
                return new;
            end $fn$;
            create trigger poison before insert on ledger.mt_events for each row execute function public.poison();
            """
        );
        await poison.ExecuteNonQueryAsync(Stop);
        await RecordAsync(service, new OpenMarket("MK-510104-0001", "锦江市场"), "open");
        await RecordAsync(
            service,
            new AuthoriseStation("ST-510104-01", "站", "局", null, new(2026, 1, 1), null),
            "station"
        );
        await service.CaughtUpAsync();

        var held = await HeldStreams.ListAsync(service.Database, Stop);
        Assert.Equal(["register"], held.Select(h => h.View));
        Assert.Equal(["valid"], await StatesAsync(service));
    }

    static async Task RecordAsync(TestService service, LedgerCommand command, string key) =>
        Assert.IsType<Answer.Accepted>(
            await service.Node.Pipeline.RecordAsync(
                new(
                    command,
                    await Sites.WhoAsync(service.Node.Pipeline, command),
                    "views",
                    key,
                    TestLedger.Said(key),
                    new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero)
                )
                {
                    LateReason = "补录",
                },
                Stop
            )
        );

    static async Task<IEnumerable<string>> StatesAsync(TestService service, DateOnly? today = null) =>
        (await new RegisterQuery(service.Database, today ?? Today).ReadAsync(new(), 50, null, Stop)).Items.Select(e =>
            e.State
        );
}
