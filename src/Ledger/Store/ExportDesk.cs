using System.Collections.Immutable;
using Ledger.Exports;
using Ledger.Goods;
using Ledger.Kernel;

namespace Ledger.Store;

/// <summary>Exporters and their batches: each act reads the batch, its exporter and its items, and is written on all it
/// touches in one transaction.</summary>
public sealed class ExportDesk(LedgerDatabase database, EventReader reader, WriteDoor door, StreamDesk streams)
{
    /// <summary>The stream of an exporter: its code under the key, so that every node names it alike.</summary>
    public Guid StreamOf(string code) => database.Handles.EntityId("exporter", "exporter", code);

    public async Task<Exporter?> ExporterAsync(string code, CancellationToken stop) =>
        Exporter.Fold(await reader.StreamAsync(StreamOf(code), stop));

    public async Task<Batch?> BatchAsync(Guid batch, CancellationToken stop) =>
        Batch.Fold(await reader.StreamAsync(batch, stop));

    /// <summary>An act on an exporter.</summary>
    public Task<Answer> RecordAsync(string code, LedgerEvent e, StreamOrder order, CancellationToken stop) =>
        streams.RecordAsync(
            Noun.Exporter,
            StreamOf(code),
            order,
            (history, read) =>
                Task.FromResult(ExporterDecider.Decide(e, code, Exporter.Fold(history), read.Situation())),
            stop
        );

    /// <summary>An act on a batch.</summary>
    public Task<Answer> RecordAsync(Guid batch, LedgerEvent e, StreamOrder order, CancellationToken stop) =>
        streams.RecordAsync(
            [batch, .. Joining(e)],
            order,
            async read =>
            {
                var joining = Joining(e);
                var world = await WorldAsync(batch, (e as BatchDrafted)?.Exporter, joining, order, read, stop);
                var guards = await door.GuardsAsync(BatchDecider.Named(e, world.Batch), stop);
                return BatchDecider.Decide(e, world, read.Situation(guards));
            },
            stop
        );

    static Guid[] Joining(LedgerEvent e) => e is BatchItemAdded { Item: { } item } ? [item.Id] : [];

    /// <summary>One item leaves with its batch.</summary>
    public Task<Answer> DepartAsync(Guid item, ItemExported e, StreamOrder order, CancellationToken stop) =>
        OfItemAsync(item, order, (w, s) => BatchDecider.Depart(e, item, w, s), stop);

    /// <summary>One item was registered abroad.</summary>
    public Task<Answer> ArriveAsync(Guid item, DestinationRegistered e, StreamOrder order, CancellationToken stop) =>
        OfItemAsync(item, order, (w, s) => BatchDecider.Arrive(e, item, w, s), stop);

    Task<Answer> OfItemAsync(
        Guid item,
        StreamOrder order,
        Func<BatchWorld, Situation, ImmutableArray<StreamDecision>> decide,
        CancellationToken stop
    ) =>
        streams.RecordAsync(
            [item],
            order,
            async read =>
            {
                var batch = (await read.ItemsAsync([item], stop))[item]?.Export.Batch ?? Guid.Empty;
                return decide(await WorldAsync(batch, null, [item], order, read, stop), read.Situation());
            },
            stop
        );

    /// <param name="exporter">Of a batch that is about to be drafted.</param>
    /// <param name="also">Items that are not in the batch yet.</param>
    async Task<BatchWorld> WorldAsync(
        Guid id,
        string? exporter,
        Guid[] also,
        StreamOrder order,
        StreamsRead read,
        CancellationToken stop
    )
    {
        var batch = id == Guid.Empty ? null : Batch.Fold(await read.OfAsync(id, stop));
        var code = exporter ?? batch?.Drafted.Exporter;
        var stream = code is null ? Guid.Empty : StreamOf(code);
        return new(
            id,
            database.Handles.EventId(order.Scope, order.Key, 0),
            batch,
            (stream, code is null ? null : Exporter.Fold(await read.OfAsync(stream, stop))),
            await read.ItemsAsync([.. batch?.Items.Select(i => i.Item!.Id) ?? [], .. also], stop),
            read.Newest
        );
    }
}
