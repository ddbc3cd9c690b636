using System.Collections.Immutable;
using Ledger.Goods;
using Ledger.Kernel;

namespace Ledger.Trading;

/// <summary>Stock, listing, deal and transfer of one item.</summary>
public abstract record TradeCommand : ItemCommand
{
    public override bool MovesState => true;
}

/// <summary>Asks to record that a dealer takes the item into stock; refused unless it is held, and, for a purchase,
/// where it is somebody else's.</summary>
/// <param name="PriceFen">What the dealer pays, in minor units of <paramref name="Currency"/>.</param>
public sealed record TakeIntoStock(PartyRef Dealer, StockMode Mode, long? PriceFen, string? Currency) : TradeCommand
{
    public override ItemCommand WithParties(Func<PartyRef, PartyRef> map) => this with { Dealer = map(Dealer) };
}

/// <summary>Asks to offer the item in a market; refused where it is listed already, in a deal, or the market is
/// suspended.</summary>
/// <param name="ListingId">Id of the new listing.</param>
/// <param name="AskFen">In minor units of <paramref name="Currency"/>.</param>
/// <param name="EndsOn">Last Shanghai day on which it stands; null: no end is set.</param>
public sealed record ListItem(
    Guid ListingId,
    string Market,
    PartyRef? Seller,
    long AskFen,
    string Currency,
    DateOnly? EndsOn
) : TradeCommand
{
    public override ItemCommand WithParties(Func<PartyRef, PartyRef> map) =>
        this with
        {
            Seller = PartyRef.Map(Seller, map),
        };

    public override ActPlace PlaceOf(Acting by) =>
        base.PlaceOf(by) is { Region: null } place
            ? place with
            {
                Region = MarketCode.DivisionOf(Market),
            }
            : base.PlaceOf(by);
}

/// <summary>Asks to change the asking price of the open listing.</summary>
/// <param name="AskFen">In minor units of the listing's currency.</param>
public sealed record RepriceListing(Guid ListingId, long AskFen) : TradeCommand;

/// <summary>Asks to take the open listing back.</summary>
public sealed record WithdrawListing(Guid ListingId, string Reason) : TradeCommand;

/// <summary>Asks to open a deal; refused where another one is live, or the seller is not the owner.</summary>
/// <param name="DealId">Id of the new deal.</param>
public sealed record OpenDeal(
    Guid DealId,
    PartyRef Seller,
    PartyRef Buyer,
    PartyKind SellerKind,
    PartyKind BuyerKind,
    DealMode Mode
) : TradeCommand
{
    public override ItemCommand WithParties(Func<PartyRef, PartyRef> map) =>
        this with
        {
            Seller = map(Seller),
            Buyer = map(Buyer),
        };
}

/// <summary>Asks to record that both sides agreed on a price; refused where the market is suspended or a rule
/// blocks.</summary>
/// <param name="PriceFen">In minor units of <paramref name="Currency"/>.</param>
/// <param name="DepositFen">In minor units of <paramref name="Currency"/>.</param>
public sealed record AgreeDeal(Guid DealId, long PriceFen, string Currency, long? DepositFen) : TradeCommand;

/// <summary>Asks to record that the agreed price was paid; another amount is refused.</summary>
/// <param name="AmountFen">In minor units of <paramref name="Currency"/>.</param>
/// <param name="Channel">How it was paid, e.g. <c>bank</c>.</param>
public sealed record RecordPayment(Guid DealId, long AmountFen, string Currency, string Channel) : TradeCommand;

/// <summary>Asks to record the invoice of a paid deal; gross must be net plus tax, and the agreed price.</summary>
/// <param name="InvoiceNumber">Market and number; kept as a reservation's handle, not in the event.</param>
/// <param name="GrossFen">In minor units of <paramref name="Currency"/>, as net and tax are.</param>
/// <param name="RateBp">Rate of the tax, in basis points: 50 is 0.5 %.</param>
public sealed record InvoiceDeal(
    Guid DealId,
    InvoiceKind Kind,
    long GrossFen,
    long NetFen,
    long TaxFen,
    int? RateBp,
    string Currency,
    string? InvoiceNumber
) : TradeCommand
{
    public override ImmutableArray<VaultText> Secrets => Secret<DealInvoiced>("invoiceNo", InvoiceNumber);
}

/// <summary>Asks to call off a deal that is open, agreed or paid.</summary>
/// <param name="By">Who calls it off, e.g. <c>buyer</c>.</param>
/// <param name="RefundFen">Paid back, in minor units of the deal's currency.</param>
public sealed record CancelDeal(Guid DealId, string By, string Reason, long? RefundFen) : TradeCommand;

/// <summary>Hand-over and change of owner in one batch, for goods without registration.</summary>
public sealed record CompleteDeal(Guid DealId) : TradeCommand;

/// <summary>A desk hands a car's papers to the station.</summary>
/// <param name="Papers">Hashes of the papers.</param>
public sealed record SubmitTransfer(
    Guid DealId,
    string Station,
    ImmutableArray<string>? Checklist,
    ImmutableArray<string> Papers
) : TradeCommand;

/// <summary>The station holds the car against its papers (拓印, photos).</summary>
public sealed record CheckVehicle(string? Rubbing, ImmutableArray<string>? Photos, bool VinMatches, bool EngineMatches)
    : TradeCommand;

/// <summary>The station sends the deal back to its desk.</summary>
public sealed record RefuseTransfer(Guid DealId, string Reason) : TradeCommand;

/// <summary>The registration station's transfer, for cars and farm machines.</summary>
public sealed record TransferOwnership(
    Guid DealId,
    TransferVia Via,
    string? Station,
    string? FromRegion,
    string? ToRegion,
    DateOnly? RegisteredOn,
    ImmutableArray<string> Papers
) : TradeCommand;
