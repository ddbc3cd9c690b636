namespace Ledger.Store.Publishing;

/// <summary>What one node serves of its log, put together.</summary>
public sealed class Publication
{
    public Publication(LedgerNode node, PublishingSettings settings)
    {
        Settings = settings;
        Log = new(node.Database, new(settings.LogFolder));
        Tiles = new(node.Database, node.Tree, Log);
        Proofs = new(node, Log);
    }

    public PublishingSettings Settings { get; }
    public PublishedLog Log { get; }
    public LogTiles Tiles { get; }
    public LeafProofs Proofs { get; }

    TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Somebody waits for what was logged just now: the next round begins at once.</summary>
    public void Ask() => asked.TrySetResult();

    /// <summary>Waits until somebody asks, and no longer than from one round to the next.</summary>
    internal async Task NextAsync(TimeSpan most, CancellationToken stop)
    {
        await Task.WhenAny(asked.Task, Task.Delay(most, stop));
        stop.ThrowIfCancellationRequested();
        if (asked.Task.IsCompleted)
            asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
