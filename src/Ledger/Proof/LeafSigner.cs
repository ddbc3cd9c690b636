using System.Buffers.Text;
using System.Collections.Immutable;

namespace Ledger.Proof;

/// <summary>A leaf as it is logged.</summary>
/// <param name="Jwt">The logged bytes: ASCII, at most <see cref="Leaf.Longest"/>.</param>
/// <param name="LeafHash">SHA-256(0x00 ‖ jwt).</param>
/// <param name="Disclosures">What opens its digests; never logged.</param>
public sealed record SignedLeaf(byte[] Jwt, Hash LeafHash, ImmutableArray<string> Disclosures)
{
    /// <summary><c>jwt~d1~d2~</c> with all disclosures.</summary>
    public override string ToString() => SdJwt.Join(Jwt, Disclosures);
}

/// <summary>An event with all that it says is longer than a leaf may be.</summary>
/// <param name="length">Bytes of the leaf it would have been.</param>
public sealed class LeafTooLongException(int length)
    : Exception($"A leaf has at most {Leaf.Longest} bytes, not {length}.")
{
    public int Length => length;
}

/// <summary>An event says what no reader of its leaf would take, e.g. a number beyond 2⁵³−1: nobody signs
/// it.</summary>
public sealed class LeafFlawException(JsonFlaw flaw) : Exception($"No reader takes such a leaf: {flaw}.")
{
    public JsonFlaw Flaw => flaw;
}

/// <summary>Writes and signs leaves with one key of the issuer. Thread-safe.</summary>
public sealed class LeafSigner(Ed25519Key key)
{
    /// <summary>The one <c>typ</c> of leaves.</summary>
    public const string Typ = "trade-event+sd-jwt";

    readonly byte[] header = Base64Url.EncodeToUtf8(CompactJws.Header(Jwk.OfEd25519(key.PublicKey), Typ));

    /// <summary>The leaf of some claims: the same claims give the same bytes.</summary>
    /// <exception cref="ArgumentException">A claim that no reader would take.</exception>
    /// <exception cref="LeafFlawException">Said or judged hold what no reader takes.</exception>
    /// <exception cref="LeafTooLongException">More than <see cref="Leaf.Longest"/> bytes.</exception>
    public SignedLeaf Sign(LeafClaims claims, Disclosures disclosures)
    {
        LeafWriter.Check(claims);
        using var leaf = new Utf8Builder();
        using (var payload = new Utf8Builder())
        {
            LeafWriter.WritePayload(payload, claims, disclosures);
            // The byte in front makes the leaf hash one call over what is written anyway.
            leaf.Add([0]);
            leaf.Add(header);
            leaf.Add("."u8);
            leaf.AddBase64Url(payload.Written);
        }
        var signature = key.Sign(leaf.Written[1..]);
        leaf.Add("."u8);
        leaf.AddBase64Url(signature);
        var jwt = leaf.Written[1..].ToArray();
        if (jwt.Length > Leaf.Longest)
            throw new LeafTooLongException(jwt.Length);
        return new(jwt, Hash.Of(leaf.Written), disclosures.Encoded);
    }
}
