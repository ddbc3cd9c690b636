using Npgsql;

namespace Ledger.Store.Postgres;

/// <summary>A node's turn to publish: of the nodes on one database one has it, as long as its session lives.</summary>
sealed class PublisherTurn : IAsyncDisposable
{
    /// <summary>Number of the advisory lock: one publisher a database.</summary>
    const long Number = 0x4C65_6450_7562;

    readonly NpgsqlConnection connection;

    PublisherTurn(NpgsqlConnection connection) => this.connection = connection;

    /// <returns>Null where another node has it.</returns>
    public static async Task<PublisherTurn?> TakeAsync(LedgerDatabase database, CancellationToken stop)
    {
        var turn = new PublisherTurn(await database.Turns.OpenConnectionAsync(stop));
        try
        {
            await using var take = new NpgsqlCommand($"select pg_try_advisory_lock({Number})", turn.connection);
            if (await take.ExecuteScalarAsync(stop) is true)
                return turn;
        }
        catch
        {
            await turn.DisposeAsync();
            throw;
        }
        await turn.DisposeAsync();
        return null;
    }

    /// <inheritdoc cref="HeadRows.NewestAsync"/>
    public Task<(Head Head, DateTimeOffset? Waiting)> NewestHeadAsync(ulong published, CancellationToken stop) =>
        HeadRows.NewestAsync(connection, published, stop);

    /// <inheritdoc cref="HeadRows.OfAsync"/>
    public Task<Head?> HeadAsync(ulong size, CancellationToken stop) => HeadRows.OfAsync(connection, size, stop);

    /// <inheritdoc cref="CosignerRows.BarrierAsync"/>
    public Task BarrierAsync(string vkey, ulong size, CancellationToken stop) =>
        CosignerRows.BarrierAsync(connection, vkey, size, stop);

    /// <summary>Ends the turn; a session that broke has lost it already.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await connection.DisposeAsync();
        }
        catch (Exception error) when (error is NpgsqlException or IOException or TimeoutException)
        {
            // It is gone, and its lock with it.
        }
    }
}
