using System.Collections.Immutable;
using Ledger.Goods;
using Ledger.Kernel;

namespace Ledger.Trading;

public sealed record StockTakenIn(
    PartyRef? Dealer = null,
    StockMode? Mode = null,
    long? PriceFen = null,
    string? Currency = null
) : LedgerEvent
{
    public override LedgerEvent WithParties(Func<PartyRef, PartyRef> map) =>
        this with
        {
            Dealer = PartyRef.Map(Dealer, map),
        };
}

/// <param name="AskFen">Asking price in minor units of <paramref name="Currency"/>.</param>
/// <param name="EndsOn">Last Shanghai day on which it stands.</param>
/// <param name="Disclosure">The <c>item-disclosed</c> that a buyer is shown.</param>
public sealed record ItemListed(
    Guid? ListingId,
    string? Market,
    PartyRef? Seller = null,
    long? AskFen = null,
    string? Currency = null,
    DateOnly? EndsOn = null,
    Guid? Disclosure = null
) : LedgerEvent
{
    public override LedgerEvent WithParties(Func<PartyRef, PartyRef> map) =>
        this with
        {
            Seller = PartyRef.Map(Seller, map),
        };
}

public sealed record ListingRepriced(Guid? ListingId, long? AskFen) : LedgerEvent;

public sealed record ListingWithdrawn(Guid? ListingId, string? Reason = null) : LedgerEvent;

/// <summary>The seller's own notice to a register that the thing was sold.</summary>
public sealed record SaleDeclared(PartyRef? Buyer = null, DateOnly? SoldOn = null) : LedgerEvent
{
    public override LedgerEvent WithParties(Func<PartyRef, PartyRef> map) =>
        this with
        {
            Buyer = PartyRef.Map(Buyer, map),
        };
}

public sealed record DealOpened(
    Guid? DealId,
    Guid? ListingId = null,
    PartyRef? Seller = null,
    PartyRef? Buyer = null,
    PartyKind? SellerKind = null,
    PartyKind? BuyerKind = null,
    DealMode? Mode = null
) : LedgerEvent
{
    public override LedgerEvent WithParties(Func<PartyRef, PartyRef> map) =>
        this with
        {
            Seller = PartyRef.Map(Seller, map),
            Buyer = PartyRef.Map(Buyer, map),
        };
}

/// <param name="Disclosure">The <c>item-disclosed</c> that both sides have read.</param>
public sealed record DealAgreed(
    Guid? DealId,
    long? PriceFen,
    string? Currency = null,
    long? DepositFen = null,
    Guid? Disclosure = null
) : LedgerEvent;

public sealed record DealPaymentRecorded(Guid? DealId, long? AmountFen, string? Currency = null, string? Channel = null)
    : LedgerEvent;

/// <summary>Gross = net + tax; the number itself is personal and kept as a reservation only until the vault
/// comes.</summary>
public sealed record DealInvoiced(
    Guid? DealId,
    InvoiceKind? Kind = null,
    long? GrossFen = null,
    long? NetFen = null,
    long? TaxFen = null,
    int? RateBp = null,
    string? Currency = null
) : LedgerEvent;

public sealed record InvoiceVoided(Guid? DealId, string? Reason = null) : LedgerEvent;

public sealed record DealCancelled(Guid? DealId, string? By = null, string? Reason = null, long? RefundFen = null)
    : LedgerEvent;

/// <param name="Papers">Hashes of the papers.</param>
public sealed record TransferSubmitted(
    Guid? DealId,
    string? Station = null,
    ImmutableArray<string>? Checklist = null,
    ImmutableArray<string>? Papers = null
) : LedgerEvent;

/// <param name="Rubbing">Hash of the rubbing of the VIN (拓印).</param>
public sealed record VehicleChecked(
    string? Rubbing = null,
    ImmutableArray<string>? Photos = null,
    bool? VinMatches = null,
    bool? EngineMatches = null
) : LedgerEvent;

public sealed record TransferRefused(Guid? DealId, string? Reason = null) : LedgerEvent;

public sealed record OwnershipTransferred(
    Guid? DealId = null,
    TransferVia? Via = null,
    PartyRef? NewOwner = null,
    string? Station = null,
    string? FromRegion = null,
    string? ToRegion = null,
    DateOnly? RegisteredOn = null
) : LedgerEvent
{
    public override LedgerEvent WithParties(Func<PartyRef, PartyRef> map) =>
        this with
        {
            NewOwner = PartyRef.Map(NewOwner, map),
        };
}

public sealed record ItemHandedOver(Guid? DealId, PartyRef? Receiver = null) : LedgerEvent
{
    public override LedgerEvent WithParties(Func<PartyRef, PartyRef> map) =>
        this with
        {
            Receiver = PartyRef.Map(Receiver, map),
        };
}

/// <summary>One completed sale from a market's own register (contract.md §4): passes over the steps of a
/// deal.</summary>
public sealed record SaleRecorded(
    PartyRef? Seller,
    PartyRef? Buyer,
    PartyKind? SellerKind,
    PartyKind? BuyerKind,
    long? PriceFen,
    string? Currency,
    DateTimeOffset? AgreedAt,
    DateTimeOffset? TransferredAt = null,
    TransferVia? Via = null,
    long? OdometerKm = null,
    int? Grade = null,
    string? WipeRef = null
) : LedgerEvent
{
    public override LedgerEvent WithParties(Func<PartyRef, PartyRef> map) =>
        this with
        {
            Seller = PartyRef.Map(Seller, map),
            Buyer = PartyRef.Map(Buyer, map),
        };
}

/// <summary>The role in a sale; maps to the party kinds of domain.md (contract.md §4).</summary>
public enum PartyKind
{
    Person,
    Dealer,
    Platform,
    Recycler,
    Exporter,
    PublicBody,
}

public enum StockMode
{
    Purchase,
    Consign,
}

public enum DealMode
{
    Retail,
    Trade,
    Consign,
    Auction,
}

public enum InvoiceKind
{
    Sale,
    ReverseUsedCar,
}

public enum TransferVia
{
    Station,
    HandOver,
    Auction,
    Court,
    ForeignRegister,
}

public static class TradeEvents
{
    public static ImmutableArray<EventLine> All { get; } =
    [
        ItemEvents.Of<StockTakenIn>("stock-taken-in", "收购入库", "Taken into stock"),
        .. Twin.Of<ItemListed>("item-listed", "挂牌", "Listed"),
        ItemEvents.Of<ListingRepriced>("listing-repriced", "挂牌改价", "Listing repriced"),
        ItemEvents.Of<ListingWithdrawn>("listing-withdrawn", "撤牌", "Listing withdrawn"),
        ItemEvents.Of<SaleDeclared>("sale-declared", "出售申报", "Sale declared"),
        ItemEvents.Of<DealOpened>("deal-opened", "交易开始", "Deal opened"),
        ItemEvents.Of<DealAgreed>("deal-agreed", "成交确认", "Deal agreed"),
        .. Twin.Of<DealPaymentRecorded>("deal-payment-recorded", "付款", "Payment recorded"),
        .. Twin.Of<DealInvoiced>("deal-invoiced", "开票", "Invoiced"),
        ItemEvents.Of<InvoiceVoided>("invoice-voided", "发票作废", "Invoice voided"),
        ItemEvents.Of<DealCancelled>("deal-cancelled", "交易取消", "Deal cancelled"),
        ItemEvents.Of<TransferSubmitted>("transfer-submitted", "转移登记受理", "Transfer submitted"),
        ItemEvents.Of<VehicleChecked>("vehicle-checked", "车辆查验", "Vehicle checked"),
        ItemEvents.Of<TransferRefused>("transfer-refused", "转移登记退办", "Transfer refused"),
        .. Twin.Of<OwnershipTransferred>("ownership-transferred", "转移登记", "Ownership transferred"),
        ItemEvents.Of<ItemHandedOver>("item-handed-over", "交付", "Handed over"),
        .. Twin.Of<SaleRecorded>("sale-recorded", "成交入账", "Sale recorded"),
    ];
}
