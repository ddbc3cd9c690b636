using Ledger.Store.Postgres;
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
    ) => Page.Of(await command.ListAsync(read, stop), limit, cursor);
}
