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

/// <summary>A registration station entered the vehicle in the register of vehicles. The item's state stays; plate and
/// number of the certificate are kept in the vault.</summary>
/// <param name="Region">Division of the register, six digits of GB/T 2260.</param>
public sealed record RegistrationRecorded(RegistrationKind? Kind = null, string? Region = null) : LedgerEvent;

/// <summary>A paper of the item was reported lost; the item's state stays.</summary>
/// <param name="Document">Which paper, e.g. 机动车登记证书.</param>
public sealed record DocumentLost(string? Document = null) : LedgerEvent;

/// <summary>A paper of the item was issued again; the item's state stays.</summary>
/// <param name="Document">Which paper, e.g. 机动车登记证书.</param>
public sealed record DocumentReissued(string? Document = null) : LedgerEvent;

/// <summary>Technical characteristics of the item were changed, or it was withdrawn from traffic; its state
/// stays.</summary>
/// <param name="What">What was changed, e.g. 变更车身颜色.</param>
public sealed record ItemAltered(string? What = null, bool? WithdrawnFromTraffic = null) : LedgerEvent;

/// <summary>Somebody read the item's odometer. The reading joins the series that later readings are held against; an
/// implausible one is kept with its verdict.</summary>
/// <param name="ValueKm">As it stood, in kilometres.</param>
/// <param name="Verdict">Judged before committing (rules.md §5).</param>
/// <param name="UnitShown">Unit that the instrument shows.</param>
/// <param name="ObservedOn">Day of the reading, by which the series is sorted; null: the day of the event.</param>
/// <param name="Evidence">Hash of what shows it.</param>
/// <param name="ReasonCode">Why the verdict is not <c>plausible</c>, e.g. <c>rolled-back</c> or
/// <c>first-reading</c>.</param>
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

/// <summary>An appraiser or laboratory inspected the item after a standard. The item's state stays; a rule judges
/// whether the accreditation held on that day.</summary>
/// <param name="Standard">Its number, e.g. <c>GB/T 30323-2013</c>.</param>
/// <param name="Accreditation">Number of the inspector's accreditation.</param>
/// <param name="Results">The points that were looked at.</param>
public sealed record ItemInspected(
    string? Standard = null,
    string? Accreditation = null,
    bool? Passed = null,
    ImmutableArray<InspectionFinding>? Results = null
) : LedgerEvent;

/// <summary>A point of an inspection and what was found there.</summary>
public sealed record InspectionFinding(string Point, string Found);

/// <summary>An appraiser graded the technical condition of the item; the grade becomes the item's.</summary>
/// <param name="ScoreTenths">Points × 10, 0–1000.</param>
/// <param name="Grade">1–5, shown 一级 … 五级 (GB/T 30323).</param>
/// <param name="Standard">Its number, e.g. <c>GB/T 30323-2013</c>.</param>
/// <param name="Accident">True: an accident car, whose grade is 5 (rules.md §7).</param>
public sealed record ItemGraded(
    string? Standard = null,
    int? ScoreTenths = null,
    int? Grade = null,
    bool? Accident = null
) : LedgerEvent;

/// <summary>A brand stays visible for ever, also once resolved.</summary>
public sealed record BrandRecorded(Brand? Brand, string? BrandSource = null, string? Evidence = null) : LedgerEvent;

/// <summary>A vehicle was registered for another use. Its scrap category and the day of its compulsory scrapping are
/// set anew (rules.md §4.2).</summary>
/// <param name="From">Scrap category before (rules.md §4.1); of other registers their own word.</param>
/// <param name="YearsAllowed">From the first registration on; absent: no limit of years.</param>
/// <param name="To">Scrap category after it; of other registers their own word.</param>
/// <param name="LimitDate">First Shanghai day past the limit that holds from then on; absent: none.</param>
public sealed record UseNatureChanged(
    string? From = null,
    string? To = null,
    DateOnly? ChangedOn = null,
    [property: LedgerDerived] int? YearsAllowed = null,
    [property: LedgerDerived] DateOnly? LimitDate = null
) : LedgerEvent;

/// <summary>A repairer worked on the item, with this outcome; the item's state stays.</summary>
/// <param name="CostFen">In minor units of <paramref name="Currency"/>.</param>
/// <param name="Currency">Code of ISO 4217, three letters.</param>
public sealed record RepairRecorded(
    string? Work = null,
    RepairOutcome? Outcome = null,
    long? CostFen = null,
    string? Currency = null,
    ImmutableArray<string>? Parts = null
) : LedgerEvent;

/// <summary>How a vehicle came into the register of vehicles.</summary>
public enum RegistrationKind
{
    First,
    ReRegistered,

    /// <summary>A registration of an older register was carried over (domain.md §8.1).</summary>
    Converted,
}

/// <summary>Unit that an odometer shows: kilometres or miles.</summary>
public enum DistanceUnit
{
    Km,
    Mi,
}

/// <summary>Where an odometer was read, or who reported the reading.</summary>
public enum OdometerSource
{
    Desk,
    Workshop,
    Inspection,
    Insurer,
    Import,
    Telematics,
}

/// <summary>What the rules make of a reading when it is recorded (合理, 不合理, 无法判断).</summary>
public enum OdometerVerdict
{
    Plausible,
    Implausible,

    /// <summary>It cannot be judged: there is no reading before it, or one of a later day was accepted.</summary>
    NoVerdict,
}

/// <summary>Why a recorded reading was wrong.</summary>
public enum OdometerCause
{
    Misread,

    /// <summary>Miles were taken for kilometres, or the other way round.</summary>
    Unit,

    /// <summary>The instrument cluster was replaced.</summary>
    ClusterReplaced,
    Repaired,
}

/// <summary>A lasting mark of an item: what happened to it, or is suspected.</summary>
public enum Brand
{
    Flood,
    Fire,
    Accident,
    Damaged,
    Stolen,
    WrittenOff,

    /// <summary>Another thing may bear its identifier (套牌).</summary>
    CloneSuspected,
    Scrap,

    /// <summary>Its odometer does not show the true mileage.</summary>
    Odometer,
}

/// <summary>How a repair ended.</summary>
public enum RepairOutcome
{
    Fixed,

    /// <summary>Not fixed, but it can be.</summary>
    Repairable,

    /// <summary>It cannot be repaired.</summary>
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
