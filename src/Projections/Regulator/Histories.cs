using Ledger;
using Ledger.Encumbrances;
using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Store.Postgres;
using Ledger.Store.Vault;
using Ledger.Trading;
using Npgsql;

namespace Projections.Regulator;

/// <summary>An event as a regulator searches it: what, when, where, who; its facts stand in the item's
/// history.</summary>
public sealed record EventRow : ViewRow
{
    public required Guid EventId { get; init; }

    /// <summary>Wire name without version.</summary>
    public required string Event { get; init; }

    /// <summary>Of a fact of which only the day is known, the day's 00:00 in Shanghai.</summary>
    public required DateTimeOffset OccurredAt { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }
    public string? Source { get; init; }
    public string? Market { get; init; }
    public string? Division { get; init; }

    /// <summary>Each party twice: with its scope and alone, so that either finds it.</summary>
    public required string[] Parties { get; init; }
    public required string Category { get; init; }
    public string? Make { get; init; }
    public string? Model { get; init; }
}

/// <summary>What happened to which item, when, where, and by whom?</summary>
public sealed record EventsView() : ItemView("events", 3, "What happened to which item?")
{
    public override Type Row => typeof(EventRow);

    public override IReadOnlyList<string> Indexes =>
        [
            "occurred_at",
            "event, occurred_at",
            "market, occurred_at",
            "division text_pattern_ops",
            "using gin (parties)",
            "category, recorded_at",
        ];

    public override IEnumerable<ViewRow> Rows(ItemHistory history)
    {
        var item = history.State;
        var markets = new MarketsOfEvents(history);
        foreach (var e in history.Events)
        {
            var place = markets.Of(e);
            yield return new EventRow
            {
                Stream = history.Id,
                N = (int)e.Version,
                EventId = e.EventId,
                Event = EventCatalog.Of(e.Event).Name,
                OccurredAt = e.Envelope.When.Start,
                RecordedAt = e.RecordedAt,
                Source = e.Envelope.Source,
                Market = place.Market,
                Division = place.Division,
                Parties = [.. Parties(e).Distinct(StringComparer.Ordinal)],
                Category = item?.Category ?? "",
                Make = item?.Make,
                Model = item?.Model,
            };
        }
    }

    static IEnumerable<string> Parties(StoredEvent e)
    {
        PartyRef?[] named = e.Event switch
        {
            ItemRegistered r => [r.Owner],
            ItemListed l => [l.Seller],
            StockTakenIn s => [s.Dealer],
            SaleDeclared s => [s.Buyer],
            DealOpened d => [d.Seller, d.Buyer],
            OwnershipTransferred t => [t.NewOwner],
            ItemHandedOver h => [h.Receiver],
            SaleRecorded s => [s.Seller, s.Buyer],
            EncumbranceRegistered r => [r.Holder],
            _ => [],
        };
        foreach (var party in named)
            if (party is not null)
            {
                yield return party.ToString();
                yield return party.Reference;
            }
        yield return e.Envelope.Actor;
    }
}

/// <summary>Filters of <c>regulator/histories</c>; all that are given must hold of one and the same event.</summary>
/// <param name="Item">The item an identifier was resolved to.</param>
/// <param name="Event">Wire name without version.</param>
public sealed record HistoryFilter(
    Guid? Item = null,
    string? Party = null,
    string? Market = null,
    string? Division = null,
    DateTimeOffset? From = null,
    DateTimeOffset? To = null,
    string? Event = null,
    string? Category = null
);

/// <summary>An item with events that match, newest match first.</summary>
/// <param name="Matches">How many of its events match; <paramref name="Events"/> names their kinds.</param>
public sealed record HistoryEntry(
    Guid ItemId,
    string[] Identifiers,
    string Category,
    string? Make,
    string? Model,
    long Matches,
    DateTimeOffset FirstAt,
    DateTimeOffset LastAt,
    string[] Markets,
    string[] Events
)
{
    /// <summary>The day of the first match, in Shanghai or as it was given.</summary>
    public DateOnly FirstOn => ShanghaiDay.Of(FirstAt);

    /// <summary>The day of the last match.</summary>
    public DateOnly LastOn => ShanghaiDay.Of(LastAt);
}

/// <summary>Reads items with events that match, newest match first.</summary>
public sealed class HistoryQuery(LedgerDatabase database)
{
    /// <summary>A market's word, with its scope or alone, as the ids that events name; an actor's reference stands for
    /// itself.</summary>
    async Task<string[]?> PartiesAsync(string? party, CancellationToken stop)
    {
        if (party is null)
            return null;
        var found = await new ClearTexts(database).Vault.FindAsync(party, stop);
        return [party, .. found.Select(id => PartyRef.Of("", id).Reference)];
    }

    public async Task<Page<HistoryEntry>> ReadAsync(HistoryFilter f, int limit, string? cursor, CancellationToken stop)
    {
        var filter = new Filter()
            .Where("stream = ?", f.Item)
            .Where("parties && ?::text[]", await PartiesAsync(f.Party, stop))
            .Where("market = ?", f.Market)
            .Inside("division", f.Division)
            .Where("event = ?", f.Event)
            .Where("category = ?", f.Category)
            .Where("occurred_at >= ?", f.From)
            .Where("occurred_at <= ?", f.To);
        var having = Cursor.Read(cursor) is { } last
            ? filter.Over("(max(occurred_at), stream) < (?, ?)", last.At, last.Stream)
            : "true";
        await using var command = filter.On(
            database.Source,
            $"""
            select stream, max(category), max(make), max(model), count(*), min(occurred_at), max(occurred_at),
                   coalesce(array_agg(distinct market) filter (where market is not null), array[]::text[]),
                   array_agg(distinct event)
            from {new EventsView().Source} where {filter.Sql}
            group by stream having {having} order by max(occurred_at) desc, stream desc limit {limit + 1}
            """
        );
        var page = await command.PageAsync(limit, Read, e => Cursor.Of(e.LastAt, e.ItemId, 0), stop);
        var texts = await new ClearTexts(database).OfItemsAsync([.. page.Items.Select(r => r.ItemId)], stop);
        return new(
            [.. page.Items.Select(r => r with { Identifiers = texts.GetValueOrDefault(r.ItemId) ?? [] })],
            page.Next
        );
    }

    static HistoryEntry Read(NpgsqlDataReader r) =>
        new(
            r.GetGuid(0),
            [],
            r.GetString(1),
            r.Text(2),
            r.Text(3),
            r.GetInt64(4),
            r.GetFieldValue<DateTimeOffset>(5),
            r.GetFieldValue<DateTimeOffset>(6),
            r.GetFieldValue<string[]>(7),
            r.GetFieldValue<string[]>(8)
        );
}
