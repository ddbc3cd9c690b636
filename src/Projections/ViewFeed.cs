using Ledger.Store.Postgres;
using Npgsql;

namespace Projections;

/// <summary>A view whose rows or place could not be written; it stands, alone, and is tried again.</summary>
public sealed record StandingView(string View, string Why);

/// <summary>How a turn of the feed ended.</summary>
/// <param name="HasMore">There is more to feed at once.</param>
public readonly record struct FeedTurn(bool HasMore, IReadOnlyList<StandingView> Standing);

/// <summary>
/// Feeds the views from the events. A page of events is read once; the streams that it touches are read and folded once
/// for all views that have come equally far; their rows and their places commit in one transaction, so that each event
/// has its effect once. One node at a time feeds them: whichever has the lock of the moment.
/// </summary>
public sealed class ViewFeed(LedgerDatabase database, TimeProvider clock)
{
    /// <summary>Events of one page.</summary>
    const int Page = 2000;

    /// <summary>A rebuild holds the lock of its view while it writes a page of its own: longer, and the view is fed
    /// alone.</summary>
    const string LockTimeout = "2s";

    /// <summary>A view that could not be written rests for so long before it is tried again.</summary>
    static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    readonly EventReader reader = new(database);
    readonly EventPages pages = new(database);
    readonly Dictionary<string, long> resting = new(StringComparer.Ordinal);

    /// <summary>One page for the views of each place.</summary>
    public async Task<FeedTurn> TurnAsync(CancellationToken stop)
    {
        var places = await ViewPlaces.ReadAsync(database, stop);
        var standing = new List<StandingView>();
        var hasMore = await BeginAgainAsync(places, standing, stop);
        foreach (
            var group in Registry
                .Views.Where(v => places.Views[v.Name] < places.Newest && !Rests(v))
                .GroupBy(v => places.Views[v.Name])
                .OrderBy(g => g.Key)
        )
            hasMore |= await FeedAsync([.. group], group.Key, places.Newest, standing, stop);
        return new(hasMore, standing);
    }

    /// <summary>A place that the store has not reached is nobody's (a restored copy, a forged row): the view would miss
    /// what comes. It is fed from the first event again; the same events give the same rows.</summary>
    async Task<bool> BeginAgainAsync(ViewPlaces places, List<StandingView> standing, CancellationToken stop)
    {
        var ahead = Registry.Views.Where(v => places.Views[v.Name] > places.Newest).ToList();
        if (ahead.Count == 0)
            return false;
        await using var connection = await database.Source.OpenConnectionAsync(stop);
        foreach (var view in ahead)
        {
            var place = places.Views[view.Name];
            await connection.RunAsync(ViewPlaces.Move([view], place, 0), stop);
            standing.Add(
                new(view.Name, $"Its place {place} is ahead of the newest event; it is fed from the first again.")
            );
        }
        return true;
    }

    bool Rests(View view) => resting.TryGetValue(view.Name, out var since) && clock.GetElapsedTime(since) < Rest;

    /// <summary>Together; where that fails because of one of them, each alone.</summary>
    async Task<bool> FeedAsync(
        View[] views,
        long from,
        long newest,
        List<StandingView> standing,
        CancellationToken stop
    )
    {
        try
        {
            return await FeedPageAsync(views, from, newest, stop);
        }
        catch (Exception error) when (error is not OperationCanceledException && !IsAway(error))
        {
            if (views.Length == 1)
            {
                resting[views[0].Name] = clock.GetTimestamp();
                standing.Add(new(views[0].Name, error.Message));
                return false;
            }
        }
        var hasMore = false;
        foreach (var view in views)
            hasMore |= await FeedAsync([view], from, newest, standing, stop);
        return hasMore;
    }

    /// <summary>The way to the database broke: no view's fault.</summary>
    static bool IsAway(Exception error) =>
        error switch
        {
            PostgresException
            {
                SqlState: PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected
            } => false,
            PostgresException { IsTransient: var transient } => transient,
            NpgsqlException { InnerException: TimeoutException } => false,
            _ => error is NpgsqlException or IOException or System.Net.Sockets.SocketException,
        };

    /// <returns>Whether the page was full; false too where another node feeds these views.</returns>
    async Task<bool> FeedPageAsync(View[] views, long from, long newest, CancellationToken stop)
    {
        await using var connection = await database.Source.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        if (!await IsMineAsync(connection, stop))
            return false;
        var page = await pages.MovedAfterAsync(views.SelectMany(v => v.Kinds), from, newest, Page, stop);
        if (page.UpTo == from)
            return false;
        var histories = await ViewRows.ReadAsync(reader, page.Streams, page.UpTo, stop);
        if (!await WriteAsync(connection, views, from, page, histories, stop))
            return false;
        await transaction.CommitAsync(stop);
        return page.IsFull;
    }

    /// <summary>The lock of the node that feeds, until the transaction ends.</summary>
    static async Task<bool> IsMineAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        await using var take = new NpgsqlCommand(
            $"select pg_try_advisory_xact_lock(hashtext('views')) and set_config('lock_timeout', '{LockTimeout}', true) is not null",
            connection
        );
        return await take.ExecuteScalarAsync(stop) is true;
    }

    /// <returns>False where a place is not what it was: another node was faster.</returns>
    static async Task<bool> WriteAsync(
        NpgsqlConnection connection,
        View[] views,
        long from,
        MovedStreams page,
        ReadHistories histories,
        CancellationToken stop
    )
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(ViewPlaces.Move(views, from, page.UpTo));
        if (page.Streams.Length > 0)
            foreach (var view in views)
            {
                var made = ViewRows.Of(view, histories);
                if (made.Streams.Length > 0)
                    batch.BatchCommands.Add(ViewTables.Write(view, made));
                if (made.Failed.Count > 0)
                    batch.BatchCommands.Add(HeldStreams.Hold(view, page.UpTo, made.Failed));
            }
        await batch.ExecuteNonQueryAsync(stop);
        return batch.BatchCommands[0].RecordsAffected == views.Length;
    }
}
