using Ledger.Store.Postgres;
using Ledger.Supervision;
using NpgsqlTypes;

namespace Projections.Regulator;

/// <summary>A pattern that alerts show on an item.</summary>
/// <param name="Events">Ids of the events that show it, oldest first.</param>
public sealed record SuspectItem(Guid Item, string Pattern, string? Division, Guid[] Events);

/// <summary>Which items show an active pattern?</summary>
public sealed class SuspicionQuery(LedgerDatabase database)
{
    /// <summary>Events of one suspicion that are named.</summary>
    const int Most = 20;

    public async Task<List<SuspectItem>> ReadAsync(CancellationToken stop)
    {
        await using var command = database.Source.CreateCommand(
            $"""
            select stream, kind, max(division), (array_agg(event_id order by at, n))[:{Most}]
            from {new AlertsView().Source} where kind = any($1) group by stream, kind order by min(at), stream, kind
            """
        );
        command.Parameters.Add(
            new() { Value = Patterns.Active.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text }
        );
        return await command.ListAsync(
            r => new SuspectItem(r.GetGuid(0), r.GetString(1), r.Text(2), r.GetFieldValue<Guid[]>(3)),
            stop
        );
    }
}
