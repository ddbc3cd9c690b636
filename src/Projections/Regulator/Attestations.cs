using Ledger.DataWipe;
using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Store.Postgres;
using Npgsql;

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
public sealed record AttestationsView() : ItemView("attestations", 2, "What does an incident reach?")
{
    public override Type Row => typeof(AttestationRow);

    public override IReadOnlyList<string> Indexes =>
        ["tool, version, finished_at", "site, finished_at", "operator, finished_at", "using gin (incidents)"];

    public override IEnumerable<ViewRow> Rows(ItemHistory history)
    {
        if (history.State is not { } item || item.Data.Attestations.IsEmpty)
            yield break;
        var events = history.Steps.Select(s => s.Event).ToList();
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

/// <summary>An attestation that an incident reaches.</summary>
/// <param name="State"><c>attested</c>, <c>verified</c>, <c>suspended</c> …</param>
public sealed record ReachEntry(
    Guid ItemId,
    Guid Attestation,
    int? Ix,
    string State,
    string? Level,
    string? Tool,
    string? Version,
    string? Site,
    string? Division,
    DateTimeOffset FinishedAt,
    string Category,
    DateTimeOffset Newest
);

/// <summary>What an incident reaches: every attestation in its scope, ends of the interval included.</summary>
public sealed class ReachQuery(LedgerDatabase database)
{
    /// <summary>Those that it still has to suspend.</summary>
    public Task<List<ReachEntry>> ToSuspendAsync(Incident incident, int limit, CancellationToken stop) =>
        ReadAsync(
            Scope(incident.Reported)
                .And("state in ('attested', 'verified')")
                .Where("not incidents @> array[?]", $"{incident.Id}"),
            limit,
            stop
        );

    /// <summary>Those that it has suspended and that wait for its end.</summary>
    public Task<List<ReachEntry>> SuspendedAsync(Incident incident, int limit, CancellationToken stop) =>
        ReadAsync(
            new Filter().And("state = 'suspended'").Where("incidents @> array[?]", $"{incident.Id}"),
            limit,
            stop
        );

    /// <summary>All in its scope, whatever their state.</summary>
    public Task<List<ReachEntry>> InScopeAsync(Incident incident, int limit, CancellationToken stop) =>
        ReadAsync(Scope(incident.Reported), limit, stop);

    static Filter Scope(RecoveryIncidentReported e) =>
        new Filter()
            .Where("tool = ?", e.Tool)
            .Where("version = any(?)", e.Versions is { IsDefaultOrEmpty: false } v ? v.ToArray() : null)
            .Where("site = ?", e.Site)
            .Where("operator = ?", e.Operator?.ToString())
            .Where("finished_at >= ?", e.From)
            .Where("finished_at <= ?", e.To);

    async Task<List<ReachEntry>> ReadAsync(Filter filter, int limit, CancellationToken stop)
    {
        await using var command = filter.On(
            database.Source,
            $"""
            select stream, attestation, ix, state, level, tool, version, site, division, finished_at, category, newest
            from {new AttestationsView().Source} where {filter.Sql} order by finished_at, attestation limit {limit}
            """
        );
        return await command.ListAsync(Read, stop);
    }

    static ReachEntry Read(NpgsqlDataReader r) =>
        new(
            r.GetGuid(0),
            r.GetGuid(1),
            r.Maybe<int>(2),
            r.GetString(3),
            r.Text(4),
            r.Text(5),
            r.Text(6),
            r.Text(7),
            r.Text(8),
            r.GetFieldValue<DateTimeOffset>(9),
            r.GetString(10),
            r.GetFieldValue<DateTimeOffset>(11)
        );
}
