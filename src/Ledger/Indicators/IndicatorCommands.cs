using System.Collections.Immutable;
using Ledger.Kernel;

namespace Ledger.Indicators;

/// <summary>The closed union of what can be recorded of an indicator in one region; it speaks of that region.</summary>
/// <param name="Indicator">E.g. <c>used-car-trade</c>.</param>
/// <param name="Region">Six digits of GB/T 2260.</param>
public abstract record IndicatorCommand(string Indicator, string Region) : LedgerCommand
{
    public override ActPlace PlaceOf(Acting by) => new(by.Site, Region);

    /// <summary>The stream of an indicator in a region.</summary>
    public static Guid StreamOf(string indicator, string region, Handles handles) =>
        handles.EntityId("indicator", indicator, region);
}

/// <summary>Asks, by two persons, to fix the value of a year that a target is held against.</summary>
/// <param name="Source">Hash of the document it comes from.</param>
/// <param name="Replaces">It may take the place of a value that stands; the old event stays.</param>
public sealed record FixBaseline(string Indicator, string Region, int Year, long Value, string Source, bool Replaces)
    : IndicatorCommand(Indicator, Region);

/// <summary>Asks, by two persons, to fix by how much an indicator is to grow until a year.</summary>
/// <param name="GrowthBp">From the baseline to the target, in basis points.</param>
/// <param name="Replaces">It may take the place of a value that stands; the old event stays.</param>
/// <param name="Source">Hash of the document it comes from.</param>
public sealed record FixTarget(
    string Indicator,
    string Region,
    int TargetYear,
    int GrowthBp,
    string? Source,
    bool Replaces
) : IndicatorCommand(Indicator, Region);

/// <summary>Asks, by two persons, to freeze the figures of a period; refused before the period is over, or where it is
/// frozen already.</summary>
/// <param name="Period">A year, <c>yyyy</c>, or a month, <c>yyyy-MM</c>.</param>
/// <param name="Figures">The ledger's own, from a view that has seen the whole log.</param>
/// <param name="TreeSize">Leaves of the log that they rest on.</param>
public sealed record FreezeReport(
    string Indicator,
    string Region,
    string Period,
    ImmutableArray<RegionFigure> Figures,
    long TreeSize
) : IndicatorCommand(Indicator, Region);
