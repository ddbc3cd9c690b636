using Ledger.Store.Postgres;

namespace Projections.Regulator;

/// <summary>A scrap limit that has come and is not on record yet.</summary>
public sealed record ReachedLimit(Guid ItemId, DateOnly LimitDate, DateTimeOffset LastAt, string? Division);

/// <summary>Which scrap limits have come?</summary>
public sealed class ReachedLimits(LedgerDatabase database)
{
    /// <param name="today">A limit of today has come.</param>
    public async Task<List<ReachedLimit>> ReadAsync(DateOnly today, int most, CancellationToken stop)
    {
        await using var command = database.Source.CreateCommand(
            $"""
            select stream, limit_date, last_at, division from {new WhatReachesItsLimit().Source}
            where not noted and limit_date <= $1 order by limit_date, stream limit $2
            """
        );
        command.Parameters.AddWithValue(today);
        command.Parameters.AddWithValue(most);
        return await command.ListAsync(
            r => new ReachedLimit(
                r.GetGuid(0),
                r.GetFieldValue<DateOnly>(1),
                r.GetFieldValue<DateTimeOffset>(2),
                r.Text(3)
            ),
            stop
        );
    }
}
