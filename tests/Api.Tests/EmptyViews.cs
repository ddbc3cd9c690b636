using Npgsql;
using Support;

namespace Api.Tests;

/// <summary>Views that have seen nothing yet, over a log that is there: as after a restore or a new release.</summary>
static class EmptyViews
{
    /// <summary>Empties every view, sets its place before the first event, and waits until all have seen all.</summary>
    /// <returns>The place of the newest event.</returns>
    public static async Task<long> FeedAgainAsync(TestService service, CancellationToken stop)
    {
        await using (var connection = await service.Database.Source.OpenConnectionAsync(stop))
        await using (var transaction = await connection.BeginTransactionAsync(stop))
        {
            // The feed holds the lock of its turn to the end of its transaction: no page is half written here.
            await RunAsync(connection, "select pg_advisory_xact_lock(hashtext('views'))", stop);
            foreach (var view in Projections.Registry.Views)
                await RunAsync(
                    connection,
                    $"""
                    do $empty$ begin
                        execute (select format('truncate ledger.%I', '{view.Name}_g' || current)
                            from ledger.view where name = '{view.Name}');
                    end $empty$;
                    update ledger.mt_event_progression set last_seq_id = 0 where name = '{Projections.Registry.Place(
                        view
                    )}';
                    """,
                    stop
                );
            await transaction.CommitAsync(stop);
        }
        await service.CaughtUpAsync();
        return (await Projections.Freshness.OfAsync(service.Database, Projections.Registry.Views[0], stop)).Newest;
    }

    static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(stop);
    }
}
