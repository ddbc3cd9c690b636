using System.Collections.Immutable;
using Ledger.Kernel;

namespace Ledger.Trading;

/// <summary>Listing and deals of an item. At most one listing is open, at most one deal is live.</summary>
public sealed record TradeFacet(Listing? Listing, ImmutableArray<Deal> Deals)
{
    public static TradeFacet None { get; } = new(null, []);

    /// <summary>The station's check that found the car other than its papers; null where none did.</summary>
    public Guid? Altered { get; init; }

    /// <summary>Complaints that are not settled.</summary>
    public ImmutableArray<Complaint> Complaints { get; init; } = [];

    /// <summary>The stock that it is in, or was in before it was offered; null: it is in none.</summary>
    public Stock? Stock { get; init; }

    /// <summary>The market in which it is offered, or was taken from for the deal that goes on.</summary>
    public string? OfferedIn => Listing is { State: ListingState.Open or ListingState.Taken } l ? l.Market : null;

    /// <summary>The listing that is open, if any.</summary>
    public Listing? OpenListing => Listing is { State: ListingState.Open } ? Listing : null;

    /// <summary>The deal under way, if any.</summary>
    public Deal? LiveDeal => Deals.IsEmpty || !Deals[^1].IsLive ? null : Deals[^1];

    /// <summary>One that is not settled.</summary>
    public Complaint? Complaint(Guid id) => Complaints.FirstOrDefault(c => c.Id == id);

    public Deal? Deal(Guid? id) => id is null ? LiveDeal : Deals.FirstOrDefault(d => d.Id == id);

    /// <summary>By such a deal a thing goes back to whoever sold it.</summary>
    public bool Returns(Deal deal) => deal.Id is { } id && Deals.Any(d => d.BackDealId == id);

    public static TradeFacet Evolve(TradeFacet trade, StoredEvent e) =>
        e.Event switch
        {
            ItemListed l => trade with
            {
                Listing = new(l.ListingId, l.Market, l.Seller, l.AskFen, l.Currency, ListingState.Open, e.EventId)
                {
                    EndsOn = l.EndsOn,
                    Begun = e.Envelope,
                },
            },
            ListingRepriced r when trade.OpenListing is { } open => trade with
            {
                Listing = open with { AskFen = r.AskFen },
            },
            ListingMirrored { Market: { } market } when trade.OpenListing is { } open => trade with
            {
                Listing = open with { Mirrors = open.Mirrors.Add(market) },
            },
            ListingExpired when trade.OpenListing is { } open => trade with
            {
                Listing = open with { State = ListingState.Expired },
            },
            ListingVoided when trade.OpenListing is { } open => trade with
            {
                Listing = open with { State = ListingState.Voided },
            },
            DealRescinded r => trade with
            {
                Deals =
                [
                    .. trade.Deals.Select(d =>
                        d.Id == r.DealId ? d with { State = DealState.Rescinded, BackDealId = r.BackDealId } : d
                    ),
                ],
            },
            ComplaintFiled { ComplaintId: { } filed } c => trade with
            {
                Complaints = trade.Complaints.Add(new(filed, c.DealId, e.Envelope.Actor, e.EventId)),
            },
            ComplaintSettled { ComplaintId: { } settled } => trade with
            {
                Complaints = trade.Complaints.RemoveAll(c => c.Id == settled),
            },
            StockTakenIn t => trade with { Stock = new(t.Dealer, e.Envelope) },
            StockReleased => trade with { Stock = null },
            ListingWithdrawn when trade.OpenListing is { } open => trade with
            {
                Listing = open with { State = ListingState.Withdrawn },
            },
            DealOpened d => trade with
            {
                Listing = trade.OpenListing is { } open ? open with { State = ListingState.Taken } : trade.Listing,
                Deals = trade.Deals.Add(
                    new(d.DealId, d.Seller, d.Buyer, d.SellerKind, DealState.Open, null, null, e.EventId)
                    {
                        BuyerKind = d.BuyerKind,
                        Market = Sale.MarketOf(trade.OpenListing, e.Envelope),
                        Begun = e.Envelope,
                    }
                ),
            },
            DealAgreed a => trade.Step(
                a.DealId,
                d => d.At(e.Envelope) with { State = DealState.Agreed, PriceFen = a.PriceFen, Currency = a.Currency }
            ),
            DealPaymentRecorded p => trade.Step(p.DealId, d => d.At(e.Envelope) with { State = DealState.Paid }),
            DealInvoiced i => trade.Step(
                i.DealId,
                d => d.At(e.Envelope) with { State = DealState.Invoiced, InvoicedOn = e.Envelope.When.Day }
            ),
            TransferSubmitted t => trade.Step(
                t.DealId,
                d => d with { State = DealState.InTransfer, Station = t.Station, Check = null }
            ),
            TransferRefused r => trade.Step(r.DealId, d => d with { State = DealState.Invoiced }),
            // Only a check that found both in order answers one that did not, in whichever deal.
            VehicleChecked { VinMatches: false } or VehicleChecked { EngineMatches: false } => trade with
            {
                Altered = e.EventId,
            },
            VehicleChecked { VinMatches: true, EngineMatches: true } => trade.Step(
                null,
                d => d with { Check = e.EventId }
            ) with
            {
                Altered = null,
            },
            InvoiceVoided v => trade.Step(v.DealId, d => d with { State = DealState.Paid }),
            DealCancelled c => trade.Kept(c.DealId).Step(c.DealId, d => d with { State = DealState.Cancelled }) with
            {
                Listing =
                    trade.Listing is { State: ListingState.Taken } taken && trade.Deal(c.DealId) is { IsLive: true }
                        ? taken with
                        {
                            State = ListingState.Open,
                        }
                        : trade.Listing,
            },
            OwnershipTransferred t when trade.Deal(t.DealId) is { IsLive: true } => trade.Step(
                t.DealId,
                d => d with { State = DealState.Completed }
            ) with
            {
                Listing = null,
            },
            SaleRecorded s => trade with
            {
                Listing = null,
                Deals =
                    trade.LiveDeal is { } live && live.Seller == s.Seller && live.Buyer == s.Buyer
                        ? trade.Deals.Replace(live, live with { State = DealState.Completed })
                        : trade.Deals,
            },
            _ => trade,
        };

    /// <summary>Where the deal by which a thing was to go back comes to nothing, the first one stands as it
    /// was.</summary>
    TradeFacet Kept(Guid? back) =>
        Deal(back) is { IsLive: true, Id: { } id } && Deals.FirstOrDefault(d => d.BackDealId == id) is { } first
            ? this with
            {
                Deals = Deals.Replace(first, first with { State = DealState.Completed, BackDealId = null }),
            }
            : this;

    TradeFacet Step(Guid? id, Func<Deal, Deal> step) =>
        Deal(id) is { IsLive: true } deal ? this with { Deals = Deals.Replace(deal, step(deal)) } : this;
}

/// <summary>A complaint that is not settled.</summary>
/// <param name="By">Whoever filed it, as he was stated.</param>
/// <param name="Event">What filed it.</param>
public sealed record Complaint(Guid Id, Guid? DealId, string By, Guid Event);

/// <summary>The dealer's stock that an item is in.</summary>
/// <param name="Begun">Who took it in, and where.</param>
public sealed record Stock(PartyRef? Dealer, Envelope Begun)
{
    /// <summary>Whether it is his, or his desk's.</summary>
    internal bool IsOf(Acting by) => TradeRelations.IsOf(Begun.Market, Begun, by);
}

/// <summary>An offer of the item in a market, as its events leave it.</summary>
/// <param name="AskFen">In minor units of <paramref name="Currency"/>.</param>
/// <param name="Event">What opened it.</param>
public sealed record Listing(
    Guid? Id,
    string? Market,
    PartyRef? Seller,
    long? AskFen,
    string? Currency,
    ListingState State,
    Guid Event
)
{
    /// <summary>Last Shanghai day on which it stands.</summary>
    public DateOnly? EndsOn { get; init; }

    /// <summary>Who offered it, and where.</summary>
    public required Envelope Begun { get; init; }

    /// <summary>Whether it is his, or his desk's.</summary>
    internal bool IsOf(Acting by) => TradeRelations.IsOf(Market, Begun, by);

    /// <summary>Further markets that show it.</summary>
    public ImmutableArray<string> Mirrors { get; init; } = [];

    /// <summary>Whether he stands at the desk of one of these.</summary>
    internal bool IsShownBy(Acting by) => Mirrors.Any(by.IsDeskOf);
}

/// <summary>Where a listing stands (domain.md §3.2).</summary>
public enum ListingState
{
    Open,
    Withdrawn,

    /// <summary>A deal has taken it; if that is cancelled, it is open again.</summary>
    Taken,

    /// <summary>Its last day is over.</summary>
    Expired,

    /// <summary>The regulator took it down.</summary>
    Voided,
}

/// <summary>One sale of the item, as its events leave it.</summary>
/// <param name="PriceFen">In minor units of <paramref name="Currency"/>.</param>
/// <param name="Event">What opened it.</param>
public sealed record Deal(
    Guid? Id,
    PartyRef? Seller,
    PartyRef? Buyer,
    PartyKind? SellerKind,
    DealState State,
    long? PriceFen,
    string? Currency,
    Guid Event
)
{
    public bool IsLive =>
        State is DealState.Open or DealState.Agreed or DealState.Paid or DealState.Invoiced or DealState.InTransfer;

    public PartyKind? BuyerKind { get; init; }

    /// <summary>The market in which it is made (see <see cref="Sale"/>); null while no act of it names one.</summary>
    public string? Market { get; init; }

    /// <summary>Who opened it, and where: the market, or another that shows its listing.</summary>
    public required Envelope Begun { get; init; }

    /// <summary>Whether it is his, or his desk's.</summary>
    internal bool IsOf(Acting by) => TradeRelations.IsOf(Market, Begun, by) || by.IsDeskOf(Begun.Site);

    /// <summary>The deal by which the thing goes back, where this one was rescinded.</summary>
    public Guid? BackDealId { get; init; }

    /// <summary>Shanghai day of its invoice; the counter of cars counts by it.</summary>
    public DateOnly? InvoicedOn { get; init; }

    /// <summary>The station that its papers went to.</summary>
    public string? Station { get; init; }

    /// <summary>The station's check since then that found the car as its papers say; null: none did.</summary>
    public Guid? Check { get; init; }

    /// <summary>An amount that is not the agreed one; null: it is.</summary>
    internal Refusal? Differs(long? fen, string? currency) =>
        (fen, currency) == (PriceFen, Currency)
            ? null
            : Refusal.Of("amount-differs", ("value", fen), ("agreed", PriceFen), ("currency", Currency));

    /// <summary>A step at a market's desk says where the deal is made, where none before it did. Stations, which only
    /// register, say nothing of it.</summary>
    internal Deal At(Envelope step) => this with { Market = Market ?? step.Market };
}

/// <summary>Where a deal stands (domain.md §3.2).</summary>
public enum DealState
{
    Open,
    Agreed,
    Paid,
    Invoiced,

    /// <summary>Ownership has passed.</summary>
    Completed,
    Cancelled,

    /// <summary>A registration station has its papers.</summary>
    InTransfer,

    /// <summary>Undone after completion, by a deal back.</summary>
    Rescinded,
}
