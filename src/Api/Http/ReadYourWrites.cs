using System.Globalization;
using Ledger.Kernel;
using Ledger.Store.Postgres;
using Projections;

namespace Api.Http;

/// <summary><c>?atLeast=LEAF</c>: a reader has their own write once the view has seen its leaf (contract.md
/// §5).</summary>
static class ReadYourWrites
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(5),
        Look = TimeSpan.FromMilliseconds(20);

    /// <summary>Waits until the view has seen the leaf that the query names; at once where it names none.</summary>
    /// <returns>Null when it has, else what to answer.</returns>
    public static async Task<Refusal?> WaitAsync(HttpContext http, LedgerDatabase database, string view)
    {
        var text = http.Request.Query["atLeast"].ToString();
        if (text.Length == 0)
            return null;
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var leaf))
            return Refusal
                .Of("query-malformed", ("name", "atLeast"), ("value", Bounds.Short(text)), ("expected", "a leaf index"))
                .At("atLeast");
        // Where a leaf stands does not change: it is asked until it is there.
        (Guid Stream, long Sequence)? place = null;
        return await WaitAsync(
            async stop =>
                (place ??= await new LeafRows(database).PlaceAsync(leaf, stop)) is var (stream, sequence)
                && await HasSeenAsync(database, Registry.Find(view)!, stream, sequence, stop),
            leaf,
            http.RequestAborted
        );
    }

    /// <summary>Waits until the view has seen all that stands in the store now.</summary>
    public static async Task<Refusal?> CaughtUpAsync(LedgerDatabase database, string view, CancellationToken stop)
    {
        var newest = (await Freshness.OfAsync(database, Registry.Find(view)!, stop)).Newest;
        return await WaitAsync(
            async s => (await Freshness.OfAsync(database, Registry.Find(view)!, s)).Sequence >= newest,
            newest,
            stop
        );
    }

    static async Task<Refusal?> WaitAsync(Func<CancellationToken, Task<bool>> seen, long what, CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(Patience);
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
        && !await HeldItems.HoldsAsync(database, view, stream, stop);
}
