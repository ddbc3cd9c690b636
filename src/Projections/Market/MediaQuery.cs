using Ledger.Store.Postgres;

namespace Projections.Market;

/// <summary>Filters of <c>market/media</c>.</summary>
/// <param name="Needs"><c>intake</c>, <c>consent</c>, <c>wipe</c>, <c>verify</c>, <c>nothing</c>; <c>open</c>: all but
/// the last; <c>all</c>.</param>
public sealed record MediaFilter(
    string? Market = null,
    string? Division = null,
    string? Category = null,
    string Needs = "open",
    string? Tool = null
);

/// <summary>A line of the wipe bench.</summary>
public sealed record MediumEntry(
    Guid ItemId,
    int Ix,
    string Type,
    string State,
    string Needs,
    string? Level,
    Guid? Attestation,
    string? Tool,
    string? Market,
    string? Division,
    string Category,
    string? Make,
    string? Model,
    DateTimeOffset At
)
{
    internal int N { get; init; }
}

public sealed class MediaQuery(LedgerDatabase database)
{
    public async Task<Page<MediumEntry>> ReadAsync(MediaFilter f, int limit, string? cursor, CancellationToken stop)
    {
        var filter = new Filter()
            .Where("market = ?", f.Market)
            .Inside("division", f.Division)
            .Where("category = ?", f.Category)
            .Where("tool = ?", f.Tool);
        if (f.Needs is "open")
            filter.And("needs <> 'nothing'");
        else if (f.Needs is not "all")
            filter.Where("needs = ?", f.Needs);
        if (Cursor.Read(cursor) is { } after)
            filter.And(filter.Over("(at, stream, n) < (?, ?, ?)", after.At, after.Stream, after.N));
        await using var command = filter.On(
            database.Source,
            $"""
            select stream, ix, type, state, needs, level, attestation, tool, market, division, category, make, model,
                at, n
            from {new WhatIsWiped().Source} where {filter.Sql}
            order by at desc, stream desc, n desc limit {limit + 1}
            """
        );
        return await command.PageAsync(limit, Read, e => Cursor.Of(e.At, e.ItemId, e.N), stop);
    }

    static MediumEntry Read(Npgsql.NpgsqlDataReader r) =>
        new(
            r.GetGuid(0),
            r.GetInt32(1),
            r.GetString(2),
            r.GetString(3),
            r.GetString(4),
            r.Text(5),
            r.Maybe<Guid>(6),
            r.Text(7),
            r.Text(8),
            r.Text(9),
            r.GetString(10),
            r.Text(11),
            r.Text(12),
            r.GetFieldValue<DateTimeOffset>(13)
        )
        {
            N = r.GetInt32(14),
        };
}
