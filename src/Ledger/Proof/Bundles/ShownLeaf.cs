using System.Collections.Immutable;

namespace Ledger.Proof.Bundles;

/// <summary>A leaf of a bundle with its proof: read as far as it goes, and held against the checkpoint.</summary>
/// <param name="Name">Of its two files, without their endings.</param>
/// <param name="Hash">Of the bytes before the first tilde, in form or not; null without a file.</param>
/// <param name="Leaf">Null where it is malformed.</param>
/// <param name="Index">Null where its proof is malformed.</param>
/// <param name="Included">Whether the checkpoint's tree has it, whoever signed the checkpoint.</param>
/// <param name="Existed">The verdict.</param>
/// <param name="Faults">What is malformed.</param>
sealed record ShownLeaf(
    string Name,
    Hash? Hash,
    Leaf? Leaf,
    ulong? Index,
    bool Included,
    string Existed,
    ImmutableArray<BundleFinding> Faults
)
{
    /// <summary>Reads both files; checkpoint.txt is null where it is malformed.</summary>
    /// <param name="witnessed">Whether the policy asks for a quorum.</param>
    public static ShownLeaf Read(BundleFiles files, string name, CheckedNote? checkpoint, bool witnessed)
    {
        var faults = ImmutableArray.CreateBuilder<BundleFinding>();
        Hash? hash = null;
        Leaf? leaf = null;
        if (files.Find(name + BundleName.Leaf) is { } token)
        {
            hash = Merkle.LeafHash(BeforeTilde(token.Span));
            if (DisclosedLeaf.TryRead(token.Span, out var disclosed, out var fault))
                leaf = disclosed.Leaf;
            else
                faults.Add(new(VerdictWords.BadSignature, $"{name}{BundleName.Leaf}: {fault.Flaw} {fault.Where}"));
        }
        else
            faults.Add(new(VerdictWords.BadSignature, $"{name}{BundleName.Leaf}: no such file"));
        var proof = files.Find(name + BundleName.Proof) is { } text ? TlogProof.Read(text.Span) : null;
        if (proof is null)
            faults.Add(new(VerdictWords.BadInclusion, $"{name}{BundleName.Proof}: missing or malformed"));
        var (included, existed) = Place(hash, proof, checkpoint, witnessed);
        return new(name, hash, leaf, proof?.Index, included, existed, faults.ToImmutable());
    }

    /// <summary>In the order of proof.md §5: the note, its log and quorum, then inclusion.</summary>
    static (bool Included, string Existed) Place(Hash? hash, TlogProof? proof, CheckedNote? checkpoint, bool witnessed)
    {
        if (proof is null)
            return (false, VerdictWords.BadInclusion);
        if (checkpoint is null || proof.Note != checkpoint.Text)
            return (false, VerdictWords.BadCheckpoint);
        var tree = checkpoint.Stated;
        var included =
            hash is { } leaf && Merkle.VerifyInclusion(proof.Index, tree.Size, leaf, proof.Hashes.AsSpan(), tree.Root);
        var existed =
            checkpoint.Fault
            ?? (
                !included ? VerdictWords.BadInclusion
                : witnessed ? VerdictWords.Existed
                : VerdictWords.Unwitnessed
            );
        return (included, existed);
    }

    /// <summary>What was logged, in whatever form it is.</summary>
    public static ReadOnlySpan<byte> BeforeTilde(ReadOnlySpan<byte> token) =>
        token.IndexOf((byte)'~') is >= 0 and var end ? token[..end] : token;
}
