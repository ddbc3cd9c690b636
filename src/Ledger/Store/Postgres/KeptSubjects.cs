using Ledger.Store.Vault;
using Npgsql;
using NpgsqlTypes;

namespace Ledger.Store.Postgres;

/// <summary>
/// Subjects that a prepared command names for the first time go on record before its event does: the deed that is
/// signed covers digests, and their salts follow from the subjects' keys. Under the lane's lock, since the lane judges
/// whether a subject is new.
/// </summary>
static class KeptSubjects
{
    /// <returns>False where another command was first with one of them: prepare anew.</returns>
    public static async Task<bool> KeepAsync(
        LedgerDatabase database,
        IReadOnlyCollection<SubjectRow> subjects,
        DateTimeOffset at,
        CancellationToken stop
    )
    {
        if (subjects.Count == 0)
            return true;
        await using var connection = await database.Lane.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        await LaneLock.TakeAsync(connection, stop);
        if (await AreTakenAsync(connection, subjects, stop))
            return false;
        await using var batch = new NpgsqlBatch(connection, transaction);
        void Add(string sql, params ReadOnlySpan<NpgsqlParameter> parameters) =>
            batch.BatchCommands.Add(Sql.Command(sql, parameters));
        BatchWrites.AddSubjects(Add, subjects, at);
        await batch.ExecuteNonQueryAsync(stop);
        await transaction.CommitAsync(stop);
        return true;
    }

    static async Task<bool> AreTakenAsync(
        NpgsqlConnection connection,
        IReadOnlyCollection<SubjectRow> subjects,
        CancellationToken stop
    )
    {
        await using var look = new NpgsqlCommand(
            """
            select exists (select from vault.subject_key where subject_id = any($1))
                or exists (select from vault.blind_index where kind = $2 and mac = any($3))
            """,
            connection
        );
        look.Parameters.Add(Sql.Array(subjects.Select(s => s.Subject), NpgsqlDbType.Uuid));
        look.Parameters.AddWithValue(PersonalVault.Party);
        look.Parameters.Add(
            Sql.Array(
                subjects.SelectMany(s => s.Blind).Where(b => b.Kind == PersonalVault.Party).Select(b => b.Mac),
                NpgsqlDbType.Bytea
            )
        );
        return await look.ExecuteScalarAsync(stop) is true;
    }
}
