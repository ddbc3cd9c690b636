using Ledger.DataWipe;
using Ledger.Goods;
using Ledger.Kernel;

namespace Projections.Regulator;

/// <summary>An attestation: with what, where and when it was wiped, and where it stands.</summary>
public sealed record AttestationRow : ViewRow
{
    public required Guid Attestation { get; init; }
    public int? Ix { get; init; }
    public required string State { get; init; }
    public string? Level { get; init; }
    public string? Tool { get; init; }
    public string? Version { get; init; }
    public string? Site { get; init; }

    /// <summary>Who wiped it, as events name them.</summary>
    public string? Operator { get; init; }
    public string? Division { get; init; }
    public required DateTimeOffset FinishedAt { get; init; }
    public required string Category { get; init; }

    /// <summary>The latest instant of which something of the item is on record.</summary>
    public required DateTimeOffset Newest { get; init; }

    /// <summary>Incidents that have reached it, whatever came of them.</summary>
    public required string[] Incidents { get; init; }
}

/// <summary>Which attestations are there, and what does an incident reach?</summary>
public sealed record WhatWasAttested() : View("attestations", 2, "What does an incident reach?")
{
    public override Type Row => typeof(AttestationRow);

    public override IReadOnlyList<string> Indexes =>
        ["tool, version, finished_at", "site, finished_at", "operator, finished_at", "using gin (incidents)"];

    public override IEnumerable<ViewRow> Rows(ItemHistory history)
    {
        if (history.State is not { } item || item.Data.Attestations.IsEmpty)
            yield break;
        var events = ItemFold.InOrder(ItemFold.Effective(history.Events)).ToList();
        var n = 0;
        foreach (var e in events)
            if (e.Event is WipeAttested { AttestationId: { } id } wiped && item.Data.Of(id) is { } attestation)
                yield return new AttestationRow
                {
                    Stream = history.Id,
                    N = n++,
                    Attestation = id,
                    Ix = wiped.MediumIx,
                    State = WireWords.Of(attestation.State),
                    Level = attestation.Level is { } level ? WireWords.Of(level) : null,
                    Tool = wiped.Tool?.Name,
                    Version = wiped.Tool?.Version,
                    Site = e.Envelope.Site ?? e.Envelope.Market,
                    Operator = wiped.Operator?.ToString(),
                    Division = e.Envelope.RegionCode,
                    FinishedAt = wiped.FinishedAt ?? e.Envelope.OccurredAt,
                    Category = item.Category,
                    Newest = events.Max(o => o.Envelope.OccurredAt),
                    Incidents =
                    [
                        .. events
                            .Select(o => o.Event)
                            .OfType<WipeSuspended>()
                            .Where(o => o.AttestationId == id)
                            .Select(o => $"{o.IncidentId}")
                            .Distinct(),
                    ],
                };
    }
}
