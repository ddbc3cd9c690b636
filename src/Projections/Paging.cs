using Npgsql;

namespace Projections;

/// <summary>One page of a list: one row more than asked says whether there is a next one.</summary>
static class Paging
{
    /// <summary>All rows, in their order.</summary>
    public static async Task<List<T>> ListAsync<T>(
        this NpgsqlCommand command,
        Func<NpgsqlDataReader, T> read,
        CancellationToken stop
    )
    {
        var items = new List<T>();
        await using var rows = await command.ExecuteReaderAsync(stop);
        while (await rows.ReadAsync(stop))
            items.Add(read(rows));
        return items;
    }

    /// <param name="command">Asks for <paramref name="limit"/> rows and one more, in the order of the cursor.</param>
    /// <param name="cursor">The place of a row in that order.</param>
    public static async Task<Page<T>> PageAsync<T>(
        this NpgsqlCommand command,
        int limit,
        Func<NpgsqlDataReader, T> read,
        Func<T, string> cursor,
        CancellationToken stop
    ) => Page.Of(await command.ListAsync(read, stop), limit, cursor);
}
