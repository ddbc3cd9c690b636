using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Trading;
using Projections.Market;
using Projections.Regulator;

namespace Projections.Tests;

/// <summary>Rows are a pure function of a history: seen without a database.</summary>
public sealed class What_a_view_says
{
    static readonly Guid Item = Guid.Parse("019b0000-0000-7000-8000-000000000001");
    static readonly PartyRef Seller = new("MK-510104-0001", "K-1"),
        Buyer = new("MK-510104-0001", "K-2");
    static readonly Guid Listing = Guid.Parse("019b0000-0000-7000-8000-0000000000aa"),
        Deal = Guid.Parse("019b0000-0000-7000-8000-0000000000bb");
    int version;

    [Fact]
    public void A_listing_is_open_then_in_a_deal_then_sold()
    {
        StoredEvent[] walk =
        [
            At(1, Registered()),
            At(2, Listed()),
            At(3, new DealOpened(Deal, Listing, Seller, Buyer)),
            At(4, new DealAgreed(Deal, 900, "CNY")),
            At(5, new DealPaymentRecorded(Deal, 900, "CNY")),
            At(6, new DealInvoiced(Deal)),
            At(7, new OwnershipTransferred(Deal, TransferVia.HandOver, Buyer)),
        ];
        Assert.Equal("open", State(walk[..2]));
        Assert.Equal("in-deal", State(walk[..5]));
        Assert.Equal("sold", State(walk));
    }

    [Fact]
    public void A_cancelled_deal_opens_its_listing_again()
    {
        StoredEvent[] walk =
        [
            At(1, Registered()),
            At(2, Listed()),
            At(3, new DealOpened(Deal, Listing, Seller, Buyer)),
            At(4, new DealCancelled(Deal, "buyer", "x")),
        ];
        Assert.Equal("open", State(walk));
    }

    [Fact]
    public void A_completed_deal_and_a_recorded_sale_count_alike_once_each()
    {
        var sale = new SaleRecorded(Buyer, Seller, PartyKind.Person, PartyKind.Dealer, 700, "CNY", Day(9), Day(10));
        StoredEvent[] walk =
        [
            At(1, Registered()),
            At(3, new DealOpened(Deal, null, Seller, Buyer, PartyKind.Person)),
            At(4, new DealAgreed(Deal, 900, "CNY")),
            At(5, new DealPaymentRecorded(Deal, 900, "CNY")),
            At(6, new DealInvoiced(Deal)),
            At(7, new OwnershipTransferred(Deal, TransferVia.HandOver, Buyer)),
            At(9, sale),
        ];
        var rows = new SalesView().Rows(new(Item, walk)).Cast<SaleRow>().ToList();
        Assert.Equal([900L, 700], rows.Select(r => r.PriceFen));
        Assert.Equal(new DateOnly(2026, 1, 10), rows[1].SoldOn);
    }

    [Fact]
    public void A_transfer_of_another_register_is_no_sale() =>
        Assert.Empty(
            new SalesView().Rows(
                new(Item, [At(1, Registered()), At(2, new OwnershipTransferred(Via: TransferVia.ForeignRegister))])
            )
        );

    [Fact]
    public void A_voided_sale_is_no_sale()
    {
        var sold = At(2, new SaleRecorded(Seller, Buyer, null, null, 700, "CNY", Day(2)));
        Assert.Empty(
            new SalesView().Rows(
                new(Item, [At(1, Registered()), sold, At(3, new Voided<SaleRecorded>(sold.EventId, "x"))])
            )
        );
    }

    [Fact]
    public void A_month_is_of_Shanghai()
    {
        var lastSecond = new DateTimeOffset(2026, 1, 31, 15, 59, 59, TimeSpan.Zero);
        var sale = At(2, new SaleRecorded(Seller, Buyer, null, null, 1, "CNY", lastSecond));
        Assert.Equal(new DateOnly(2026, 1, 1), Month(sale));
        Assert.Equal(
            new DateOnly(2026, 2, 1),
            Month(At(2, new SaleRecorded(Seller, Buyer, null, null, 1, "CNY", lastSecond.AddSeconds(1))))
        );
    }

    [Fact]
    public void A_party_is_found_with_and_without_its_market()
    {
        var row = new EventsView().Rows(new(Item, [At(1, Registered())])).Cast<EventRow>().Single();
        Assert.Contains("MK-510104-0001/K-1", row.Parties);
        Assert.Contains("K-1", row.Parties);
    }

    DateOnly Month(StoredEvent sale) =>
        new SalesView().Rows(new(Item, [At(1, Registered()), sale])).Cast<SaleRow>().Single().Month;

    static string State(StoredEvent[] walk) =>
        new ListingsView().Rows(new(Item, walk)).Cast<ListingRow>().Single().State;

    static ItemRegistered Registered() => new("appliance", [], Owner: Seller);

    static ItemListed Listed() => new(Listing, "MK-510104-0001", Seller, 1_000, "CNY");

    static DateTimeOffset Day(int day) => new(2026, 1, day, 0, 0, 0, TimeSpan.Zero);

    StoredEvent At(int day, LedgerEvent e) =>
        new(
            Guid.Parse($"019b0000-0000-7000-9000-{++version:000000000000}"),
            Item,
            version,
            Day(day),
            e,
            new("k", Day(day), "local", "ADM", "0")
        )
        {
            Type = Ledger.EventCatalog.Of(e).WireName,
        };
}
