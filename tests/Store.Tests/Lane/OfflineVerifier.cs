using System.Text;
using Ledger.Proof;
using Ledger.Store;
using Support;

namespace Store.Tests.Lane;

/// <summary>Who holds a receipt and the log's public key, and nothing else.</summary>
sealed class OfflineVerifier
{
    readonly NoteVerifier log = NoteVerifier.Read(TestLedger.Keys.Log.Signer.Vkey)!;
    readonly Dictionary<string, Checkpoint> opened = [];

    /// <summary>Fails unless each entry's leaf lies in the tree of the signed checkpoint.</summary>
    public void Verify(Receipt receipt)
    {
        if (!opened.TryGetValue(receipt.Checkpoint, out var checkpoint))
        {
            var note = SignedNote.Open(receipt.Checkpoint, log);
            Assert.Null(note.Fault);
            checkpoint = Checkpoint.Read(note.Text!)!;
            Assert.Equal(TestLedger.Keys.Log.Origin, checkpoint.Origin);
            // One size has one root, whoever signed it and whenever.
            Assert.All(opened.Values.Where(o => o.Size == checkpoint.Size), o => Assert.Equal(o.Root, checkpoint.Root));
            opened[receipt.Checkpoint] = checkpoint;
        }
        foreach (var entry in receipt.Entries)
        {
            var leaf = Merkle.LeafHash(Encoding.ASCII.GetBytes(entry.Leaf!));
            Assert.Equal(leaf.ToBase64(), entry.LeafHash);
            Hash[] proof = [.. entry.InclusionProof.Select(p => Hash.Read(Convert.FromBase64String(p)))];
            Assert.True(
                Merkle.VerifyInclusion(entry.LeafIndex, checkpoint.Size, leaf, proof, checkpoint.Root),
                $"Leaf {entry.LeafIndex} is not in the tree of size {checkpoint.Size}."
            );
        }
    }
}
