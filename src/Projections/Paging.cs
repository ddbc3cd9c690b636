using Npgsql;

namespace Projections;

/// <summary>One page of a list: one row more than asked says whether there is a next one.</summary>
static class Paging
{
    /// <param name="command">Asks for <paramref name="limit"/> rows and one more, in the order of the cursor.</param>
    /// <param name="cursor">The place of a row in that order.</param>
    public static async Task<Page<T>> PageAsync<T>(
        this NpgsqlCommand command,
        int limit,
        Func<NpgsqlDataReader, T> read,
        Func<T, string> cursor,
        CancellationToken stop
    )
    {
        var items = new List<T>();
        await using var rows = await command.ExecuteReaderAsync(stop);
        while (await rows.ReadAsync(stop))
            items.Add(read(rows));
        if (items.Count <= limit)
            return new(items, null);
        items.RemoveAt(limit);
        return new(items, cursor(items[^1]));
    }
}
