using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Ledger.Proof;

/// <summary>A leaf with the facts that its bearer discloses, each found among its digests (proof.md §6).</summary>
/// <param name="Leaf">The leaf.</param>
/// <param name="Disclosures">In the bearer's order; all have a name.</param>
public sealed record DisclosedLeaf(Leaf Leaf, ImmutableArray<Disclosure> Disclosures)
{
    /// <summary>Reads <c>jwt~d1~d2~</c>; the signature is not verified.</summary>
    public static bool TryRead(
        ReadOnlySpan<byte> text,
        [NotNullWhen(true)] out DisclosedLeaf? disclosed,
        out LeafFault fault
    )
    {
        disclosed = null;
        if (!SdJwt.TryRead(text, out var token, out var flaw))
        {
            fault = new(LeafFlaw.Disclosure, $"{flaw}");
            return false;
        }
        if (!Leaf.TryRead(token.Jwt, out var leaf, out fault))
            return false;
        flaw = FlawIn(token, leaf);
        if (flaw == SdJwtFlaw.None)
            disclosed = new(leaf, token.Disclosures);
        else
            fault = new(LeafFlaw.Disclosure, $"{flaw}");
        return disclosed is not null;
    }

    /// <summary>Stricter than any SD-JWT: digests stand at the top level only, and no claim of the table can be
    /// disclosed, even where the leaf lacks it.</summary>
    static SdJwtFlaw FlawIn(SdJwt token, Leaf leaf)
    {
        foreach (var disclosure in token.Disclosures)
        {
            if (disclosure.Name is { } name && LeafClaims.Names.Contains(name))
                return SdJwtFlaw.NameExists;
            if (SdJwt.HoldsReservedName(disclosure.Value))
                return SdJwtFlaw.ReservedName;
        }
        token.TryOpen(leaf.Payload, out _, out var flaw);
        return flaw;
    }
}
