using Api.Lists;
using Ledger.Kernel;

namespace Api;

/// <summary>A history as a saved list.</summary>
static class HistoryTable
{
    public static IReadOnlyList<Column<HistoryEvent>> Columns { get; } =
    [
        new("type", e => e.Type),
        new("occurredAt", e => e.When),
        new("precision", e => e.Precision),
        new("recordedAt", e => e.RecordedAt),
        new("eventId", e => e.EventId),
        new("source", e => e.Source),
        new("actor", e => e.Actor),
        new("role", e => e.Role),
        new("site", e => e.Site),
        new("lateReason", e => e.LateReason),
        new("version", e => e.Version),
        new("facts", e => e.Facts),
        new("verdicts", e => e.Verdicts.Select(v => $"{v.RuleId}={WireWords.Of(v.Result)}")),
    ];
}
