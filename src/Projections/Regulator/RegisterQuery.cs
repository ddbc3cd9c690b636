using System.Globalization;
using Ledger.Kernel;
using Ledger.Store.Postgres;
using Npgsql;

namespace Projections.Regulator;

/// <summary>Filters of <c>regulator/register</c>.</summary>
/// <param name="Until">Only what ends by this day.</param>
public sealed record RegisterFilter(
    string? Type = null,
    string? Division = null,
    string? State = null,
    DateOnly? Until = null
);

/// <summary>Something that may act in a market, or allows somebody to.</summary>
/// <param name="Type"><c>market</c>, <c>station</c>, <c>exporter</c>, <c>issuer</c>, or the kind of a licence.</param>
/// <param name="Holder">Of a licence; a person is told by nothing.</param>
public sealed record RegisterEntry(
    string Type,
    string Code,
    string? Name,
    string? Holder,
    string? Division,
    string? DivisionName,
    string State,
    DateOnly? ValidFrom,
    DateOnly? ValidTo
)
{
    internal Guid Stream { get; init; }

    internal int N { get; init; }
}

/// <summary>How many of a type are on the register in a prefecture.</summary>
/// <param name="Prefecture">Its code; null: elsewhere, or not said.</param>
public sealed record RegisterCount(string? Prefecture, string Type, long Count);

/// <summary>Reads the register as of a day.</summary>
/// <param name="today">Where a term stands follows from it.</param>
public sealed class RegisterQuery(LedgerDatabase database, DateOnly today)
{
    const string Order = "type collate \"C\", code collate \"C\", stream, n";

    static readonly string Source = new RegisterView().Source;

    public async Task<Page<RegisterEntry>> ReadAsync(
        RegisterFilter f,
        int limit,
        string? cursor,
        CancellationToken stop
    )
    {
        var (filter, rows) = Asked(f);
        if (Cursor.ReadKeys(cursor, 2) is { } after)
            filter.And(filter.Over($"({Order}) > (?, ?, ?, ?)", after.Keys[0], after.Keys[1], after.Stream, after.N));
        await using var command = filter.On(
            database.Source,
            $"""
            select type, code, name, holder, division, stands, valid_from, valid_to, stream, n
            from {rows} where {filter.Sql} order by {Order} limit {(limit + 1).ToString(CultureInfo.InvariantCulture)}
            """
        );
        return await command.PageAsync(limit, Read, e => Cursor.OfKeys([e.Type, e.Code], e.Stream, e.N), stop);
    }

    /// <summary>How many there are of what is asked for, in each prefecture.</summary>
    public async Task<List<RegisterCount>> CountAsync(RegisterFilter f, CancellationToken stop)
    {
        var (filter, rows) = Asked(f);
        await using var command = filter.On(
            database.Source,
            $"select left(division, 4), type, count(*) from {rows} where {filter.Sql} group by 1, 2"
        );
        var counts = await command.ListAsync(
            r => new RegisterCount(Divisions.Find(r.Text(0) + "00")?.Code, r.GetString(1), r.GetInt64(2)),
            stop
        );
        return
        [
            .. counts
                .GroupBy(c => (c.Prefecture, c.Type))
                .Select(g => new RegisterCount(g.Key.Prefecture, g.Key.Type, g.Sum(c => c.Count))),
        ];
    }

    /// <summary>All of one type, by code.</summary>
    public async Task<List<T>> AllAsync<T>(string type, Func<RegisterRow, T> entry, CancellationToken stop)
    {
        await using var command = database.Source.CreateCommand(
            $"""
            select stream, n, type, code, name, division, state, by_term, valid_from, valid_to, authority, batches,
                version from {Source} where type collate "C" = $1 order by {Order}
            """
        );
        command.Parameters.AddWithValue(type);
        return await command.ListAsync(
            r =>
                entry(
                    new()
                    {
                        Stream = r.GetGuid(0),
                        N = r.GetInt32(1),
                        Type = r.GetString(2),
                        Code = r.GetString(3),
                        Name = r.Text(4),
                        Division = r.Text(5),
                        State = r.GetString(6),
                        ByTerm = r.GetBoolean(7),
                        ValidFrom = r.Maybe<DateOnly>(8),
                        ValidTo = r.Maybe<DateOnly>(9),
                        Authority = r.Text(10),
                        Batches = r.Maybe<int>(11),
                        Version = r.GetInt64(12),
                    }
                ),
            stop
        );
    }

    /// <summary>What stands on the register of one stream, from its events: never behind.</summary>
    public static async Task<RegisterRow?> NowAsync(EventReader reader, StreamOfKind stream, CancellationToken stop)
    {
        var history = new StreamHistory(stream.Id, stream.Kind, await reader.StreamAsync(stream.Id, stop));
        return new RegisterView().Rows(history).OfType<RegisterRow>().FirstOrDefault();
    }

    (Filter Filter, string Rows) Asked(RegisterFilter f)
    {
        var filter = new Filter();
        var day = filter.Over("?", today);
        // Where its term stands on the day; what was stopped says so itself.
        var rows = $"""
            (select *, case
                when revoked_on <= {day} then 'revoked'
                when not by_term then state
                when coalesce(valid_from <= {day}, true) and coalesce(valid_to >= {day}, true)
                    then case type when 'exporter' then state else 'valid' end
                when is_ended then 'ended'
                when valid_from > {day} then 'not-yet'
                else 'expired' end as stands from {Source}) r
            """;
        return (
            filter
                .Where("type collate \"C\" = ?", f.Type)
                .Inside("division", f.Division)
                .Where("stands = ?", f.State)
                .Where("valid_to <= ?", f.Until),
            rows
        );
    }

    static RegisterEntry Read(NpgsqlDataReader r) =>
        new(
            r.GetString(0),
            r.GetString(1),
            r.Text(2),
            r.Text(3),
            r.Text(4),
            Divisions.Find(r.Text(4))?.Name,
            r.GetString(5),
            r.Maybe<DateOnly>(6),
            r.Maybe<DateOnly>(7)
        )
        {
            Stream = r.GetGuid(8),
            N = r.GetInt32(9),
        };
}
