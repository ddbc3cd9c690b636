using Ledger;
using Ledger.Store;
using Marten;

namespace Projections;

/// <summary>Kinds of events that stand in the store and not in the catalogue: a later version wrote them, or somebody
/// who should not.</summary>
public sealed class UnknownKinds(LedgerDatabase database, DocumentStore store)
{
    /// <summary>So far ahead of the slowest view it is looked: the daemon's page and more.</summary>
    const int Ahead = 100_000;

    readonly HashSet<string> known = [.. EventCatalog.All.Select(l => l.WireName)];

    /// <summary>Lets the daemon take what comes next, whatever its kind; it would stop every view at an unknown
    /// one.</summary>
    /// <returns>Kinds that were not known before.</returns>
    public async Task<IReadOnlyList<string>> AdmitAsync(CancellationToken stop)
    {
        var places = await ViewPlaces.ReadAsync(database, stop);
        var from = places.Views.Values.Min();
        if (from >= places.Newest)
            return [];
        await using var command = database.Source.CreateCommand(
            $"""
            select distinct type from {LedgerDatabase.Schema}.mt_events
            where seq_id > $1 and seq_id <= $2 and type <> all($3)
            """
        );
        command.Parameters.AddWithValue(from);
        command.Parameters.AddWithValue(from + Ahead);
        command.Parameters.AddWithValue(known.ToArray());
        var found = await command.ListAsync(r => r.GetString(0), stop);
        foreach (var kind in found)
        {
            Registry.Unread(store.Options, kind);
            known.Add(kind);
        }
        return found;
    }
}
