using System.Data;
using Ledger.Kernel;
using Npgsql;
using NpgsqlTypes;

namespace Ledger.Store.Guarding;

/// <summary>Looks at the guard rows of streams that moved: what their own events say must stand there. Rows that
/// several
/// streams share are held against each one's part; whether they hold more than that only an audit finds.</summary>
public sealed class MovedGuards(LedgerDatabase database)
{
    const int Page = 500;
    const string Schema = LedgerDatabase.Schema;

    /// <param name="from">First leaf whose streams are looked at.</param>
    /// <param name="to">The first one that is not.</param>
    /// <returns>Streams of which a row does not fit, in order, each with what was found.</returns>
    public async Task<SortedDictionary<Guid, string>> WrongAsync(long from, long to, CancellationToken stop)
    {
        var wrong = new SortedDictionary<Guid, string>();
        foreach (var noun in ReservationSteps.Kinds)
        foreach (var page in (await MovedAsync(noun, from, to, stop)).Chunk(Page))
            await LookAsync(noun, page, wrong, stop);
        return wrong;
    }

    async Task LookAsync(Noun noun, Guid[] page, SortedDictionary<Guid, string> wrong, CancellationToken stop)
    {
        var comparison = new GuardComparison(database, (what, stream) => wrong.TryAdd(stream ?? default, what));
        await using var connection = await database.Source.OpenConnectionAsync(stop);
        await using var moment = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, stop);
        var seq = await GuardComparison.SequenceAsync(connection, stop);
        var made = (await comparison.StepsAsync(noun, page, seq, stop))
            .GroupBy(s => (s.Stream, s.Step.Kind, Key: Convert.ToHexStringLower(s.Step.Key)))
            .Select(g =>
                (
                    g.Key.Stream,
                    g.Key.Kind,
                    g.First().Step.Key,
                    Mine: g.Aggregate((string?)null, (row, s) => s.Step.After(row))
                )
            )
            .ToList();
        var stored = await RowsAsync(connection, [.. made.Select(m => (m.Kind, m.Key))], stop);
        for (var i = 0; i < made.Count; i++)
            if (!Fits(made[i].Kind, stored[i], made[i].Mine))
                wrong.TryAdd(
                    made[i].Stream,
                    GuardAudit.Say(new(made[i].Kind, Proof.Hash.Read(made[i].Key), stored[i], made[i].Mine, null))
                );
    }

    static bool Fits(string kind, string? row, string? mine) =>
        ReservationKinds.Of(kind).Holds is not { } holds ? row == mine : mine is null || holds(row, mine);

    static async Task<string?[]> RowsAsync(
        NpgsqlConnection connection,
        (string Kind, byte[] Key)[] keys,
        CancellationToken stop
    )
    {
        var found = new string?[keys.Length];
        await using var command = new NpgsqlCommand(
            $"""
            select k.i, g.value from unnest($1, $2) with ordinality as k(kind, key, i)
            join {Schema}.guard g on g.kind = k.kind and g.key = k.key
            """,
            connection
        );
        command.Parameters.Add(Sql.Array(keys.Select(k => k.Kind), NpgsqlDbType.Text));
        command.Parameters.Add(Sql.Array(keys.Select(k => k.Key), NpgsqlDbType.Bytea));
        await using var rows = await command.ExecuteReaderAsync(stop);
        while (await rows.ReadAsync(stop))
            found[rows.GetInt64(0) - 1] = rows.GetString(1);
        return found;
    }

    async Task<List<Guid>> MovedAsync(Noun noun, long from, long to, CancellationToken stop)
    {
        await using var command = database.Source.CreateCommand(
            $"""
            select distinct l.stream_id from proof.leaf l join {Schema}.mt_streams s on s.id = l.stream_id
            where l.idx >= $1 and l.idx < $2 and s.type = $3 order by 1
            """
        );
        command.Parameters.AddWithValue(from);
        command.Parameters.AddWithValue(to);
        command.Parameters.AddWithValue(LedgerDatabase.StreamAlias(noun));
        var found = new List<Guid>();
        await using var rows = await command.ExecuteReaderAsync(stop);
        while (await rows.ReadAsync(stop))
            found.Add(rows.GetGuid(0));
        return found;
    }
}
