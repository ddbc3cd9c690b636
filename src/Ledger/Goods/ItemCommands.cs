using System.Collections.Immutable;
using Ledger.Encumbrances;
using Ledger.Kernel;
using Ledger.Kernel.Identifiers;
using Ledger.Trading;

namespace Ledger.Goods;

/// <summary>Something somebody wants recorded of one item.</summary>
public abstract record ItemCommand : LedgerCommand
{
    /// <summary>The item that it is about; of a row of another register the one that it makes, if its identifiers are
    /// nobody's.</summary>
    public Guid Item { get; init; }

    public override ItemCommand WithParties(Func<PartyRef, PartyRef> map) => this;

    /// <summary>Goods are counted where they are traded: in a market.</summary>
    public override ActPlace PlaceOf(Acting by) =>
        new(by.Site, MarketCode.IsWellFormed(by.Site) ? MarketCode.DivisionOf(by.Site) : null);

    private protected static ImmutableArray<Identifier> TextsOf(IEnumerable<NamedIdentifier> identifiers) =>
        [.. identifiers.Select(i => i.Identifier)];
}

public sealed record RegisterItem(
    Guid ItemId,
    string Category,
    ImmutableArray<NamedIdentifier> Identifiers,
    string? Make = null,
    string? Model = null,
    string? TypeCode = null,
    string? Fuel = null,
    string? UseNature = null,
    string? ScrapCategory = null,
    DateOnly? ProductionDate = null,
    DateOnly? FirstRegistered = null,
    string? Emission = null,
    PartyRef? Owner = null,
    DateOnly? OwnedSince = null
) : ItemCommand
{
    public override ItemCommand WithParties(Func<PartyRef, PartyRef> map) =>
        this with
        {
            Owner = PartyRef.Map(Owner, map),
        };

    public override ImmutableArray<Identifier> Texts => TextsOf(Identifiers);
}

public sealed record AddIdentifier(NamedIdentifier Identifier, string? Evidence) : ItemCommand
{
    public override ImmutableArray<Identifier> Texts => TextsOf([Identifier]);
}

/// <summary>Says that an identifier was bound by mistake; the right one is bound before.</summary>
public sealed record CorrectIdentifier(NamedIdentifier Identifier, string Reason, string? Evidence) : ItemCommand;

public sealed record InspectItem(string Standard, bool Passed, string? Accreditation, ImmutableArray<Finding>? Results)
    : ItemCommand;

public sealed record GradeItem(string Standard, int? ScoreTenths, int Grade, bool Accident) : ItemCommand;

/// <param name="Confirmed">The reader has looked again: an implausible reading is recorded with its verdict.</param>
public sealed record ReadOdometer(
    long ValueKm,
    DistanceUnit Unit,
    OdometerSource Source,
    DateOnly ObservedOn,
    string? Evidence,
    bool Confirmed
) : ItemCommand;

public sealed record RecordRepair(
    string? Work,
    RepairOutcome Outcome,
    long? CostFen,
    string? Currency,
    ImmutableArray<string>? Parts
) : ItemCommand;

public sealed record RecordBrand(Brand Brand, string BrandSource, string? Evidence) : ItemCommand;

public sealed record TagItem(NamedIdentifier Tag, TagMedium Medium, string? Photo) : ItemCommand
{
    public override ImmutableArray<Identifier> Texts => TextsOf([Tag]);
}

/// <param name="To">The new scrap category (rules.md §4.1).</param>
public sealed record ChangeUse(string To, DateOnly ChangedOn) : ItemCommand;

/// <summary>The calendar's: recorded once a limit, from its day on.</summary>
public sealed record NoteScrapLimit : ItemCommand;

public sealed record TakeIntoStock(PartyRef Dealer, StockMode Mode, long? PriceFen, string? Currency) : ItemCommand
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
) : ItemCommand
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

public sealed record RepriceListing(Guid ListingId, long AskFen) : ItemCommand;

public sealed record WithdrawListing(Guid ListingId, string Reason) : ItemCommand;

public sealed record OpenDeal(
    Guid DealId,
    PartyRef Seller,
    PartyRef Buyer,
    PartyKind SellerKind,
    PartyKind BuyerKind,
    DealMode Mode
) : ItemCommand
{
    public override ItemCommand WithParties(Func<PartyRef, PartyRef> map) =>
        this with
        {
            Seller = map(Seller),
            Buyer = map(Buyer),
        };
}

public sealed record AgreeDeal(Guid DealId, long PriceFen, string Currency, long? DepositFen) : ItemCommand;

public sealed record RecordPayment(Guid DealId, long AmountFen, string Currency, string Channel) : ItemCommand;

/// <param name="InvoiceNumber">Market and number; kept as a guard's handle, not in the event.</param>
public sealed record InvoiceDeal(
    Guid DealId,
    InvoiceKind Kind,
    long GrossFen,
    long NetFen,
    long TaxFen,
    int? RateBp,
    string Currency,
    string? InvoiceNumber
) : ItemCommand
{
    public override ImmutableArray<VaultText> Secrets => Secret<DealInvoiced>("invoiceNo", InvoiceNumber);
}

public sealed record CancelDeal(Guid DealId, string By, string Reason, long? RefundFen) : ItemCommand;

/// <summary>Hand-over and change of owner in one batch, for goods without registration.</summary>
public sealed record CompleteDeal(Guid DealId) : ItemCommand;

/// <summary>A desk hands a car's papers to the station.</summary>
/// <param name="Papers">Hashes of the papers.</param>
public sealed record SubmitTransfer(
    Guid DealId,
    string Station,
    ImmutableArray<string>? Checklist,
    ImmutableArray<string> Papers
) : ItemCommand;

/// <summary>The station holds the car against its papers (拓印, photos).</summary>
public sealed record CheckVehicle(string? Rubbing, ImmutableArray<string>? Photos, bool VinMatches, bool EngineMatches)
    : ItemCommand;

/// <summary>The station sends the deal back to its desk.</summary>
public sealed record RefuseTransfer(Guid DealId, string Reason) : ItemCommand;

/// <summary>The registration station's transfer, for cars and farm machines.</summary>
public sealed record TransferOwnership(
    Guid DealId,
    TransferVia Via,
    string? Station,
    string? FromRegion,
    string? ToRegion,
    DateOnly? RegisteredOn
) : ItemCommand;

public sealed record RegisterEncumbrance(
    Guid EncumbranceId,
    EncumbranceKind Kind,
    PartyRef Holder,
    DateOnly Since,
    DateOnly? Until
) : ItemCommand
{
    public override ItemCommand WithParties(Func<PartyRef, PartyRef> map) => this with { Holder = map(Holder) };
}

public sealed record ReleaseEncumbrance(Guid EncumbranceId, PartyRef Holder, string? Reason) : ItemCommand
{
    public override ItemCommand WithParties(Func<PartyRef, PartyRef> map) => this with { Holder = map(Holder) };
}

public sealed record ExtendEncumbrance(Guid EncumbranceId, PartyRef Holder, DateOnly Until) : ItemCommand
{
    public override ItemCommand WithParties(Func<PartyRef, PartyRef> map) => this with { Holder = map(Holder) };
}

/// <param name="Lessee">The new one; kept in the vault.</param>
public sealed record ChangeLessee(Guid EncumbranceId, PartyRef Holder, string? Lessee) : ItemCommand
{
    public override ImmutableArray<VaultText> Secrets => Secret<LesseeChanged>("lessee", Lessee);

    public override ItemCommand WithParties(Func<PartyRef, PartyRef> map) => this with { Holder = map(Holder) };
}

/// <summary>The lender lets one deal go on.</summary>
public sealed record ConsentToDeal(Guid EncumbranceId, PartyRef Holder, Guid DealId, DateTimeOffset? Until)
    : ItemCommand
{
    public override ItemCommand WithParties(Func<PartyRef, PartyRef> map) => this with { Holder = map(Holder) };
}

public sealed record PlaceHold(Guid HoldId, HoldAuthority Authority, string DocNo, DateOnly? Until) : ItemCommand;

public sealed record ReleaseHold(Guid HoldId, HoldAuthority Authority, string? Reason) : ItemCommand;
