using Ledger.Store.Postgres;

namespace Projections;

/// <summary>How far a view has come: pages and answers say "as of".</summary>
/// <param name="Sequence">Place in the store it has seen.</param>
/// <param name="Newest">Place of the newest event.</param>
public sealed record Freshness(long Sequence, long Newest)
{
    internal const string Sql = $"select last_seq_id from {LedgerDatabase.Schema}.mt_event_progression where name = $1";

    public bool IsCaughtUp => Sequence == Newest;

    public static async Task<Freshness> OfAsync(LedgerDatabase database, View view, CancellationToken stop)
    {
        await using var command = database.Source.CreateCommand($"select coalesce(({Sql}), 0), ({EventPages.Newest})");
        command.Parameters.AddWithValue(Registry.Place(view));
        await using var rows = await command.ExecuteReaderAsync(stop);
        await rows.ReadAsync(stop);
        return new(rows.GetInt64(0), rows.GetInt64(1));
    }
}
