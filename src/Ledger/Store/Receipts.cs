using System.Collections.Immutable;
using System.Text;
using Ledger.Pipeline;
using Ledger.Proof;
using Ledger.Store.Lane;
using Ledger.Store.Postgres;

namespace Ledger.Store;

/// <summary>What proves an acknowledgement offline (contract.md §3): the checkpoint of the batch's size, and for each
/// event its leaf and the path to the root.</summary>
/// <param name="Checkpoint">A signed note of the log; not yet cosigned by others.</param>
public sealed record Receipt(string Checkpoint, ImmutableArray<ReceiptEntry> Entries);

/// <summary>One event of a receipt: its leaf, and the path from it to the root.</summary>
/// <param name="LeafHash">Base64 with padding.</param>
/// <param name="InclusionProof">The leaf's sibling first; base64 with padding.</param>
/// <param name="Leaf">The signed JWT, where it was asked for.</param>
public sealed record ReceiptEntry(
    Guid EventId,
    ulong LeafIndex,
    string LeafHash,
    ImmutableArray<string> InclusionProof,
    string? Leaf
)
{
    internal static ReceiptEntry Of(Guid id, ulong index, Hash leaf, IEnumerable<Hash> proof, byte[]? body) =>
        new(
            id,
            index,
            leaf.ToBase64(),
            [.. proof.Select(h => h.ToBase64())],
            body is null ? null : Encoding.ASCII.GetString(body)
        );
}

/// <summary>Makes receipts: of what was recorded just now from memory, of a repeat from the record, byte for byte the
/// same.</summary>
public sealed class Receipts(LedgerDatabase database, TreeReader tree, IHouseWitness houseWitness)
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    readonly LeafRows rows = new(database);
    readonly HeadRows heads = new(database);

    /// <param name="full">With the leaves themselves.</param>
    /// <returns>Null where nothing was recorded.</returns>
    public async Task<Receipt?> OfAsync(Answer.Accepted answer, bool full, CancellationToken stop) =>
        answer.EventIds.IsEmpty ? null
        : answer.Just is { } just ? Of(just, full)
        : await OfAsync(answer.EventIds, full, stop);

    static Receipt Of(WriteOutcome.Appended just, bool full) =>
        new(
            just.Batch.Checkpoint,
            [
                .. just.Command.Events.Select(
                    (e, i) =>
                        ReceiptEntry.Of(
                            e.Id,
                            just.FirstIndex + (ulong)i,
                            e.LeafHash,
                            just.Batch.Inclusion(just.FirstIndex + (ulong)i),
                            full ? e.Leaf : null
                        )
                ),
            ]
        );

    /// <summary>The receipt of events of one command, from the smallest head that covers them.</summary>
    /// <returns>Null where one of them is not on record.</returns>
    public async Task<Receipt?> OfAsync(IReadOnlyList<Guid> eventIds, bool full, CancellationToken stop)
    {
        var leaves = await rows.OfAsync(eventIds, full, stop);
        if (leaves.Count != eventIds.Count || leaves.Count == 0)
            return null;
        var (size, root) = await CoveringAsync(leaves[^1].Index, stop);
        await WitnessedAsync(size, stop);
        var entries = ImmutableArray.CreateBuilder<ReceiptEntry>(leaves.Count);
        foreach (var (id, index, hash, body) in leaves)
        {
            var proof = await tree.ResolveAsync(ProofPlan.Inclusion(index, size), size, stop);
            entries.Add(ReceiptEntry.Of(id, index, hash, proof, body));
        }
        return new(database.Log.Sign(size, root), entries.MoveToImmutable());
    }

    /// <summary>Nothing is signed for a size that the house witness has not stored: it follows a commit within
    /// moments.</summary>
    async Task WitnessedAsync(ulong size, CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(Patience);
        try
        {
            while (await houseWitness.LastAsync(patience.Token) is not { } seen || seen.Size < size)
                await Task.Delay(2, patience.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw new TimeoutException($"The house witness has not stored size {size} yet.");
        }
    }

    async Task<(ulong Size, Hash Root)> CoveringAsync(ulong index, CancellationToken stop)
    {
        var head = await heads.CoveringAsync(index, stop);
        return database.Log.Fits(head)
            ? (head.Size, head.Root)
            : throw new BrokenLogException($"The head of size {head.Size} does not carry the log's mark.");
    }
}
