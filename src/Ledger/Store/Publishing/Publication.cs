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
}
