using Ledger.Store.Postgres;
using Npgsql;
using Support;

namespace Faults;

/// <summary>Reads what is stored, with nothing of the ledger's own reading.</summary>
static class Ledgers
{
    public static async Task<Stored> ReadAsync(string connection)
    {
        await using var source = NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(connection) { Pooling = false, CommandTimeout = 300 }
        );
        var ids = new HashSet<Guid>();
        var marks = new List<string>();
        await using (
            var command = source.CreateCommand(
                $"select id, coalesce(data->>'model', data->>'work', data->>'desk') from {LedgerDatabase.Schema}.mt_events"
            )
        )
        await using (var rows = await command.ExecuteReaderAsync())
            while (await rows.ReadAsync())
            {
                ids.Add(rows.GetGuid(0));
                if (!rows.IsDBNull(1))
                    marks.Add(rows.GetString(1));
            }
        return new(
            ids,
            marks,
            await CountAsync(source, "select count(*) from proof.leaf"),
            await CountAsync(source, "select max(idx) from proof.leaf"),
            await CountAsync(source, $"select count(*) from {LedgerDatabase.Schema}.mt_events"),
            await CountAsync(
                source,
                $"""
                select count(*) from (select stream_id from {LedgerDatabase.Schema}.mt_events group by stream_id
                    having max(version) <> count(*) or min(version) <> 1) holes
                """
            )
        );
    }

    static async Task<long> CountAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Ends the current file of PostgreSQL's log, and with luck the server.</summary>
    public static async Task SwitchLogAsync(string connection)
    {
        for (var tries = 0; tries < 20; tries++)
            try
            {
                await using var source = NpgsqlDataSource.Create(
                    $"{connection};Pooling=false;Timeout=3;Command Timeout=3"
                );
                await using var turn = source.CreateCommand("select pg_switch_wal()");
                await turn.ExecuteScalarAsync();
            }
            catch (NpgsqlException)
            {
                return;
            }
    }

    /// <summary>A data folder with the test keys, so that receipts can be verified here.</summary>
    public static string Folder(string root, string name)
    {
        var data = Path.Combine(root, name);
        TestLedger.WriteFolder(data);
        return data;
    }
}
