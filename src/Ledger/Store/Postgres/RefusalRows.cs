using Ledger.Pipeline;
using Npgsql;
using NpgsqlTypes;

namespace Ledger.Store.Postgres;

/// <summary>What was refused and warned in some days, by market, code and rule.</summary>
/// <param name="Market">Null: at no market.</param>
/// <param name="Code">Null: recorded, and the rule warned.</param>
/// <param name="Rule">Null: no rule refused it.</param>
public sealed record RefusalSum(string? Market, string? Code, string? Rule, long Count, DateOnly First, DateOnly Last);

/// <summary>Counts of refusals and warnings, beside the log: no event, and nothing that a proof rests on.</summary>
public sealed class RefusalRows(LedgerDatabase database)
{
    const string Table = $"{LedgerDatabase.Schema}.refusal_count";

    internal const string Create = $"""
        create table if not exists {Table} (day date not null, market text not null, code text not null,
            rule text not null, count bigint not null check (count > 0), primary key (day, market, code, rule));
        """;

    /// <summary>Adds to what was counted.</summary>
    public async Task AddAsync(IReadOnlyCollection<KeyValuePair<RefusalKey, long>> counts, CancellationToken stop)
    {
        if (counts.Count == 0)
            return;
        // In one order, whoever writes: two nodes do not wait for each other crosswise.
        var rows = counts
            .OrderBy(c => c.Key.Day)
            .ThenBy(c => c.Key.Market, StringComparer.Ordinal)
            .ThenBy(c => c.Key.Code, StringComparer.Ordinal)
            .ThenBy(c => c.Key.Rule, StringComparer.Ordinal)
            .ToList();
        await using var command = database.Source.CreateCommand(
            $"""
            insert into {Table} as t select * from unnest($1, $2, $3, $4, $5)
            on conflict (day, market, code, rule) do update set count = t.count + excluded.count
            """
        );
        command.Parameters.Add(Sql.Array(rows.Select(r => r.Key.Day), NpgsqlDbType.Date));
        command.Parameters.Add(Sql.Array(rows.Select(r => r.Key.Market), NpgsqlDbType.Text));
        command.Parameters.Add(Sql.Array(rows.Select(r => r.Key.Code), NpgsqlDbType.Text));
        command.Parameters.Add(Sql.Array(rows.Select(r => r.Key.Rule), NpgsqlDbType.Text));
        command.Parameters.Add(Sql.Array(rows.Select(r => r.Value), NpgsqlDbType.Bigint));
        await command.ExecuteNonQueryAsync(stop);
    }

    /// <summary>The same where nothing hangs on it.</summary>
    public async Task TryAddAsync(IReadOnlyCollection<KeyValuePair<RefusalKey, long>> counts)
    {
        try
        {
            await AddAsync(counts, CancellationToken.None);
        }
        catch (Exception error) when (error is NpgsqlException or IOException or TimeoutException)
        {
            // They are lost.
        }
    }

    /// <summary>The most frequent first.</summary>
    /// <param name="market">Null: of every market and of none.</param>
    public async Task<List<RefusalSum>> ReadAsync(
        string? market,
        DateOnly? from,
        DateOnly? to,
        int limit,
        CancellationToken stop
    )
    {
        await using var command = database.Source.CreateCommand(
            $"""
            select nullif(market, ''), nullif(code, ''), nullif(rule, ''), sum(count)::bigint, min(day), max(day)
            from {Table} where market = coalesce($1, market) and day >= coalesce($2, day) and day <= coalesce($3, day)
            group by market, code, rule order by sum(count) desc, market, code, rule limit $4
            """
        );
        command.Parameters.Add(new() { Value = (object?)market ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = (object?)from ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Date });
        command.Parameters.Add(new() { Value = (object?)to ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Date });
        command.Parameters.AddWithValue(limit);
        return await command.ListAsync(
            r => new RefusalSum(
                Text(r, 0),
                Text(r, 1),
                Text(r, 2),
                r.GetInt64(3),
                r.GetFieldValue<DateOnly>(4),
                r.GetFieldValue<DateOnly>(5)
            ),
            stop
        );

        static string? Text(NpgsqlDataReader row, int i) => row.IsDBNull(i) ? null : row.GetString(i);
    }
}
