using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Ledger.Kernel;
using Ledger.Proof;
using Ledger.Store;
using Npgsql;
using NpgsqlTypes;

namespace Projections;

/// <summary>Holds every view against the events of the items that moved since the last time, makes rows anew that do
/// not fit, and puts on record what it found (domain.md §4.10).</summary>
public sealed class Reconciler(LedgerNode node)
{
    const int Page = 500;

    readonly ViewComparison comparison = new(node.Database);
    readonly EventReader reader = new(node.Database);

    /// <summary>The Shanghai day of the last run; null: there was none.</summary>
    public async Task<DateOnly?> LastAsync(CancellationToken stop) =>
        (await node.Log.ReconciliationsAsync(stop)) is [.., var last] ? ShanghaiDay.Of(last.Envelope.OccurredAt) : null;

    /// <summary>Compares once for a day, whoever asks.</summary>
    public async Task<IReadOnlyList<ReconciliationRun>> RunAsync(DateOnly day, CancellationToken stop)
    {
        var from = (await node.Log.ReconciliationsAsync(stop)) is [.., { Event: ReconciliationRun last }]
            ? last.ToLeaf ?? 0
            : 0;
        var to = (long)await node.Tree.SizeAsync(stop);
        var items = await MovedAsync(from, to, stop);
        var runs = ImmutableArray<ReconciliationRun>.Empty;
        foreach (var view in Registry.Views)
            if (await comparison.VersionAsync(view, stop) == view.Version)
                runs = runs.Add(await OfAsync(view, items, from, to, stop));
        var key = $"reconciliation/{Instants.Text(day)}";
        var hash = node.Database.Handles.CommandHash("RECONCILE", key, []);
        if (!runs.IsEmpty)
            await node.Log.ReconciledAsync(
                runs,
                new(Acting.System, Acting.System.Actor, key, hash, node.Desk.Now),
                stop
            );
        return runs;
    }

    async Task<ReconciliationRun> OfAsync(View view, List<Guid> items, long from, long to, CancellationToken stop)
    {
        var wrong = new SortedSet<Guid>();
        foreach (var page in items.Chunk(Page))
            wrong.UnionWith((await comparison.OfAsync(view, page, stop)).Select(d => d.Item));
        foreach (var page in wrong.Chunk(Page))
            await MendAsync(view, page, stop);
        return new(
            view.Name,
            from,
            to,
            wrong.Count,
            Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(string.Join(',', wrong)))),
            wrong.Count > 0
        );
    }

    /// <summary>As the daemon writes them: under the view's lock, from what it has been fed.</summary>
    async Task MendAsync(View view, Guid[] items, CancellationToken stop)
    {
        await using var connection = await node.Database.Source.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        await using (
            var take = new NpgsqlCommand(
                $"select 1 from {LedgerDatabase.Schema}.view where name = $1 for update",
                connection
            )
        )
        {
            take.Parameters.AddWithValue(view.Name);
            await take.ExecuteNonQueryAsync(stop);
        }
        var fed = await ViewTables.SequenceAsync(connection, view, stop);
        var rows = await ViewRows.OfAsync(view, reader, items, fed, stop);
        await using var write = new NpgsqlCommand($"select {LedgerDatabase.Schema}.write_view($1, $2, $3)", connection);
        write.Parameters.AddWithValue(view.Name);
        write.Parameters.Add(new() { Value = items, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid });
        write.Parameters.Add(new() { Value = ViewJson.Write(rows), NpgsqlDbType = NpgsqlDbType.Jsonb });
        await write.ExecuteNonQueryAsync(stop);
        await transaction.CommitAsync(stop);
    }

    /// <summary>Items with a leaf in this part of the log.</summary>
    async Task<List<Guid>> MovedAsync(long from, long to, CancellationToken stop)
    {
        await using var command = node.Database.Source.CreateCommand(
            $"""
            select distinct l.stream_id from proof.leaf l
            join {LedgerDatabase.Schema}.mt_streams s on s.id = l.stream_id
            where l.idx >= $1 and l.idx < $2 and s.type = $3 order by 1
            """
        );
        command.Parameters.AddWithValue(from);
        command.Parameters.AddWithValue(to);
        command.Parameters.AddWithValue(nameof(Noun.Item).ToLowerInvariant());
        return await command.ListAsync(r => r.GetGuid(0), stop);
    }
}
