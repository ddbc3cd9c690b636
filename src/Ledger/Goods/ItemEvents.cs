using System.Collections.Immutable;
using Ledger.Kernel;
using Ledger.Kernel.Identifiers;

namespace Ledger.Goods;

/// <summary>A thing enters the ledger. Identifiers stand as handles; their text is kept apart (domain.md §2).</summary>
/// <param name="OwnedSince">Since when its owner has had it, as its papers say; null: nobody said.</param>
public sealed record ItemRegistered(
    string Category,
    ImmutableArray<IdentifierRef> Identifiers,
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
) : LedgerEvent
{
    public override LedgerEvent WithParties(Func<PartyRef, PartyRef> map) =>
        this with
        {
            Owner = PartyRef.Map(Owner, map),
        };
}

/// <summary>A further identifier of the same thing, e.g. the VIN of an item known by a register's number.</summary>
public sealed record ItemIdentifierAdded(IdentifierRef? Identifier, string? Evidence = null) : LedgerEvent;

public sealed record RegistrationRecorded(RegistrationKind? Kind = null, string? Region = null) : LedgerEvent;

public sealed record DocumentLost(string? Document = null) : LedgerEvent;

public sealed record DocumentReissued(string? Document = null) : LedgerEvent;

public sealed record ItemAltered(string? What = null, bool? WithdrawnFromTraffic = null) : LedgerEvent;

/// <param name="ValueKm">As it stood, in kilometres.</param>
/// <param name="Verdict">Judged before committing (rules.md §5).</param>
public sealed record OdometerObserved(
    long? ValueKm,
    DistanceUnit? UnitShown = null,
    OdometerSource? Source = null,
    DateOnly? ObservedOn = null,
    string? Evidence = null,
    [property: LedgerDerived] OdometerVerdict? Verdict = null,
    [property: LedgerDerived] string? ReasonCode = null
) : LedgerEvent;

/// <summary>A reading was wrong; <see cref="Target"/> is the event id of an <c>odometer-observed</c>.</summary>
public sealed record OdometerCorrected(
    Guid Target,
    OdometerCause? Cause,
    long? ValueKm,
    string? Evidence,
    string? Reason = null
) : LedgerEvent, ICorrection
{
    LedgerEvent? ICorrection.Apply(LedgerEvent target) =>
        target is OdometerObserved reading && ValueKm is not null
            ? reading with
            {
                ValueKm = ValueKm,
                Verdict = null,
                ReasonCode = null,
            }
            : target;
}

public sealed record ItemInspected(
    string? Standard = null,
    string? Accreditation = null,
    bool? Passed = null,
    ImmutableArray<Finding>? Results = null
) : LedgerEvent;

/// <summary>A point of an inspection and what was found there.</summary>
public sealed record Finding(string Point, string Found);

/// <param name="ScoreTenths">Points × 10, 0–1000.</param>
/// <param name="Grade">1–5, shown 一级 … 五级 (GB/T 30323).</param>
public sealed record ItemGraded(
    string? Standard = null,
    int? ScoreTenths = null,
    int? Grade = null,
    bool? Accident = null
) : LedgerEvent;

/// <summary>A brand stays visible for ever, also once resolved.</summary>
public sealed record BrandRecorded(Brand? Brand, string? BrandSource = null, string? Evidence = null) : LedgerEvent;

/// <param name="From">Scrap category before (rules.md §4.1); of other registers their own word.</param>
/// <param name="YearsAllowed">From the first registration on; absent: no limit of years.</param>
public sealed record UseNatureChanged(
    string? From = null,
    string? To = null,
    DateOnly? ChangedOn = null,
    [property: LedgerDerived] int? YearsAllowed = null,
    [property: LedgerDerived] DateOnly? LimitDate = null
) : LedgerEvent;

public sealed record RepairRecorded(
    string? Work = null,
    RepairOutcome? Outcome = null,
    long? CostFen = null,
    string? Currency = null,
    ImmutableArray<string>? Parts = null
) : LedgerEvent;

public enum RegistrationKind
{
    First,
    ReRegistered,
    Converted,
}

public enum DistanceUnit
{
    Km,
    Mi,
}

public enum OdometerSource
{
    Desk,
    Workshop,
    Inspection,
    Insurer,
    Import,
    Telematics,
}

public enum OdometerVerdict
{
    Plausible,
    Implausible,
    NoVerdict,
}

public enum OdometerCause
{
    Misread,
    Unit,
    ClusterReplaced,
    Repaired,
}

public enum Brand
{
    Flood,
    Fire,
    Accident,
    Damaged,
    Stolen,
    WrittenOff,
    CloneSuspected,
    Scrap,
    Odometer,
}

public enum RepairOutcome
{
    Fixed,
    Repairable,
    EndOfLife,
    Unknown,
}

/// <summary>The noun's list; <see cref="EventCatalog"/> gathers it.</summary>
public static class ItemEvents
{
    /// <summary>A line of an event that stands on an item's stream, of whichever noun.</summary>
    public static EventLine Of<T>(string name, string zh, string en)
        where T : LedgerEvent => EventLine.Of<T>(name, GoodsStreams.Item, zh, en);

    public static ImmutableArray<EventLine> All { get; } =
    [
        .. Twin.Of<ItemRegistered>("item-registered", "登记入账", "Registered"),
        Of<ItemIdentifierAdded>("item-identifier-added", "补充标识", "Identifier added"),
        Of<RegistrationRecorded>("registration-recorded", "注册登记", "Registration recorded"),
        Of<DocumentLost>("document-lost", "证件遗失", "Document lost"),
        Of<DocumentReissued>("document-reissued", "证件补发", "Document reissued"),
        Of<ItemAltered>("item-altered", "技术参数变更", "Altered"),
        Of<OdometerObserved>("odometer-observed", "里程读数", "Odometer read"),
        Of<OdometerCorrected>("odometer-corrected", "里程更正", "Odometer reading corrected"),
        Of<Voided<OdometerObserved>>("odometer-observed-voided", "里程读数作废", "Odometer reading voided"),
        .. Twin.Of<ItemDisclosed>("item-disclosed", "车况告知", "Disclosed"),
        .. Twin.Of<ItemInspected>("item-inspected", "检验", "Inspected"),
        .. Twin.Of<ItemGraded>("item-graded", "鉴定评级", "Graded"),
        Of<BrandRecorded>("brand-recorded", "瑕疵标记", "Brand recorded"),
        Of<UseNatureChanged>("use-nature-changed", "使用性质变更", "Use changed"),
        Of<RepairRecorded>("repair-recorded", "维修", "Repair recorded"),
    ];
}
