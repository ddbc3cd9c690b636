using System.Collections.Immutable;
using Ledger.Encumbrances;
using Ledger.Kernel;
using Ledger.Kernel.Identifiers;
using Ledger.Rules;
using Ledger.Trading;

namespace Ledger.Goods;

/// <summary>Something somebody wants recorded of one item. Ids and times are arguments: deciders make none.</summary>
public abstract record ItemCommand
{
    /// <summary>The same command with each of its parties mapped (see <see cref="LedgerEvent.WithParties"/>).</summary>
    public virtual ItemCommand WithParties(Func<PartyRef, PartyRef> map) => this;
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
}

public sealed record AddIdentifier(NamedIdentifier Identifier, string? Evidence) : ItemCommand;

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

/// <summary>A fact that somebody states of the item; what would make it untrue refuses it.</summary>
/// <param name="By">Who states it, where that matters: the seller who declares a sale.</param>
public sealed record StateFact(LedgerEvent Fact, PartyRef? By = null) : ItemCommand
{
    /// <summary>Numbers that go into the vault with it.</summary>
    public ImmutableArray<(string Name, string Value)> Secrets { get; init; } = [];

    public override ItemCommand WithParties(Func<PartyRef, PartyRef> map) =>
        this with
        {
            Fact = Fact.WithParties(map),
            By = PartyRef.Map(By, map),
        };
}

public sealed record TagItem(NamedIdentifier Tag, TagMedium Medium, string? Photo) : ItemCommand;

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
) : ItemCommand;

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

/// <summary>The thing happened, a detail was wrong.</summary>
public sealed record CorrectEvent(Guid Target, string Reason, LedgerEvent To, string? Evidence) : ItemCommand
{
    public override ItemCommand WithParties(Func<PartyRef, PartyRef> map) => this with { To = To.WithParties(map) };
}

/// <summary>It did not happen.</summary>
public sealed record VoidEvent(Guid Target, string Reason, string? Evidence) : ItemCommand;

/// <summary>A fact that another register reports. The first one of an unknown item registers it.</summary>
public sealed record ObserveFact(LedgerEvent Fact, RegisterItem? Registration) : ItemCommand
{
    /// <summary>The identifier that an <c>item-identifier-added</c> binds.</summary>
    public NamedIdentifier? Adds { get; init; }

    public override ItemCommand WithParties(Func<PartyRef, PartyRef> map) =>
        this with
        {
            Fact = Fact.WithParties(map),
            Registration = (RegisterItem?)Registration?.WithParties(map),
        };
}

/// <summary>One completed sale from a market's register.</summary>
public sealed record RecordSale(SaleRecorded Sale, string Market, RegisterItem Registration, string? InvoiceNumber)
    : ItemCommand
{
    public override ItemCommand WithParties(Func<PartyRef, PartyRef> map) =>
        this with
        {
            Sale = (SaleRecorded)Sale.WithParties(map),
            Registration = (RegisterItem)Registration.WithParties(map),
        };
}

/// <summary>All that a decision may know besides command and item: times, law, actor, guards.</summary>
/// <param name="OccurredAt">The statutory instant of the act.</param>
/// <param name="Now">When it is decided.</param>
public sealed record Situation(
    DateTimeOffset OccurredAt,
    DateTimeOffset Now,
    RuleSet Rules,
    string Actor,
    string? SecondActor = null
)
{
    public string Jurisdiction { get; init; } = Kernel.Jurisdiction.Sichuan;

    /// <summary>Values of the guards named by <see cref="ItemGuards"/>; absent: no row.</summary>
    public ImmutableDictionary<GuardKey, string> Guards { get; init; } = ImmutableDictionary<GuardKey, string>.Empty;

    /// <summary>The day given, where only a day is known.</summary>
    public DateOnly? GivenDay { get; init; }

    public DateOnly LawDay => GivenDay ?? ShanghaiDay.Of(OccurredAt);

    public string? Guard(GuardKey key) => Guards.GetValueOrDefault(key);
}
