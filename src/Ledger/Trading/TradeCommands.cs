using System.Collections.Immutable;
using Ledger.Goods;
using Ledger.Kernel;

namespace Ledger.Trading;

/// <summary>Stock, listing, deal and transfer of one item.</summary>
public abstract record TradeCommand : ItemCommand;

public sealed record TakeIntoStock(PartyRef Dealer, StockMode Mode, long? PriceFen, string? Currency) : TradeCommand
{
    public override ItemCommand WithParties(Func<PartyRef, PartyRef> map) => this with { Dealer = map(Dealer) };
}

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

public sealed record RepriceListing(Guid ListingId, long AskFen) : TradeCommand;

public sealed record WithdrawListing(Guid ListingId, string Reason) : TradeCommand;

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

public sealed record AgreeDeal(Guid DealId, long PriceFen, string Currency, long? DepositFen) : TradeCommand;

public sealed record RecordPayment(Guid DealId, long AmountFen, string Currency, string Channel) : TradeCommand;

/// <param name="InvoiceNumber">Market and number; kept as a reservation's handle, not in the event.</param>
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
    DateOnly? RegisteredOn
) : TradeCommand;
