using System.Collections.Immutable;
using Ledger.Kernel.Identifiers;

namespace Ledger.Goods;

/// <summary>What an item is, and in what condition.</summary>
public abstract record GoodsCommand : ItemCommand;

/// <summary>Asks to bind a further identifier to the item; refused where another item has it.</summary>
public sealed record AddIdentifier(NamedIdentifier Identifier, string? Evidence) : GoodsCommand
{
    public override ImmutableArray<Identifier> Texts => TextsOf([Identifier]);
}

/// <summary>Says that an identifier was bound by mistake; the right one is bound before.</summary>
public sealed record CorrectIdentifier(NamedIdentifier Identifier, string Reason, string? Evidence) : GoodsCommand;

/// <summary>Asks to record an inspection of the item after a standard.</summary>
/// <param name="Accreditation">Number of the inspector's accreditation.</param>
public sealed record InspectItem(
    string Standard,
    bool Passed,
    string? Accreditation,
    ImmutableArray<InspectionFinding>? Results
) : GoodsCommand;

/// <summary>Asks to record a grade of the item; a car's must follow from its points (rules.md §7).</summary>
/// <param name="ScoreTenths">Points × 10, 0–1000.</param>
public sealed record GradeItem(
    string Standard,
    int? ScoreTenths,
    int Grade,
    bool Accident,
    InspectItem? Inspection = null
) : GoodsCommand;

/// <summary>Asks to record a reading of the odometer; an implausible one is refused until it is confirmed (rules.md
/// §5).</summary>
/// <param name="Confirmed">The reader has looked again: an implausible reading is recorded with its verdict.</param>
/// <param name="ValueKm">In kilometres.</param>
public sealed record ReadOdometer(
    long ValueKm,
    DistanceUnit Unit,
    OdometerSource Source,
    DateOnly ObservedOn,
    string? Evidence,
    bool Confirmed
) : GoodsCommand
{
    /// <inheritdoc/>
    public override bool IsConfirmed => Confirmed;
}

/// <summary>Asks to record a repair and its outcome.</summary>
/// <param name="CostFen">In minor units of <paramref name="Currency"/>.</param>
public sealed record RecordRepair(
    string? Work,
    RepairOutcome Outcome,
    long? CostFen,
    string? Currency,
    ImmutableArray<string>? Parts
) : GoodsCommand;

/// <summary>Asks to put a brand on the item; it stays visible, also once resolved.</summary>
/// <param name="BrandSource">Who says so, e.g. <c>insurer</c>.</param>
/// <param name="Evidence">Hash of what shows it.</param>
public sealed record RecordBrand(Brand Brand, string BrandSource, string? Evidence) : GoodsCommand;

/// <summary>Asks to record that a ledger tag was put on the item, and to bind the tag as its identifier.</summary>
/// <param name="Photo">Hash of a photo that shows it in place.</param>
public sealed record TagItem(NamedIdentifier Tag, TagMedium Medium, string? Photo) : GoodsCommand
{
    public override ImmutableArray<Identifier> Texts => TextsOf([Tag]);
}

/// <summary>Asks to record that a vehicle is put to another use; years and limit follow from the rules (rules.md
/// §4.2).</summary>
/// <param name="To">The new scrap category (rules.md §4.1).</param>
public sealed record ChangeUse(string To, DateOnly ChangedOn) : GoodsCommand;

/// <summary>The calendar's: recorded once a limit, from its day on.</summary>
public sealed record NoteScrapLimit : GoodsCommand;

/// <summary>Asks to show the item to whoever has the link: without persons, for some days. It makes no event: the
/// link's hash and its uses stand beside the log.</summary>
public sealed record MakePublicLink : GoodsCommand;

/// <summary>Asks to end such a link.</summary>
public sealed record RevokePublicLink : GoodsCommand;
