using Ledger.Kernel;
using Ledger.Store.Postgres;
using Projections;

namespace Api.Hosting;

/// <summary><c>?atLeast=LEAF</c>: a reader has their own write once the view has seen its leaf (contract.md
/// §5).</summary>
static class ReadYourWrites
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(5),
        Look = TimeSpan.FromMilliseconds(20);

    /// <summary>What a list waits that is asked by whoever has just written; then it is shown as it is.</summary>
    static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    /// <summary>Waits until the view has seen a leaf; without one, where it is awaited, a moment for the newest
    /// event.</summary>
    /// <returns>Null when it has, else what to answer.</returns>
    public static async Task<Refusal?> WaitAsync(
        LedgerDatabase database,
        View view,
        long? atLeast,
        CancellationToken stop
    )
    {
        if (atLeast is not { } leaf)
        {
            if (view.IsAwaited)
                await CaughtUpAsync(database, view, Moment, stop);
            return null;
        }
        // Where a leaf stands does not change: it is asked until it is there.
        (Guid Stream, long Sequence)? place = null;
        return await WaitAsync(
            async s =>
                (place ??= await new LeafRows(database).PlaceAsync(leaf, s)) is var (stream, sequence)
                && await HasSeenAsync(database, view, stream, sequence, s),
            leaf,
            Patience,
            stop
        );
    }

    /// <summary>Waits until the view has seen all that stands in the store now.</summary>
    public static Task<Refusal?> CaughtUpAsync(LedgerDatabase database, View view, CancellationToken stop) =>
        CaughtUpAsync(database, view, Patience, stop);

    static async Task<Refusal?> CaughtUpAsync(
        LedgerDatabase database,
        View view,
        TimeSpan within,
        CancellationToken stop
    )
    {
        var now = await Freshness.OfAsync(database, view, stop);
        return now.IsCaughtUp
            ? null
            : await WaitAsync(
                async s => (await Freshness.OfAsync(database, view, s)).Sequence >= now.Newest,
                now.Newest,
                within,
                stop
            );
    }

    static async Task<Refusal?> WaitAsync(
        Func<CancellationToken, Task<bool>> seen,
        long what,
        TimeSpan within,
        CancellationToken stop
    )
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(within);
        using var tick = new PeriodicTimer(Look);
        try
        {
            while (!await seen(patience.Token))
                await tick.WaitForNextTickAsync(patience.Token);
            return null;
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return Refusal.Of("view-behind", ("leafIndex", what));
        }
    }

    /// <summary>Whether it is held is asked once the view has come so far: the two are put on record
    /// together.</summary>
    static async Task<bool> HasSeenAsync(
        LedgerDatabase database,
        View view,
        Guid stream,
        long sequence,
        CancellationToken stop
    ) =>
        (await Freshness.OfAsync(database, view, stop)).Sequence >= sequence
        && !await HeldStreams.HoldsAsync(database, view, stream, stop);
}
