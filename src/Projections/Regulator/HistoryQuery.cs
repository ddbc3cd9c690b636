using Ledger.Kernel;
using Ledger.Store.Postgres;
using Ledger.Store.Vault;
using Npgsql;

namespace Projections.Regulator;

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
            from {new WhatHappened().Source} where {filter.Sql}
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
