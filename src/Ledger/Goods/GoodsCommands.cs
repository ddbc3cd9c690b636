using System.Collections.Immutable;
using Ledger.Kernel.Identifiers;

namespace Ledger.Goods;

/// <summary>What an item is, and in what condition.</summary>
public abstract record GoodsCommand : ItemCommand;

public sealed record AddIdentifier(NamedIdentifier Identifier, string? Evidence) : GoodsCommand
{
    public override ImmutableArray<Identifier> Texts => TextsOf([Identifier]);
}

/// <summary>Says that an identifier was bound by mistake; the right one is bound before.</summary>
public sealed record CorrectIdentifier(NamedIdentifier Identifier, string Reason, string? Evidence) : GoodsCommand;

public sealed record InspectItem(string Standard, bool Passed, string? Accreditation, ImmutableArray<Finding>? Results)
    : GoodsCommand;

public sealed record GradeItem(string Standard, int? ScoreTenths, int Grade, bool Accident) : GoodsCommand;

/// <param name="Confirmed">The reader has looked again: an implausible reading is recorded with its verdict.</param>
public sealed record ReadOdometer(
    long ValueKm,
    DistanceUnit Unit,
    OdometerSource Source,
    DateOnly ObservedOn,
    string? Evidence,
    bool Confirmed
) : GoodsCommand;

public sealed record RecordRepair(
    string? Work,
    RepairOutcome Outcome,
    long? CostFen,
    string? Currency,
    ImmutableArray<string>? Parts
) : GoodsCommand;

public sealed record RecordBrand(Brand Brand, string BrandSource, string? Evidence) : GoodsCommand;

public sealed record TagItem(NamedIdentifier Tag, TagMedium Medium, string? Photo) : GoodsCommand
{
    public override ImmutableArray<Identifier> Texts => TextsOf([Tag]);
}

/// <param name="To">The new scrap category (rules.md §4.1).</param>
public sealed record ChangeUse(string To, DateOnly ChangedOn) : GoodsCommand;

/// <summary>The calendar's: recorded once a limit, from its day on.</summary>
public sealed record NoteScrapLimit : GoodsCommand;
