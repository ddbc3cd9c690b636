using Ledger.Proof;
using Npgsql;
using NpgsqlTypes;

namespace Ledger.Store.Postgres;

/// <summary>What each witness cosigned last.</summary>
sealed class CosignerRows(LedgerDatabase database)
{
    readonly NpgsqlDataSource source = database.Source;

    /// <summary>Key of a witness, and the size it cosigned.</summary>
    public async Task<List<(string Vkey, ulong Size)>> AllAsync(CancellationToken stop)
    {
        await using var command = source.CreateCommand("select vkey, last_size from proof.cosigner");
        return await command.ListAsync(row => (row.GetString(0), (ulong)row.GetInt64(1)), stop);
    }

    /// <summary>Remembers that these cosigned a size.</summary>
    public async Task SaveAsync(IEnumerable<Proof.Witness> cosigned, ulong size, CancellationToken stop)
    {
        await using var connection = await source.OpenConnectionAsync(stop);
        foreach (var witness in cosigned)
        {
            await using var command = Row(connection, witness.Name, witness.Url ?? "", witness.Key.Key.Vkey, size);
            await command.ExecuteNonQueryAsync(stop);
        }
    }

    /// <summary>
    /// The barrier (proof.md §4): a commit of our own on the same server, waited for without a limit. The log is
    /// written in order, so every commit before it is as durable as this one is. It is the house witness's row, which
    /// is small, always there, and not one of the tables that only grow.
    /// </summary>
    /// <exception cref="TimeoutException">The server says that the commit may not have reached its standby.</exception>
    public static async Task BarrierAsync(NpgsqlConnection connection, string vkey, ulong size, CancellationToken stop)
    {
        var warned = false;
        void Warned(object sender, NpgsqlNoticeEventArgs notice) => warned = true;
        connection.Notice += Warned;
        try
        {
            await using var transaction = await connection.BeginTransactionAsync(stop);
            await using (var durable = new NpgsqlCommand("set local synchronous_commit = on", connection))
                await durable.ExecuteNonQueryAsync(stop);
            await using (var row = Row(connection, NoteKey.Read(vkey)!.Name, "", vkey, size))
                await row.ExecuteNonQueryAsync(stop);
            await transaction.CommitAsync(stop);
        }
        finally
        {
            connection.Notice -= Warned;
        }
        if (warned)
            throw new TimeoutException("The commit came back with a notice: it may not be durable everywhere.");
    }

    /// <summary>It only grows. A witness that comes with another key under its old name is asked from the start; it
    /// answers where it stands.</summary>
    static NpgsqlCommand Row(NpgsqlConnection connection, string name, string url, string vkey, ulong size) =>
        new(
            """
            insert into proof.cosigner (name, url, vkey, last_size) values ($1, $2, $3, $4)
            on conflict (name) do update set last_size = greatest(cosigner.last_size, excluded.last_size)
            """,
            connection
        )
        {
            Parameters =
            {
                new() { Value = name, NpgsqlDbType = NpgsqlDbType.Text },
                new() { Value = url, NpgsqlDbType = NpgsqlDbType.Text },
                new() { Value = vkey, NpgsqlDbType = NpgsqlDbType.Text },
                new() { Value = (long)size, NpgsqlDbType = NpgsqlDbType.Bigint },
            },
        };
}
