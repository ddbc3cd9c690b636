using Support;

namespace Api.Tests.Http;

public sealed class Walking_an_item_to_its_buyer(RunningService running)
{
    [Fact]
    public async Task A_car_goes_from_registration_to_the_stations_transfer()
    {
        var caller = await running.CallerAsync();
        var stall = await MarketClient.OpenAsync(caller);
        var vin = Goods.NewVin();
        var item = await stall.RegisterAsync(identifier: vin);
        var walk = new List<Reply>
        {
            await stall.PostAsync(
                $"{item}/inspections",
                new
                {
                    standard = "GB/T 30323-2013",
                    scoreTenths = 905,
                    grade = 1,
                    accident = false,
                    occurredAt = Goods.Day,
                }
            ),
            await stall.PostAsync(
                $"{item}/odometer-readings",
                new
                {
                    valueKm = 52_300,
                    source = "desk",
                    observedOn = "2026-01-05",
                    occurredAt = Goods.Day,
                }
            ),
            await stall.ListAsync(item, 8_000_000),
        };
        var (deal, id) = await stall.DealAsync(item);
        await stall.SettleAsync(deal, 7_900_000);
        var station = await stall.StationAsync();
        await stall.CheckAsync(item, id, station);
        walk.Add(
            await stall.PostAsync(
                $"{item}/transfers",
                new
                {
                    tradeId = id,
                    station,
                    toRegion = "510104",
                    occurredAt = Goods.Day,
                }
            )
        );

        await AllAnswerAsync(caller, walk);
        var now = (await caller.GetAsync($"/api/v1/items/{vin}")).Is(200);
        Assert.Equal(stall.Buyer, (string?)now.Json["owner"]);
        Assert.Equal("held", (string?)now.Json["life"]);
        Assert.Equal(52_300, (long?)now.Json["odometerKm"]);
        Assert.Equal(12, (long?)now.Json["version"]);
        Assert.Equal("\"12\"", now.ETag);
    }

    [Fact]
    public async Task A_phone_passes_by_hand_over()
    {
        var caller = await running.CallerAsync();
        var stall = await MarketClient.OpenAsync(caller);
        var imei = Goods.NewImei();
        var item = await stall.RegisterAsync("electronics", imei);
        var listed = await stall.ListAsync(item);
        var (deal, _) = await stall.DealAsync(item);
        await stall.SettleAsync(deal, 900);
        var completed = await stall.PostAsync($"{deal}/completions", new { occurredAt = Goods.Day });

        Assert.Equal(2, completed.Json["eventIds"]!.AsArray().Count);
        await AllAnswerAsync(caller, [listed, completed]);
        var now = (await caller.GetAsync($"/api/v1/items/{imei}")).Is(200);
        Assert.Equal(stall.Buyer, (string?)now.Json["owner"]);
        Assert.Equal("2026-01-05", (string?)now.Json["ownedSince"]);
    }

    [Fact]
    public async Task A_cancelled_deal_leaves_the_owner_and_opens_the_listing_again()
    {
        var caller = await running.CallerAsync();
        var stall = await MarketClient.OpenAsync(caller);
        var item = await stall.RegisterAsync();
        await stall.ListAsync(item);
        var (deal, _) = await stall.DealAsync(item);
        await stall.PostAsync(
            $"{deal}/cancellations",
            new
            {
                by = "buyer",
                reason = "贷款未获批",
                occurredAt = Goods.Day,
            }
        );

        var now = (await caller.GetAsync(item)).Is(200);
        Assert.Equal("listed", (string?)now.Json["life"]);
        Assert.Equal(stall.Owner, (string?)now.Json["owner"]);
        Assert.Null(now.Json["deal"]);
    }

    [Fact]
    public async Task A_released_lien_lets_the_item_be_listed()
    {
        var caller = await running.CallerAsync();
        var stall = await MarketClient.OpenAsync(caller);
        var item = await stall.RegisterAsync();
        var lien = await stall.PostAsync(
            $"{item}/encumbrances",
            new
            {
                kind = "mortgage",
                holder = Roll.Bank,
                since = "2026-01-05",
                occurredAt = Goods.Day,
            }
        );
        Assert.True((bool?)(await caller.GetAsync(item)).Json["encumbered"]);
        await stall.PostAsync($"{lien.Location}/releases", new { holder = Roll.Bank, occurredAt = Goods.Day });

        await AllAnswerAsync(caller, [lien, await stall.ListAsync(item)]);
        Assert.False((bool?)(await caller.GetAsync(item)).Json["encumbered"]);
    }

    static async Task AllAnswerAsync(Caller caller, IEnumerable<Reply> recorded)
    {
        foreach (var reply in recorded)
        {
            (await caller.GetAsync(reply.Location)).Is(200);
            Assert.NotEmpty(reply.Json["eventIds"]!.AsArray());
            Assert.Equal($"\"{reply.Json["version"]}\"", reply.ETag);
        }
    }
}
