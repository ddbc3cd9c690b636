using Npgsql;
using NpgsqlTypes;

namespace Ledger.Store.Postgres;

/// <summary>Statements and their parameters, in fewer words.</summary>
public static class Sql
{
    public static NpgsqlParameter Array<T>(IEnumerable<T> values, NpgsqlDbType type) =>
        new() { Value = values as T[] ?? [.. values], NpgsqlDbType = NpgsqlDbType.Array | type };

    /// <summary>Takes each row of the next result.</summary>
    public static async Task NextAsync(
        this NpgsqlDataReader rows,
        Action<NpgsqlDataReader> take,
        CancellationToken stop
    )
    {
        await rows.NextResultAsync(stop);
        while (await rows.ReadAsync(stop))
            take(rows);
    }

    /// <summary>All rows of a statement, in their order.</summary>
    public static async Task<List<T>> ListAsync<T>(
        this NpgsqlCommand command,
        Func<NpgsqlDataReader, T> read,
        CancellationToken stop
    )
    {
        var found = new List<T>();
        await using var rows = await command.ExecuteReaderAsync(stop);
        while (await rows.ReadAsync(stop))
            found.Add(read(rows));
        return found;
    }

    public static NpgsqlBatchCommand Command(string sql, params ReadOnlySpan<NpgsqlParameter> parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters)
            command.Parameters.Add(parameter);
        return command;
    }

    /// <summary>Runs one statement of a batch alone.</summary>
    public static async Task RunAsync(
        this NpgsqlConnection connection,
        NpgsqlBatchCommand statement,
        CancellationToken stop
    )
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(statement);
        await batch.ExecuteNonQueryAsync(stop);
    }
}
