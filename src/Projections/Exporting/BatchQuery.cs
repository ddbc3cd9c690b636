using Ledger.Exports;
using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Rules;
using Ledger.Store;

namespace Projections.Exporting;

/// <summary>One rule's word on the next act of a batch or of an item in it.</summary>
/// <param name="Result"><c>pass</c>, <c>hit</c> or <c>not-evaluated</c>.</param>
/// <param name="Severity">What a hit does: <c>block</c>, <c>warn</c> or <c>info</c>.</param>
/// <param name="Facts">What was compared: name and value.</param>
/// <param name="FirstDay">The first day on which it would not be hit; null where none comes soon.</param>
public sealed record CheckEntry(
    string RuleId,
    string Citation,
    string Zh,
    string En,
    string Result,
    string Severity,
    IReadOnlyDictionary<string, string> Facts,
    DateOnly? FirstDay
);

/// <summary>An item of a batch with what the rules say of it.</summary>
public sealed record BatchItemEntry(
    Guid ItemId,
    string? Category,
    string? Make,
    string? Model,
    DateOnly? FirstRegistered,
    DateOnly? PendingExportOn,
    string? Life,
    bool Ready,
    IReadOnlyList<CheckEntry> Checks
);

/// <summary>A batch as a checklist.</summary>
/// <param name="Next">The act that is judged: <c>apply-licence</c> or <c>declare-customs</c>; null where none is
/// left.</param>
/// <param name="DaysLeft">Until its licence runs out; null without one.</param>
/// <param name="Ready">No rule blocks the next act today.</param>
public sealed record BatchEntry(
    Guid Id,
    string? Exporter,
    string? ExporterName,
    string State,
    string? HsCode,
    string? Destination,
    string? Port,
    int Count,
    string? LicenceNo,
    DateOnly? LicenceUntil,
    int? DaysLeft,
    string? Next,
    bool Ready,
    IReadOnlyList<CheckEntry> Checks,
    IReadOnlyList<BatchItemEntry> Items,
    long Version
);

/// <summary>
/// Which batch is ready, and if not, by which rule and article? Folded and judged when it is asked, by the same code as
/// the act itself: never behind, and as of the day it is asked.
/// </summary>
public sealed class BatchQuery(LedgerNode node)
{
    /// <summary>Newest first.</summary>
    /// <param name="exporter">Of one exporter; null: all.</param>
    public async Task<Page<BatchEntry>> ReadAsync(string? exporter, int limit, string? cursor, CancellationToken stop)
    {
        var after = Cursor.Read(cursor)?.Stream ?? Guid.Empty;
        var ids = exporter is null
            ? await node.Reader.NewestFirstAsync(ExportStreams.Batch, after, limit + 1, stop)
            : await OfExporterAsync(exporter, after, limit + 1, stop);
        var page = Page.Of(ids, limit, id => Cursor.Of(DateTimeOffset.UnixEpoch, id, 0));
        return new(await EntriesAsync([.. page.Items], stop), page.Next);
    }

    public async Task<BatchEntry?> OneAsync(Guid batch, CancellationToken stop) =>
        (await EntriesAsync([batch], stop)).FirstOrDefault();

    async Task<Guid[]> OfExporterAsync(string code, Guid after, int size, CancellationToken stop)
    {
        var newestFirst = (await node.Reader.FoldAsync(StreamOf(code), Exporter.Fold, stop))?.Batches.Reverse() ?? [];
        return [.. (after == Guid.Empty ? newestFirst : newestFirst.SkipWhile(id => id != after).Skip(1)).Take(size)];
    }

    async Task<List<BatchEntry>> EntriesAsync(Guid[] ids, CancellationToken stop)
    {
        var day = ShanghaiDay.Of(node.Pipeline.Now);
        var found = await FoldAsync(ids, Batch.Fold, stop);
        var batches = ids.Select(id => found.GetValueOrDefault(id)).OfType<Batch>().ToList();
        var exporters = await FoldAsync(
            batches.Select(b => b.Drafted.Exporter).OfType<string>().Select(StreamOf),
            Exporter.Fold,
            stop
        );
        var items = await FoldAsync(batches.SelectMany(b => b.Items).Select(i => i.Item!.Id), ItemFold.Fold, stop);
        var entries = new List<BatchEntry>(ids.Length);
        foreach (var batch in batches)
        {
            var exporter = batch.Drafted.Exporter is { } code ? exporters.GetValueOrDefault(StreamOf(code)) : null;
            var list = BatchChecklist.Of(batch, exporter, items, RuleSet.Current, day);
            entries.Add(Entry(batch, exporter, items, list, day));
        }
        return entries;
    }

    Guid StreamOf(string code) => ExporterCommand.StreamOf(code, node.Database.Handles);

    async Task<Dictionary<Guid, T>> FoldAsync<T>(
        IEnumerable<Guid> streams,
        Func<IEnumerable<StoredEvent>, T> fold,
        CancellationToken stop
    ) =>
        (await node.Reader.StreamsAsync([.. streams.Distinct()], long.MaxValue, stop)).ToDictionary(
            s => s.Key,
            s => fold(s.Value)
        );

    static BatchEntry Entry(
        Batch batch,
        Exporter? exporter,
        IReadOnlyDictionary<Guid, Item?> items,
        BatchChecklist list,
        DateOnly day
    ) =>
        new(
            batch.Id,
            batch.Drafted.Exporter,
            exporter?.Filed.Name,
            WireWords.Of(batch.State),
            batch.Drafted.HsCode,
            batch.Drafted.Destination,
            batch.Drafted.Port,
            batch.Items.Length,
            batch.Licence?.LicenceNo,
            batch.Licence?.ValidUntil,
            batch.Licence?.ValidUntil is { } last ? last.DayNumber - day.DayNumber : null,
            list.Next is { } next ? WireWords.Of(next) : null,
            list.IsReady && !batch.Items.IsEmpty,
            [.. list.Whole.Select(Check)],
            [.. batch.Items.Select(said => Item(said, items.GetValueOrDefault(said.Item!.Id), list))],
            batch.Version
        );

    static BatchItemEntry Item(BatchItemAdded said, Item? item, BatchChecklist list)
    {
        var checks = list.Items.GetValueOrDefault(said.Item!.Id, []);
        return new(
            said.Item.Id,
            item?.Category,
            said.Make,
            said.Model,
            said.FirstRegistered,
            said.PendingExportOn,
            item is null ? null : WireWords.Of(item.Life),
            list.Next is not null && !checks.Any(c => c.Blocks),
            [.. checks.Select(Check)]
        );
    }

    static CheckEntry Check(RuleAnswer a) =>
        new(
            a.Rule.Id,
            a.Rule.Citation,
            a.Rule.Zh,
            a.Rule.En,
            WireWords.Of(a.Result),
            WireWords.Of(a.Rule.Severity),
            a.Seen.Values,
            a.Otherwise
        );
}
