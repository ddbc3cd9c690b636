using System.Collections.Immutable;
using Ledger.Proof;
using Ledger.Proof.Bundles;
using Ledger.Store.Postgres;

namespace Ledger.Store.Exporting;

/// <summary>Proofs of a bundle, all against its one checkpoint.</summary>
sealed class BundleProofs(LedgerNode node, PublishedNote published, BundleRows rows)
{
    /// <param name="disclosed">What to show of a leaf.</param>
    public async Task<ImmutableArray<BundleLeaf>> LeavesAsync(
        IEnumerable<LoggedLeaf> leaves,
        Func<LoggedLeaf, IEnumerable<string>> disclosed,
        CancellationToken stop
    )
    {
        var made = ImmutableArray.CreateBuilder<BundleLeaf>();
        foreach (var leaf in leaves)
            made.Add(
                new(
                    $"{leaf.Jwt}~{string.Concat(disclosed(leaf).Select(d => d + "~"))}",
                    leaf.Index,
                    [
                        .. await node.Tree.ResolveAsync(
                            ProofPlan.Inclusion(leaf.Index, published.Size),
                            published.Size,
                            stop
                        ),
                    ]
                )
            );
        return made.ToImmutable();
    }

    /// <summary>The notes that the times of leaves and map need, each with its consistency; the base of a delta
    /// with its
    /// consistency alone.</summary>
    public async Task<ImmutableArray<BundleNote>> NotesAsync(
        IEnumerable<ulong> indices,
        ulong mapped,
        ulong? since,
        CancellationToken stop
    )
    {
        var made = ImmutableArray.CreateBuilder<BundleNote>();
        foreach (var note in await rows.AroundAsync(indices, mapped, stop))
            if (note.Size < published.Size)
                made.Add(new(note.Size, note.Root, await PathAsync(note.Size, stop), note.Note));
        if (since is > 0 and var size && size < published.Size && made.All(n => n.Size != size))
            made.Add(new(size, await node.Tree.RootAsync(size, stop), await PathAsync(size, stop), null));
        return made.ToImmutable();
    }

    async Task<ImmutableArray<Hash>> PathAsync(ulong size, CancellationToken stop) =>
        [.. await node.Tree.ResolveAsync(ProofPlan.Consistency(size, published.Size), published.Size, stop)];
}
