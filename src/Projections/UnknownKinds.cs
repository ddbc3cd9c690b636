using System.Security.Cryptography;
using System.Text;
using Ledger;
using Ledger.Store.Postgres;

namespace Projections;

/// <summary>
/// Kinds of events that stand in the store and not in the catalogue: a later version wrote them, or somebody who should
/// not. The feed holds a stream that has one; those of an older look are held here, so nothing is
/// skipped. How far has been looked is kept for each catalogue: what one version knows another may not.
/// </summary>
public sealed class UnknownKinds(LedgerDatabase database)
{
    const string Schema = LedgerDatabase.Schema;

    /// <summary>Events looked through at once.</summary>
    const int Page = 100_000;

    internal const string Ddl = $"""
        create table if not exists {Schema}.view_looked (kinds text primary key, seq bigint not null);
        """;

    static readonly string[] Known = [.. EventCatalog.All.Select(l => l.WireName)];

    static readonly string Catalogue = Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(',', Known.Order(StringComparer.Ordinal))))
    )[..16];

    /// <summary>Holds the streams of unknown events that came since the last look.</summary>
    /// <returns>Whether there is more to look through.</returns>
    public async Task<bool> HoldAsync(CancellationToken stop)
    {
        await using var connection = await database.Source.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        await using var place = new Npgsql.NpgsqlCommand(
            $"""
            insert into {Schema}.view_looked values ($1, 0) on conflict (kinds) do update set seq = view_looked.seq
            returning seq, ({EventPages.Newest})
            """,
            connection
        );
        place.Parameters.AddWithValue(Catalogue);
        long from,
            newest;
        await using (var row = await place.ExecuteReaderAsync(stop))
        {
            await row.ReadAsync(stop);
            (from, newest) = (row.GetInt64(0), row.GetInt64(1));
        }
        if (from >= newest)
            return false;
        var to = Math.Min(newest, from + Page);
        await using var hold = new Npgsql.NpgsqlCommand(
            $"""
            with found as ({EventPages.StreamsOfUnknownKinds("$1", "$2", "$3")}),
                held as (insert into {Schema}.view_held (view, stream, seq, why)
                    select v.name, f.stream_id, f.seq, format($4, f.kind)
                    from found f join unnest($5, $7) v(name, type) on v.type = f.type
                    on conflict (view, stream) do update set seq = excluded.seq, why = excluded.why)
            update {Schema}.view_looked set seq = $2 where kinds = $6
            """,
            connection
        );
        hold.Parameters.AddWithValue(from);
        hold.Parameters.AddWithValue(to);
        hold.Parameters.AddWithValue(Known);
        hold.Parameters.AddWithValue("It has an event of the kind %s, which this version does not know.");
        var shown = Registry.Views.SelectMany(v => v.Kinds.Select(k => (View: v.Name, Kind: k.Name))).ToArray();
        hold.Parameters.AddWithValue(shown.Select(s => s.View).ToArray());
        hold.Parameters.AddWithValue(Catalogue);
        hold.Parameters.AddWithValue(shown.Select(s => s.Kind).ToArray());
        await hold.ExecuteNonQueryAsync(stop);
        await transaction.CommitAsync(stop);
        return to < newest;
    }
}
