using Ledger;
using Ledger.Goods;
using Ledger.Indicators;
using Ledger.Kernel;
using Ledger.Store;
using Ledger.Store.Lane;
using Ledger.Store.Postgres;
using Ledger.Store.Vault;
using Ledger.Trading;

namespace Projections.Regulator;

/// <summary>An event that came after a report was frozen and changed what its period counts.</summary>
/// <param name="Change">+1: it adds a sale to the region; −1: it takes one away.</param>
/// <param name="Type">Wire name with version.</param>
/// <param name="SoldOn">The day on which the sale that came or went counts.</param>
/// <param name="LeafIndex">Place in the proof log, from 0.</param>
public sealed record DifferenceEntry(
    int Change,
    string Type,
    Guid EventId,
    Guid ItemId,
    string[] Identifiers,
    string? Division,
    string? Market,
    DateOnly SoldOn,
    DateTimeOffset OccurredAt,
    DateTimeOffset RecordedAt,
    long? LeafIndex
);

/// <summary>Why does a frozen report differ from what is known now? The changes of a region sum to its difference
/// (<see cref="IndicatorEntry.Restated"/>).</summary>
public sealed class DifferenceQuery(LedgerNode node)
{
    /// <summary>Items read at once.</summary>
    const int AtOnce = 256;

    /// <summary>Clocks of two nodes differ: so far before the report an event may say that it was recorded, and have
    /// come after it.</summary>
    static readonly TimeSpan Skew = TimeSpan.FromHours(1);

    static readonly string[] Corrections =
    [
        .. EventCatalog.All.Where(l => typeof(ICorrection).IsAssignableFrom(l.Type)).Select(l => l.Name),
    ];

    /// <summary>In the order of the log; none where the period was not frozen.</summary>
    public async Task<List<DifferenceEntry>> ReadAsync(
        Division within,
        string period,
        int limit,
        CancellationToken stop
    )
    {
        var reports = await node.Reader.StreamAsync(
            IndicatorCommand.StreamOf(Indicator.UsedCarTrade, IndicatorQuery.Province.Code, node.Database.Handles),
            stop
        );
        if (
            reports.LastOrDefault(e => e.Event is PeriodReportFrozen f && f.Period == period)
                is not { Event: PeriodReportFrozen { TreeSize: { } size } } frozen
            || Indicator.Days(period) is not var (first, last)
        )
            return [];
        var found = new List<DifferenceEntry>();
        foreach (var streams in (await TouchedAsync(first, last, frozen.RecordedAt - Skew, stop)).Chunk(AtOnce))
        {
            var histories = await node.Reader.StreamsAsync(streams, new StreamHeads(), stop);
            foreach (var (stream, events) in histories)
                found.AddRange(Of(stream, events, size, s => Counts(s, within, first, last)));
        }
        List<DifferenceEntry> shown = [.. found.OrderBy(d => d.LeafIndex).Take(limit)];
        var texts = await new ClearTexts(node.Database).OfItemsAsync([.. shown.Select(d => d.ItemId).Distinct()], stop);
        return [.. shown.Select(d => d with { Identifiers = texts.GetValueOrDefault(d.ItemId) ?? [] })];
    }

    static bool Counts(Sale sale, Division within, DateOnly first, DateOnly last) =>
        sale.On >= first
        && sale.On <= last
        && sale is not { SellerKind: PartyKind.Dealer, BuyerKind: PartyKind.Dealer }
        && sale.Division is { } division
        && division.StartsWith(Divisions.Stem(within), StringComparison.Ordinal);

    /// <summary>Cars of which something was recorded since: a sale of the period, a correction, or an event that takes
    /// its place before the period's end.</summary>
    async Task<List<Guid>> TouchedAsync(DateOnly first, DateOnly last, DateTimeOffset since, CancellationToken stop)
    {
        await using var command = node.Database.Source.CreateCommand(
            $"""
            select distinct e.stream from {new EventsView().Source} e
            where e.category = 'used-car' and e.recorded_at >= $1
              and (e.occurred_at < $2 or e.event = any($3) or exists (
                select 1 from {new Market.SalesView().Source} s
                where s.stream = e.stream and s.sold_on >= $4 and s.sold_on <= $5))
            order by e.stream
            """
        );
        command.Parameters.AddWithValue(since);
        command.Parameters.AddWithValue(ShanghaiDay.Start(last.AddDays(1)));
        command.Parameters.AddWithValue(Corrections);
        command.Parameters.AddWithValue(first);
        command.Parameters.AddWithValue(last);
        return await command.ListAsync(r => r.GetGuid(0), stop);
    }

    /// <summary>What each event since then changed, one after the other.</summary>
    /// <param name="events">In the order of the stream.</param>
    /// <param name="size">Leaves that the report rests on.</param>
    static IEnumerable<DifferenceEntry> Of(Guid stream, List<StoredEvent> events, long size, Func<Sale, bool> counts)
    {
        var n = events.FindIndex(e => e.LeafIndex >= size);
        if (n < 0)
            yield break;
        Dictionary<Guid, Sale> Sales(int count) =>
            Sale.AllOf(new ItemHistory(stream, events.Take(count)))
                .Where(s => s.Before.Category == "used-car" && counts(s.Sale))
                .ToDictionary(s => s.Event.EventId, s => s.Sale);
        for (var before = Sales(n); n < events.Count; n++)
        {
            var after = Sales(n + 1);
            foreach (var (_, gone) in before.Where(s => !after.ContainsKey(s.Key)))
                yield return Entry(-1, events[n], gone);
            foreach (var (_, come) in after.Where(s => !before.ContainsKey(s.Key)))
                yield return Entry(+1, events[n], come);
            before = after;
        }
    }

    static DifferenceEntry Entry(int change, StoredEvent e, Sale sale) =>
        new(
            change,
            e.Type,
            e.EventId,
            e.StreamId,
            [],
            sale.Division,
            sale.Market,
            sale.On,
            e.Envelope.When.Start,
            e.RecordedAt,
            e.LeafIndex
        );
}
