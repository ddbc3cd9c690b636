using Ledger.DataWipe;
using Ledger.Store.Postgres;
using Npgsql;

namespace Projections.Regulator;

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
            from {new WhatWasAttested().Source} where {filter.Sql} order by finished_at, attestation limit {limit}
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
