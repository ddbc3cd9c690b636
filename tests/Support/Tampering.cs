using Npgsql;

namespace Support;

/// <summary>What the ledger forbids, done by the owner of the tables with the triggers off.</summary>
public static class Tampering
{
    static readonly string[] Tables =
    [
        "proof.lane",
        "proof.head",
        "proof.leaf",
        "proof.tile",
        "proof.checkpoint",
        "proof.cosigner",
        "proof.map",
        "proof.map_bucket",
        "ledger.guard",
        "ledger.mt_events",
        "ledger.mt_streams",
    ];

    public static async Task AsOwnerAsync(string connectionString, string sql)
    {
        await using var source = DatabaseServer.Source(connectionString);
        await using var connection = await source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await RunAsync(connection, string.Concat(Tables.Select(t => $"alter table {t} disable trigger user;")));
        await RunAsync(connection, sql);
        await RunAsync(connection, string.Concat(Tables.Select(t => $"alter table {t} enable trigger user;")));
        await transaction.CommitAsync();
    }

    static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
