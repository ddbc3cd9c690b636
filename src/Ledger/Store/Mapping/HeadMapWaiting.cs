using Ledger.Operations;
using Ledger.Store.Postgres;

namespace Ledger.Store.Mapping;

/// <summary>
/// Waits until a published head map covers a leaf. A map is asked for only where none that is logged covers it, and all
/// who wait share it: at most one is made each two seconds, whichever process asks (proof.md §7).
/// </summary>
/// <param name="builder">Of the process: it knows the tree that it made last.</param>
public sealed class HeadMapWaiting(LedgerNode node, HeadMapBuilder builder) : IDisposable
{
    /// <summary>The least time between two maps that are asked for.</summary>
    public static readonly TimeSpan Apart = TimeSpan.FromSeconds(2);

    /// <summary>How long whoever asks is kept waiting: for a map, its witnesses, and a busy machine.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    readonly BundleRows rows = new(node.Database);
    readonly SemaphoreSlim one = new(1, 1);

    /// <summary>Called when a map was logged: whoever publishes need not wait for his next round.</summary>
    public Action Logged { get; init; } = static () => { };

    /// <summary>Returns once the leaf is covered, or after <see cref="Longest"/>: whoever asks looks himself.</summary>
    /// <param name="index">Of the leaf.</param>
    public async Task WaitAsync(ulong index, CancellationToken stop)
    {
        var until = node.Clock.GetUtcNow() + Longest;
        while (node.State.IsGood && !await IsPublishedAsync(index, stop) && node.Clock.GetUtcNow() < until)
        {
            await AskAsync(index, stop);
            await Task.Delay(Look, node.Clock, stop);
        }
    }

    async Task<bool> IsPublishedAsync(ulong index, CancellationToken stop) =>
        await rows.CheckpointAsync(null, stop) is { } published
        && await rows.NewestMapAsync(published.Size, stop) is (_, var map)
        && (ulong)map.TreeSize > index;

    /// <summary>Where a map is logged that covers it, it only has to be published. One looks at a time: whoever comes
    /// after him sees the map that he made.</summary>
    async Task AskAsync(ulong index, CancellationToken stop)
    {
        if (!await one.WaitAsync(0, stop))
            return;
        try
        {
            var last = (await node.Reader.NewestAsync<HeadMapped>(builder.Stream, 1, stop)).FirstOrDefault();
            var isLogged = last?.Event is HeadMapped map && (ulong)map.TreeSize > index;
            var isTooSoon = node.Clock.GetUtcNow() - last?.RecordedAt < Apart;
            if (!isLogged && !isTooSoon && await builder.BuildAsync(stop) is not null)
                Logged();
        }
        finally
        {
            one.Release();
        }
    }

    public void Dispose() => one.Dispose();
}
