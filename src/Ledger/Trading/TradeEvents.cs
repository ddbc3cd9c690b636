using System.Collections.Immutable;
using Ledger.Goods;
using Ledger.Kernel;

namespace Ledger.Trading;

/// <summary>A dealer took the item into stock: it is stocked. A purchase makes the dealer its owner, a consignment does
/// not.</summary>
/// <param name="PriceFen">What the dealer pays, in minor units of <paramref name="Currency"/>.</param>
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

/// <summary>The item was offered for sale in a market: its listing is open. One listing is open at most, over all
/// markets.</summary>
/// <param name="AskFen">Asking price in minor units of <paramref name="Currency"/>.</param>
/// <param name="EndsOn">Last Shanghai day on which it stands.</param>
/// <param name="Disclosure">The <c>item-disclosed</c> that a buyer is shown.</param>
/// <param name="Market">Code of the market.</param>
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

/// <summary>The asking price of the open listing was changed.</summary>
/// <param name="AskFen">New asking price, in minor units of the listing's currency.</param>
public sealed record ListingRepriced(Guid? ListingId, long? AskFen) : LedgerEvent;

/// <summary>The offer was taken back: the listing is withdrawn, and the item is held or stocked as before it.</summary>
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

/// <summary>A market or platform opened a deal between a seller and a buyer: the item is in a deal, and an open listing
/// is taken by it.</summary>
/// <param name="ListingId">The listing that the deal takes; null: none was open.</param>
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

/// <summary>Seller and buyer agreed on a price: the open deal is agreed.</summary>
/// <param name="Disclosure">The <c>item-disclosed</c> that both sides have read.</param>
/// <param name="PriceFen">In minor units of <paramref name="Currency"/>.</param>
/// <param name="DepositFen">In minor units of <paramref name="Currency"/>.</param>
public sealed record DealAgreed(
    Guid? DealId,
    long? PriceFen,
    string? Currency = null,
    long? DepositFen = null,
    Guid? Disclosure = null
) : LedgerEvent;

/// <summary>The agreed price was paid in full: the agreed deal is paid.</summary>
/// <param name="AmountFen">In minor units of <paramref name="Currency"/>.</param>
/// <param name="Channel">How it was paid, e.g. <c>bank</c>.</param>
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

/// <summary>The invoice of a deal was declared void: the deal is paid, and its sale no longer counts towards the
/// seller's cars of the year (rules.md §7).</summary>
public sealed record InvoiceVoided(Guid? DealId, string? Reason = null) : LedgerEvent;

/// <summary>A deal that was open, agreed or paid was called off; a listing that it took is open again.</summary>
/// <param name="By">Who called it off, e.g. <c>buyer</c>.</param>
/// <param name="RefundFen">Paid back, in minor units of the deal's currency.</param>
public sealed record DealCancelled(Guid? DealId, string? By = null, string? Reason = null, long? RefundFen = null)
    : LedgerEvent;

/// <summary>A desk handed a vehicle's papers to a registration station: the invoiced deal is in transfer.</summary>
/// <param name="Papers">Hashes of the papers.</param>
/// <param name="Station">Code of the station.</param>
public sealed record TransferSubmitted(
    Guid? DealId,
    string? Station = null,
    ImmutableArray<string>? Checklist = null,
    ImmutableArray<string>? Papers = null
) : LedgerEvent;

/// <summary>A registration station compared the vehicle with its papers. Where VIN or engine number do not match, no
/// transfer is registered before a check that finds both right.</summary>
/// <param name="Rubbing">Hash of the rubbing of the VIN (拓印).</param>
/// <param name="Photos">Hashes of photos.</param>
public sealed record VehicleChecked(
    string? Rubbing = null,
    ImmutableArray<string>? Photos = null,
    bool? VinMatches = null,
    bool? EngineMatches = null
) : LedgerEvent;

/// <summary>A registration station sent a vehicle's papers back: the deal is invoiced again.</summary>
public sealed record TransferRefused(Guid? DealId, string? Reason = null) : LedgerEvent;

/// <summary>The item has a new owner: a station registered it, or goods without registration were handed over. The deal
/// is completed and the item held.</summary>
/// <param name="DealId">Null: no deal is known, as of another register.</param>
/// <param name="NewOwner">Null: the deal's buyer.</param>
/// <param name="FromRegion">Division, six digits.</param>
/// <param name="ToRegion">Division, six digits.</param>
/// <param name="RegisteredOn">Shanghai day of the transfer; null: the day of the event.</param>
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
    /// <summary>The fact that holds the hashes of what a transfer rests on, parted by blanks, where no papers went to a
    /// station: the judgment, the auction's record, the foreign register's extract.</summary>
    public const string Papers = "papers";

    public override LedgerEvent WithParties(Func<PartyRef, PartyRef> map) =>
        this with
        {
            NewOwner = PartyRef.Map(NewOwner, map),
        };
}

/// <summary>The item was handed to its buyer: custody at the site ends, and a wipe before it no longer counts for a
/// next sale.</summary>
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

/// <summary>How a dealer takes an item into stock: bought, or on consignment for its owner.</summary>
public enum StockMode
{
    Purchase,
    Consign,
}

/// <summary>Kind of deal: retail, between dealers, on consignment, or by auction.</summary>
public enum DealMode
{
    Retail,
    Trade,
    Consign,
    Auction,
}

/// <summary>Whether the seller issues the invoice, or a dealer who buys from a person issues it in reverse.</summary>
public enum InvoiceKind
{
    Sale,
    ReverseUsedCar,
}

/// <summary>How an item came to its new owner; <c>foreign-register</c>: a register abroad reports it.</summary>
public enum TransferVia
{
    Station,
    HandOver,
    Auction,
    Court,
    ForeignRegister,
}

/// <summary>Catalogue lines of stock, listings, deals, transfers and sales; <see cref="EventCatalog"/> gathers
/// them.</summary>
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
