using Ledger.Exports;
using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Trading;

namespace Ledger.Tests.Trading;

/// <summary>The one definition of where, when and for how much a sale counts.</summary>
public sealed class Counting_a_sale
{
    const string Here = ItemScenario.Market,
        Other = "MK-510703-0001",
        Station = "ST-511500-01";

    int version;
    readonly List<StoredEvent> told = [];

    /// <summary>A day from one event to the next.</summary>
    Counting_a_sale Then(LedgerEvent e, string? site = null, string? source = null, string? region = null)
    {
        var at = ItemScenario.Start.AddDays(version);
        told.Add(
            new(
                ItemScenario.Id(1_000 + ++version),
                ItemScenario.Item,
                version,
                at,
                e,
                new("k", at, "clerk", "CLK", "0")
                {
                    Site = site,
                    Source = source,
                    RegionCode = region,
                }
            )
            {
                Type = EventCatalog.Of(e).WireName,
            }
        );
        return this;
    }

    Counting_a_sale Registered() => Then(new ItemRegistered("used-car", [], Owner: ItemScenario.Seller));

    Counting_a_sale Listed(string market) =>
        Then(new ItemListed(ItemScenario.Listing, market, ItemScenario.Seller, 9, "CNY"), market);

    Counting_a_sale Opened(string? site, Guid? deal = null, PartyKind buyer = PartyKind.Person) =>
        Then(
            new DealOpened(
                deal ?? ItemScenario.Deal,
                null,
                ItemScenario.Seller,
                ItemScenario.Buyer,
                PartyKind.Dealer,
                buyer,
                DealMode.Auction
            ),
            site
        );

    Counting_a_sale Settled(string? site, Guid? deal = null) =>
        Then(new DealAgreed(deal ?? ItemScenario.Deal, 900, "CNY"), site)
            .Then(new DealPaymentRecorded(deal ?? ItemScenario.Deal, 900, "CNY"), site)
            .Then(new DealInvoiced(deal ?? ItemScenario.Deal), site);

    Counting_a_sale Transferred(string? site, Guid? deal = null, DateOnly? on = null) =>
        Then(
            new OwnershipTransferred(
                deal ?? ItemScenario.Deal,
                TransferVia.Station,
                ItemScenario.Buyer,
                Station,
                RegisteredOn: on
            ),
            site,
            region: "511500"
        );

    static SaleRecorded Sale =>
        new(ItemScenario.Seller, ItemScenario.Buyer, null, null, 700, "CNY", ItemScenario.Start.AddDays(40));

    IReadOnlyList<string> Sales() =>
        [
            .. Ledger
                .Trading.Sale.AllOf(new(ItemScenario.Item, told))
                .Select(s =>
                    $"{s.Sale.On:yyyy-MM-dd} {s.Sale.Market ?? "?"} {s.Sale.Division ?? "?"} {s.Sale.PriceFen}"
                ),
        ];

    string Only() => Assert.Single(Sales());

    [Theory]
    [InlineData(Station)]
    [InlineData(Other)]
    [InlineData(null)]
    public void that_a_station_registers_counts_where_the_deal_was_opened_whoever_posts(string? poster) =>
        Assert.Equal(
            "2026-01-10 MK-510100-0007 510100 900",
            Registered().Opened(Here).Settled(Here).Transferred(poster).Only()
        );

    [Fact]
    public void of_a_listed_car_counts_in_the_market_that_offered_it() =>
        Assert.Contains(
            Here,
            Registered().Listed(Here).Opened(Other).Settled(Other).Transferred(Other).Only(),
            StringComparison.Ordinal
        );

    [Fact]
    public void of_a_mirrored_listing_counts_at_the_desk_that_opened_the_deal() =>
        Assert.Contains(
            Other,
            Registered()
                .Listed(Here)
                .Then(new ListingMirrored(ItemScenario.Listing, Other))
                .Opened(Other)
                .Settled(Here)
                .Transferred(Here)
                .Only(),
            StringComparison.Ordinal
        );

    [Fact]
    public void of_a_car_that_was_listed_elsewhere_before_counts_where_it_is_sold() =>
        Assert.Contains(
            Other,
            Registered()
                .Listed(Here)
                .Then(new ListingWithdrawn(ItemScenario.Listing))
                .Opened(Other)
                .Settled(Other)
                .Transferred(Here)
                .Only(),
            StringComparison.Ordinal
        );

    [Fact]
    public void without_a_market_at_its_opening_counts_where_its_next_step_was_taken() =>
        Assert.Contains(
            Other,
            Registered().Opened(null).Settled(Other).Transferred(Here).Only(),
            StringComparison.Ordinal
        );

    [Fact]
    public void of_which_no_desk_says_where_it_was_made_has_no_place() =>
        Assert.Equal("2026-01-10 ? ? 900", Registered().Opened("parking lot").Settled(null).Transferred(Here).Only());

    [Fact]
    public void counts_on_the_day_the_station_registered() =>
        Assert.StartsWith(
            "2025-12-31",
            Registered().Opened(Here).Settled(Here).Transferred(Here, on: new(2025, 12, 31)).Only(),
            StringComparison.Ordinal
        );

    [Fact]
    public void between_dealers_is_one_at_the_desk_too() =>
        Assert.Equal(
            (PartyKind.Dealer, PartyKind.Dealer),
            Ledger
                .Trading.Sale.AllOf(
                    new(
                        ItemScenario.Item,
                        Registered().Opened(Here, buyer: PartyKind.Dealer).Settled(Here).Transferred(Here).told
                    )
                )
                .Select(s => (s.Sale.SellerKind!.Value, s.Sale.BuyerKind!.Value))
                .Single()
        );

    [Fact]
    public void of_a_market_s_register_counts_there_whatever_was_listed_elsewhere() =>
        Assert.Equal(
            "2026-02-14 MK-510703-0001 510703 700",
            Registered().Listed(Here).Then(Sale, source: Other).Only()
        );

    [Fact]
    public void of_a_register_that_is_no_market_has_no_place() =>
        Assert.Equal("2026-02-14 ? ? 700", Registered().Then(Sale, source: "histovec").Only());

    [Fact]
    public void that_was_voided_is_none_and_one_that_was_corrected_is_counted_as_corrected()
    {
        Registered().Then(Sale, source: Here);
        var sale = told[^1].EventId;
        Then(new Corrected<SaleRecorded>(sale, "typo", Sale with { PriceFen = 800 }));
        Assert.Equal("2026-02-14 MK-510100-0007 510100 800", Only());
        Assert.Empty(Then(new Voided<SaleRecorded>(sale, "twice")).Sales());
    }

    [Fact]
    public void that_is_rescinded_stays_and_what_goes_back_is_none()
    {
        Registered().Opened(Here).Settled(Here).Transferred(Here);
        var back = ItemScenario.Id(55);
        Then(new DealRescinded(ItemScenario.Deal, "flood", 900, back)).Opened(Other, back).Settled(Other, back);
        Assert.Equal("2026-01-10 MK-510100-0007 510100 900", Transferred(Other, back).Only());
        // Whoever has it back sells it again.
        var again = ItemScenario.Id(56);
        Assert.Equal(2, Opened(Here, again).Settled(Here, again).Transferred(Here, again).Sales().Count);
    }

    [Fact]
    public void of_a_car_that_has_left_the_country_is_none_until_it_is_back()
    {
        Registered().Then(new ItemExported()).Then(Sale, source: Here);
        Assert.Empty(Sales());
        Assert.Single(Then(new ItemReimported()).Then(Sale, source: Here).Sales());
    }

    [Fact]
    public void of_another_register_s_transfer_is_none() =>
        Assert.Empty(
            Registered().Then(new OwnershipTransferred(Via: TransferVia.ForeignRegister), source: "histovec").Sales()
        );

    [Fact]
    public void once_cancelled_is_none_and_the_next_deal_keeps_the_offer_s_market() =>
        Assert.Contains(
            Here,
            Registered()
                .Listed(Here)
                .Opened(Other)
                .Then(new DealCancelled(ItemScenario.Deal, "buyer"))
                .Opened(null, ItemScenario.Id(57))
                .Settled(null, ItemScenario.Id(57))
                .Transferred(Other, ItemScenario.Id(57))
                .Only(),
            StringComparison.Ordinal
        );
}
