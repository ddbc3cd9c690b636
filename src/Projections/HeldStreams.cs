using Ledger.Store.Postgres;
using Npgsql;
using NpgsqlTypes;

namespace Projections;

/// <summary>A stream that a view cannot show: its rows stay as they were.</summary>
/// <param name="Sequence">Place up to which the view has seen the log without it.</param>
public sealed record HeldStream(string View, Guid Stream, long Sequence, string Why, DateTimeOffset Since);

/// <summary>
/// Streams whose rows a view could not make: an event that cannot be read, or one that its code does not bear. The
/// stream is put on record and named by readiness; the view goes on with all others, the other views with that one
/// too. It is tried again until it succeeds, so nothing is skipped.
/// </summary>
public static class HeldStreams
{
    const string Schema = LedgerDatabase.Schema;

    /// <summary>So many are named, and tried again at once.</summary>
    const int Most = 200;

    internal const string Ddl = $"""
        create table if not exists {Schema}.view_held (view text, stream uuid, seq bigint not null, why text not null,
            since timestamptz not null default now(), primary key (view, stream));
        """;

    /// <summary>Puts streams on record whose rows could not be made.</summary>
    internal static NpgsqlBatchCommand Hold(View view, long fed, IReadOnlyList<(Guid Stream, string Why)> failed) =>
        Sql.Command(
            $"""
            insert into {Schema}.view_held (view, stream, seq, why) select $1, h.stream, $2, h.why
            from unnest($3, $4) h(stream, why)
            on conflict (view, stream) do update set seq = excluded.seq, why = excluded.why
            """,
            new NpgsqlParameter { Value = view.Name },
            new NpgsqlParameter { Value = fed },
            Sql.Array(failed.Select(f => f.Stream), NpgsqlDbType.Uuid),
            Sql.Array(failed.Select(f => f.Why), NpgsqlDbType.Text)
        );

    /// <summary>Whether a view waits with a stream.</summary>
    public static async Task<bool> HoldsAsync(LedgerDatabase database, View view, Guid stream, CancellationToken stop)
    {
        await using var command = database.Source.CreateCommand(
            $"select exists (select from {Schema}.view_held where view = $1 and stream = $2)"
        );
        command.Parameters.AddWithValue(view.Name);
        command.Parameters.AddWithValue(stream);
        return await command.ExecuteScalarAsync(stop) is true;
    }

    /// <summary>Those that have waited longest.</summary>
    public static async Task<IReadOnlyList<HeldStream>> ListAsync(LedgerDatabase database, CancellationToken stop)
    {
        await using var command = database.Source.CreateCommand(
            $"select view, stream, seq, why, since from {Schema}.view_held order by since, view, stream limit $1"
        );
        command.Parameters.AddWithValue(Most);
        return await command.ListAsync(
            r => new HeldStream(
                r.GetString(0),
                r.GetGuid(1),
                r.GetInt64(2),
                r.GetString(3),
                r.GetFieldValue<DateTimeOffset>(4)
            ),
            stop
        );
    }

    /// <summary>Makes their rows, where that is possible by now.</summary>
    public static async Task RetryAsync(LedgerDatabase database, CancellationToken stop)
    {
        foreach (var held in (await ListAsync(database, stop)).GroupBy(h => h.View))
            if (Registry.Find(held.Key) is { } view)
                await RetryAsync(view, [.. held.Select(h => h.Stream)], database, stop);
    }

    static async Task RetryAsync(View view, Guid[] held, LedgerDatabase database, CancellationToken stop)
    {
        await using var connection = await database.Source.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        await ViewTables.LockAsync(connection, view, stop);
        var fed = await ViewTables.SequenceAsync(connection, view, stop);
        var reader = new EventReader(database);
        var made = await ViewRows.OfAsync(view, reader, await reader.OfKindsAsync(view.Kinds, held, stop), fed, stop);
        if (made.Streams.Length == 0)
            return;
        await connection.RunAsync(ViewTables.Write(view, made), stop);
        await transaction.CommitAsync(stop);
    }
}
