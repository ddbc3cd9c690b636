using System.Security.Cryptography;
using Ledger.Keys;
using Ledger.Proof;
using Ledger.Store.Lane;
using Ledger.Store.Postgres;

namespace Ledger.Store.Auditing;

/// <summary>
/// Step 5: each leaf has the form of a leaf, and those that are looked at are signed by a key registered before them;
/// so are the deeds in them, over a tree that stood. Leaves about keys are always looked at.
/// </summary>
/// <param name="size">Leaves there are.</param>
/// <param name="all">Every signature; otherwise a sample and the newest.</param>
sealed class SignedLeaves(ulong size, bool all, Findings findings)
{
    /// <summary>One in so many, from a place of chance: whoever changes a leaf cannot know which.</summary>
    const int OneIn = 32;

    /// <summary>The newest leaves that are looked at one by one.</summary>
    const ulong Newest = 10_000;

    readonly RegisteredKeys keys = new();
    readonly int chosen = RandomNumberGenerator.GetInt32(OneIn);
    readonly List<(ulong Index, Guid Stream, ulong Size, Hash Root)> seen = [];

    /// <summary>Learns the keys registered left of where the audit starts.</summary>
    public async Task LearnAsync(AuditReads reads, ulong from, CancellationToken stop)
    {
        if (from == 0)
            return;
        await foreach (var (index, body) in reads.OfTypeAsync(KeyStreams.Keys.Name, from, stop))
            if (Leaf.TryRead(body, out var leaf, out _))
                TakeKey(index, leaf);
    }

    public void Look(AuditedLeaf audited)
    {
        var (index, row) = (audited.Index, audited.Row);
        if (row is null)
            return;
        if (audited.Leaf is not { } leaf)
            Tell(index, row, $"has not the form of a leaf: {audited.Fault.Flaw} {audited.Fault.Where}");
        else if (RegisteredKeys.AreToldBy(leaf))
        {
            if (TakeKey(index, leaf) is { } fault)
                Tell(index, row, fault);
        }
        else if (all || index % OneIn == (ulong)chosen || index + Newest >= size)
        {
            if (SignatureFault(index, leaf) is { } fault)
                Tell(index, row, fault);
            LookAtDeeds(index, row, leaf);
        }
    }

    /// <summary>Leaf 0 is signed by the key that it registers; no other leaf may vouch for itself.</summary>
    string? TakeKey(ulong index, Leaf leaf)
    {
        var own = index == 0 ? keys.Take(leaf) : null;
        return SignatureFault(index, leaf) ?? (index == 0 ? own : keys.Take(leaf));
    }

    string? SignatureFault(ulong index, Leaf leaf) =>
        keys.SignerOf(leaf.Jws.Kid) is not { } signer
            ? $"is signed by {leaf.Jws.Kid.ToBase64Url()}, which no leaf before it registers for leaves"
        : signer.Iss != leaf.Claims.Iss ? $"is issued by {leaf.Claims.Iss}, its key is registered by {signer.Iss}"
        : signer.FaultAt(leaf.Claims.Iat) is { } fault && index > 0
            ? $"is signed by {signer.Key.Thumbprint.ToBase64Url()}: {fault}"
        : leaf.Jws.IsBy(signer.Key) ? null
        : $"does not carry a signature of {signer.Key.Thumbprint.ToBase64Url()}";

    void LookAtDeeds(ulong index, StoredLeaf row, Leaf leaf)
    {
        if (leaf.Claims.Act.IsEmpty)
            return;
        foreach (var (result, signed) in Deeds.Check(leaf, index, keys.ForDeed))
            if (result != SignatureVerdict.Ok)
                Tell(index, row, $"holds a deed of {signed?.Deed.Role ?? "nobody"} that does not hold: {result}");
            else
                seen.Add((index, row.Stream, signed!.Deed.SeenSize, signed.Deed.SeenRoot));
    }

    /// <summary>The trees that signers of deeds say they have seen stood.</summary>
    public async Task LookAtSeenAsync(TreeReader tree, CancellationToken stop)
    {
        foreach (var (index, stream, at, root) in seen)
        {
            string? fault = null;
            try
            {
                if (await tree.RootAsync(at, stop) is var stood && stood != root)
                    fault = $"has seen root {root} at size {at}, it was {stood}";
            }
            catch (BrokenLogException error)
            {
                fault = $"has seen a tree of size {at} that is not whole: {error.Message}";
            }
            if (fault is not null)
                findings.Add(FindingKinds.LeafSignature, $"Leaf {index}: a deed's signer {fault}.", index, stream);
        }
        seen.Clear();
    }

    void Tell(ulong index, StoredLeaf row, string what) =>
        findings.Add(FindingKinds.LeafSignature, $"Leaf {index} {what}.", index, row.Stream);
}
