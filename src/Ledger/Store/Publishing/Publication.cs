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

    volatile TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Somebody waits for what was logged just now: the next round begins at once.</summary>
    public void Ask() => asked.TrySetResult();

    /// <summary>Waits until somebody asks, or the next round is due.</summary>
    internal async Task AskedAsync(Task next)
    {
        await Task.WhenAny(asked.Task, next);
        if (asked.Task.IsCompleted)
            asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
