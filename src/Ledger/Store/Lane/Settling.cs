using System.Collections.Immutable;
using Npgsql;
using NpgsqlTypes;

namespace Ledger.Store.Lane;

/// <summary>
/// After a COMMIT without answer (operations.md §2): on a fresh connection take the lane's lock, which waits until the
/// lost transaction has ended, then look the ids up. Not found while holding the lock: not recorded and never will be.
/// </summary>
static class Settling
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(5),
        Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Ends those that were not recorded, and those of which nobody knows.</summary>
    /// <returns>The recorded ones, to be answered once the guard has heard of them.</returns>
    public static async Task<List<(LaneItem Item, Judged Judged)>> SettleAsync(
        LedgerDatabase database,
        IReadOnlyList<LaneItem> items
    )
    {
        var known = await AskAsync(database, [.. items.SelectMany(i => i.Command.Events).Select(e => e.Id)]);
        var recorded = new List<(LaneItem, Judged)>();
        foreach (var item in items)
            if (Outcome(item, known) is WriteOutcome.Known outcome)
                recorded.Add((item, new(outcome, 0, outcome.Stream, outcome.Version)));
            else
                item.End(Outcome(item, known));
        return recorded;
    }

    /// <returns>Null: within the patience nobody could be asked, and the callers are told that nobody knows
    /// yet.</returns>
    static async Task<Dictionary<Guid, KnownCommand>?> AskAsync(LedgerDatabase database, Guid[] ids)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
            try
            {
                await using var connection = await database.Lane.OpenConnectionAsync(patience.Token);
                await using var transaction = await connection.BeginTransactionAsync(patience.Token);
                await using (
                    var take = new NpgsqlCommand("select id from proof.lane where id = 0 for update", connection)
                )
                    await take.ExecuteNonQueryAsync(patience.Token);
                return await KnownAsync(connection, ids, patience.Token);
            }
            catch (Exception error) when (error is NpgsqlException or IOException or TimeoutException)
            {
                // A server that starts again is back within moments.
                if (!await RestedAsync(patience.Token))
                    return null;
            }
            catch (OperationCanceledException)
            {
                return null;
            }
    }

    /// <returns>False: there is no patience left.</returns>
    static async Task<bool> RestedAsync(CancellationToken patience)
    {
        try
        {
            await Task.Delay(Pause, patience);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    static WriteOutcome Outcome(LaneItem item, Dictionary<Guid, KnownCommand>? known)
    {
        if (known is null)
            return new WriteOutcome.Unknown();
        var ids = item.Command.Events.Select(e => e.Id).ToImmutableArray();
        // Recorded by the lost commit: its proof is made from the record, as for any repeat.
        return known.ContainsKey(ids[0])
            ? WriteOutcome.Known.Of(ids, known)
            : new WriteOutcome.Refused(new("unavailable"));
    }

    internal static async Task<Dictionary<Guid, KnownCommand>> KnownAsync(
        NpgsqlConnection connection,
        Guid[] ids,
        CancellationToken stop
    )
    {
        var known = new Dictionary<Guid, KnownCommand>();
        await using var command = new NpgsqlCommand(
            "select event_id, stream_id, n, cmd, idx from proof.leaf where event_id = any($1)",
            connection
        );
        command.Parameters.Add(Sql.Array(ids, NpgsqlDbType.Uuid));
        await using var rows = await command.ExecuteReaderAsync(stop);
        while (await rows.ReadAsync(stop))
            known[rows.GetGuid(0)] = LaneReads.KnownFrom(rows);
        return known;
    }
}
