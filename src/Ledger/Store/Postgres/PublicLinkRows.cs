using System.Security.Cryptography;
using System.Text;
using Ledger.Kernel;
using Npgsql;
using NpgsqlTypes;

namespace Ledger.Store.Postgres;

/// <summary>A link by which anybody may look at an item, as it stands beside the log.</summary>
/// <param name="Until">It ends then, if not before.</param>
/// <param name="Uses">How often somebody looked.</param>
public sealed record PublicLink(
    Guid Id,
    Guid Item,
    string MadeBy,
    DateTimeOffset MadeAt,
    DateTimeOffset Until,
    DateTimeOffset? RevokedAt,
    string? Reason,
    long Uses,
    DateTimeOffset? LastUsed
);

/// <summary>Links for the public. Only the hash of a token is kept: whoever reads the table can use none.</summary>
public sealed class PublicLinkRows(LedgerDatabase database)
{
    const string Table = $"{LedgerDatabase.Schema}.public_link";

    /// <summary>Characters of a token: 32 bytes, base64url.</summary>
    public const int TokenLength = 43;

    internal const string Create = $"""
        create table if not exists {Table} (id uuid primary key,
            hash bytea not null unique check (octet_length(hash) = 32), said bytea not null, item uuid not null,
            made_by text not null, made_at timestamptz not null, until timestamptz not null, revoked_at timestamptz,
            reason text, uses bigint not null default 0, last_used timestamptz);
        create index if not exists public_link_item on {Table} (item, made_at);
        """;

    const string Columns = "id, item, made_by, made_at, until, revoked_at, reason, uses, last_used";

    /// <summary>Makes a link under a token that nobody can guess; the same again is the same link.</summary>
    /// <param name="said">What was asked for: another asking under the same token makes none.</param>
    /// <returns>Null: the token stands for another asking.</returns>
    public async Task<PublicLink?> MakeAsync(
        string token,
        CommandHash said,
        Guid item,
        string by,
        (DateTimeOffset Now, DateTimeOffset Until) term,
        CancellationToken stop
    )
    {
        var hash = Hash(token);
        var id = new Guid(hash.AsSpan(0, 16));
        await using var command = database.Source.CreateCommand(
            $"""
            insert into {Table} (id, hash, item, made_by, made_at, until, said) values ($1, $2, $3, $4, $5, $6, $7)
            on conflict (id) do update set said = {Table}.said where {Table}.said = excluded.said
            returning {Columns}
            """
        );
        command.Parameters.AddWithValue(id);
        command.Parameters.AddWithValue(hash);
        command.Parameters.AddWithValue(item);
        command.Parameters.AddWithValue(by);
        command.Parameters.AddWithValue(term.Now);
        command.Parameters.AddWithValue(term.Until);
        command.Parameters.AddWithValue(said.ToArray());
        return (await command.ListAsync(Read, stop)).FirstOrDefault();
    }

    /// <summary>The item of a token that holds, and counts the use; null: there is none, or it has ended.</summary>
    public async Task<Guid?> UseAsync(string token, DateTimeOffset now, CancellationToken stop)
    {
        await using var command = database.Source.CreateCommand(
            $"""
            update {Table} set uses = uses + 1, last_used = $2
            where hash = $1 and until > $2 and revoked_at is null returning item
            """
        );
        command.Parameters.AddWithValue(Hash(token));
        command.Parameters.AddWithValue(now);
        return (Guid?)await command.ExecuteScalarAsync(stop);
    }

    /// <summary>Ends a link; false: the item has none of that id. One that has ended stays as it is.</summary>
    public async Task<bool> RevokeAsync(
        Guid item,
        Guid link,
        string? reason,
        DateTimeOffset now,
        CancellationToken stop
    )
    {
        await using var command = database.Source.CreateCommand(
            $"""
            update {Table} set reason = case when revoked_at is null then $4 else reason end,
                revoked_at = coalesce(revoked_at, $3) where item = $1 and id = $2
            """
        );
        command.Parameters.AddWithValue(item);
        command.Parameters.AddWithValue(link);
        command.Parameters.AddWithValue(now);
        command.Parameters.Add(new() { Value = (object?)reason ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        return await command.ExecuteNonQueryAsync(stop) == 1;
    }

    /// <summary>All links of an item, the newest first.</summary>
    public async Task<List<PublicLink>> OfItemAsync(Guid item, CancellationToken stop)
    {
        await using var command = database.Source.CreateCommand(
            $"select {Columns} from {Table} where item = $1 order by made_at desc, id desc limit 500"
        );
        command.Parameters.AddWithValue(item);
        return await command.ListAsync(Read, stop);
    }

    static PublicLink Read(NpgsqlDataReader r) =>
        new(
            r.GetGuid(0),
            r.GetGuid(1),
            r.GetString(2),
            r.GetFieldValue<DateTimeOffset>(3),
            r.GetFieldValue<DateTimeOffset>(4),
            r.IsDBNull(5) ? null : r.GetFieldValue<DateTimeOffset>(5),
            r.IsDBNull(6) ? null : r.GetString(6),
            r.GetInt64(7),
            r.IsDBNull(8) ? null : r.GetFieldValue<DateTimeOffset>(8)
        );

    static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
