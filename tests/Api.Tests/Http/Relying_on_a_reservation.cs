using Api.Tests.Proof;
using Ledger.Store.Lane;
using Ledger.Store.Mapping;
using Support;

namespace Api.Tests.Http;

/// <summary>Rows by which an identifier is found lie in the database; whoever changes them there gets no other thing's
/// answer, no second registration, and no bundle.</summary>
public sealed class Relying_on_a_reservation
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Takes_no_second_registration_once_the_first_is_in_a_head_map()
    {
        await using var service = await PublishingService.StartAsync();
        var vin = Goods.NewVin();
        var stall = await MarketClient.OpenAsync(service.Caller);
        await stall.RegisterAsync("used-car", vin);
        await MapAsync(service);
        await Tampering.AsOwnerAsync(service.Connection, "delete from ledger.guard where kind <> 'alias:market'");
        var leaves = await service.Node.Tree.SizeAsync(Stop);
        await RegisterAsync(service, stall, vin, 503, "ledger-read-only");
        Assert.Equal(leaves, await service.Node.Tree.SizeAsync(Stop));
        await IsForkedAsync(service);
        // Nothing is taken any more, of whatever thing.
        await RegisterAsync(service, stall, Goods.NewVin(), 503, "ledger-read-only");
    }

    /// <summary>What no map knows of is taken; the next map is not signed over it.</summary>
    [Fact]
    public async Task Ends_with_the_next_head_map_at_the_latest()
    {
        await using var service = await PublishingService.StartAsync();
        var vin = Goods.NewVin();
        var stall = await MarketClient.OpenAsync(service.Caller);
        await MapAsync(service);
        var first = await stall.RegisterAsync("used-car", vin);
        await Tampering.AsOwnerAsync(
            service.Connection,
            "delete from ledger.guard where kind like 'alias:%' and kind <> 'alias:market'"
        );
        var second = await stall.RegisterAsync("used-car", vin);
        Assert.NotEqual(first, second);
        await Assert.ThrowsAsync<BrokenLogException>(() => new HeadMapBuilder(service.Node).BuildAsync(Stop));
        await IsForkedAsync(service);
        foreach (var item in (string[])[first, second])
            (await service.Caller.GetAsync($"{item}/bundle")).Refuses(503, "ledger-read-only");
    }

    /// <summary>Rows of the map are a memory too: they are taken away together.</summary>
    [Fact]
    public async Task Ends_with_the_next_head_map_where_the_map_s_rows_were_taken_away_too()
    {
        await using var service = await PublishingService.StartAsync();
        var vin = Goods.NewVin();
        var stall = await MarketClient.OpenAsync(service.Caller);
        await stall.RegisterAsync("used-car", vin);
        await MapAsync(service);
        await Tampering.AsOwnerAsync(
            service.Connection,
            "delete from ledger.guard where kind like 'alias:%' and kind <> 'alias:market'; delete from proof.map"
        );
        await stall.RegisterAsync("used-car", vin);
        await Assert.ThrowsAsync<BrokenLogException>(() => new HeadMapBuilder(service.Node).BuildAsync(Stop));
        await IsForkedAsync(service);
    }

    [Fact]
    public async Task Is_not_told_that_nobody_knows_an_identifier_whose_row_is_gone()
    {
        await using var service = await PublishingService.StartAsync();
        var vin = Goods.NewVin();
        var stall = await MarketClient.OpenAsync(service.Caller);
        await stall.RegisterAsync("used-car", vin);
        await MapAsync(service);
        (await service.Caller.GetAsync($"/api/v1/items/{Goods.NewVin()}")).Refuses(404, "item-not-found");
        await Tampering.AsOwnerAsync(service.Connection, "delete from ledger.guard");
        (await service.Caller.GetAsync($"/api/v1/items/{vin}")).Refuses(503, "ledger-read-only");
        await IsForkedAsync(service);
    }

    [Theory]
    [InlineData("item")]
    [InlineData("nobody's")]
    [InlineData("nonsense")]
    public async Task Is_not_given_another_thing_s_answer(string where)
    {
        await using var service = await PublishingService.StartAsync();
        var (vin, other) = (Goods.NewVin(), Goods.NewVin());
        var stall = await MarketClient.OpenAsync(service.Caller);
        await stall.RegisterAsync("used-car", vin);
        var second = await stall.RegisterAsync("used-car", other);
        await MapAsync(service);
        var value = where switch
        {
            "item" => second["/api/v1/items/".Length..],
            "nobody's" => $"{Guid.NewGuid()}",
            _ => "'; drop",
        };
        var handle = Convert.ToHexStringLower(
            TestLedger.Handles.Of(Ledger.Kernel.Identifiers.Identifier.Parse(vin).Identifier!)
        );
        await Tampering.AsOwnerAsync(
            service.Connection,
            $"update ledger.guard set value = '{value.Replace("'", "''", StringComparison.Ordinal)}' where key = '\\x{handle}'::bytea"
        );
        (await service.Caller.GetAsync($"/api/v1/items/{other}")).Is(200);
        foreach (
            var path in (string[])
                [$"/api/v1/items/{vin}", $"/api/v1/items/{vin}/history", $"/api/v1/items/{vin}/bundle"]
        )
            (await service.Caller.GetAsync(path)).Refuses(503, "ledger-read-only");
        await RegisterAsync(service, stall, vin, 503, "ledger-read-only");
        await IsForkedAsync(service);
    }

    [Theory]
    [InlineData("delete from ledger.guard where kind = 'alias:market'")]
    [InlineData("update ledger.guard set value = '0190b1c0-0000-8000-8000-000000000001' where kind = 'alias:market'")]
    public async Task Opens_no_market_a_second_time(string lie)
    {
        await using var service = await PublishingService.StartAsync();
        var stall = await MarketClient.OpenAsync(service.Caller);
        await Tampering.AsOwnerAsync(service.Connection, lie);
        var again = new
        {
            code = stall.Code,
            name = "锦江旧货市场",
            occurredAt = Goods.Day,
        };
        (await service.Caller.PostAsync("/api/v1/markets", again)).Refuses(503, "ledger-read-only");
        await IsForkedAsync(service);
    }

    static async Task RegisterAsync(
        PublishingService service,
        MarketClient stall,
        string vin,
        int status,
        string code
    ) =>
        (
            await service.Caller.PostAsync(
                "/api/v1/items",
                new
                {
                    category = "used-car",
                    identifiers = new[] { vin },
                    occurredAt = Goods.Day,
                },
                null,
                ("Ledger-Site", stall.Code)
            )
        ).Refuses(status, code);

    static async Task MapAsync(PublishingService service)
    {
        await new HeadMapBuilder(service.Node).BuildAsync(Stop);
        await service.PublishedAsync(await service.Node.Tree.SizeAsync(Stop));
    }

    static async Task IsForkedAsync(PublishingService service)
    {
        var ready = (await service.Caller.GetAsync("/health/ready")).Is(503);
        Assert.Equal("forked", (string?)ready.Json["fault"]!["fault"]);
    }
}
