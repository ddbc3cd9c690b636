using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Ledger.Kernel;
using Ledger.Operations;
using Ledger.Pipeline;
using Ledger.Store;
using Ledger.Store.Postgres;
using Ledger.Store.Reservations;
using Npgsql;

namespace Projections;

/// <summary>Holds every view, and the reservations, against the events of what moved since the last time, makes rows of
/// views anew that do not fit, and puts on record what it found (domain.md §4.10): the rows are there together with the
/// record, or neither
/// is.</summary>
public sealed class Reconciler(LedgerNode node)
{
    const int Page = 500;

    /// <summary>What the run of the reservations is called among those of the views.</summary>
    public const string Reservations = "reservations";

    readonly ViewComparison comparison = new(node.Database);
    readonly EventReader reader = new(node.Database);
    readonly HeadRows heads = new(node.Database);
    readonly LeafRows leaves = new(node.Database);

    /// <summary>The Shanghai day of the last run; null: there was none.</summary>
    public async Task<DateOnly?> LastAsync(CancellationToken stop) =>
        await NewestAsync(stop) is { } last ? ShanghaiDay.Of(last.Envelope.OccurredAt) : null;

    /// <summary>The newest comparison; null: there was none.</summary>
    public async Task<StoredEvent?> NewestAsync(CancellationToken stop) =>
        await reader.NewestAsync<ReconciliationRun>(LogCommand.ReconciliationsOf(node.Database.Handles), 1, stop)
            is [var newest]
            ? newest
            : null;

    /// <summary>Comparisons, oldest first.</summary>
    public Task<List<StoredEvent>> RunsAsync(CancellationToken stop) =>
        reader.StreamAsync(LogCommand.ReconciliationsOf(node.Database.Handles), stop);

    /// <summary>Compares once for a day, whoever asks.</summary>
    /// <returns>Null where another node is at it.</returns>
    /// <exception cref="InvalidOperationException">It could not be recorded; then no row was touched.</exception>
    public async Task<IReadOnlyList<Reconciliation>?> RunAsync(DateOnly day, CancellationToken stop)
    {
        await using var connection = await node.Database.Source.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        await using (
            var take = new NpgsqlCommand("select pg_try_advisory_xact_lock(hashtext('reconciliation'))", connection)
        )
            if (await take.ExecuteScalarAsync(stop) is not true)
                return null;
        var before = (await RunsAsync(stop))
            .Select(e => e.Event)
            .OfType<ReconciliationRun>()
            .ToLookup(r => r.Projection);
        ImmutableArray<Reconciliation> runs = [await OfReservationsAsync(before, stop)];
        // Views that have come equally far ask for the same streams.
        var moved = new Dictionary<(StreamKind Kind, long From, long To), StreamOfKind[]>();
        foreach (var view in Registry.Views)
            if (await comparison.VersionAsync(view, stop) == view.Version)
            {
                var from = before[view.Name].LastOrDefault()?.ToLeaf ?? 0;
                var to = await heads.SizeUpToAsync(await ViewTables.SequenceAsync(connection, view, stop), stop);
                var streams = new List<StreamOfKind>();
                foreach (var kind in view.Kinds)
                {
                    if (!moved.TryGetValue((kind, from, to), out var some))
                        moved[(kind, from, to)] = some = [
                            .. (await leaves.MovedAsync(kind, from, to, stop)).Select(id => new StreamOfKind(id, kind)),
                        ];
                    streams.AddRange(some);
                }
                runs = runs.Add(await OfAsync(view, from, to, streams, connection, stop));
            }
        await RecordAsync(runs, day, stop);
        await transaction.CommitAsync(stop);
        return runs;
    }

    async Task RecordAsync(ImmutableArray<Reconciliation> runs, DateOnly day, CancellationToken stop)
    {
        var key = $"reconciliation/{Instants.Text(day)}";
        var request = CommandRequest.OfSystem(
            node.Database.Handles,
            "RECONCILE",
            key,
            new RecordReconciliation(runs),
            node.Pipeline.Now
        ) with
        {
            IsDatedHere = true,
        };
        if (await node.Pipeline.RecordAsync(request, stop) is Answer.Refused { Refusals: [var why, ..] })
            throw new InvalidOperationException($"The run of {key} could not be recorded: {why.Code}.");
    }

    async Task<Reconciliation> OfAsync(
        View view,
        long from,
        long to,
        List<StreamOfKind> streams,
        NpgsqlConnection connection,
        CancellationToken stop
    )
    {
        var wrong = new SortedDictionary<Guid, bool>();
        foreach (var page in streams.Chunk(Page))
        foreach (var found in await comparison.OfAsync(view, page, stop))
            wrong[found.Stream] = found.CanBeMade;
        foreach (var page in streams.Where(s => wrong.GetValueOrDefault(s.Id)).Chunk(Page))
            await MendAsync(view, page, connection, stop);
        return Run(view.Name, from, to, wrong.Keys, wrong.ContainsValue(true));
    }

    static Reconciliation Run(string name, long from, long to, IReadOnlyCollection<Guid> wrong, bool rebuilt = false) =>
        new(
            name,
            from,
            to,
            wrong.Count,
            Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(string.Join(',', wrong)))),
            rebuilt
        );

    /// <summary>They are the owner's to make anew. Where they were never compared it begins where the views stand: of
    /// all of them speaks an audit.</summary>
    async Task<Reconciliation> OfReservationsAsync(ILookup<string?, ReconciliationRun> before, CancellationToken stop)
    {
        var from =
            before[Reservations].LastOrDefault()?.ToLeaf
            ?? before.Where(v => v.Key != Reservations).Select(v => v.Last().ToLeaf).Min()
            ?? 0;
        var to = (long)await node.Tree.SizeAsync(stop);
        var wrong = await new MovedReservations(node.Database).WrongAsync(from, to, stop);
        return Run(Reservations, from, to, wrong.Keys);
    }

    /// <summary>As the feed writes them: under the view's lock, from what it has been fed.</summary>
    async Task MendAsync(View view, StreamOfKind[] streams, NpgsqlConnection connection, CancellationToken stop)
    {
        await ViewTables.LockAsync(connection, view, stop);
        var fed = await ViewTables.SequenceAsync(connection, view, stop);
        var made = await ViewRows.OfAsync(view, reader, streams, fed, stop);
        await connection.RunAsync(ViewTables.Write(view, made), stop);
    }
}
