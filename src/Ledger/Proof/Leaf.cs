using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Ledger.Proof;

/// <summary>What is wrong with a leaf.</summary>
public enum LeafFlaw
{
    None,

    /// <summary>The JWS; where: a <see cref="JwsFlaw"/>.</summary>
    Jws,

    /// <summary>The payload is not an object in strict JSON; where: a <see cref="JsonFlaw"/>.</summary>
    Json,

    /// <summary>A claim outside the table of proof.md §6; where: its name.</summary>
    UnknownClaim,

    /// <summary>A claim that every leaf has is not there; where: its name.</summary>
    MissingClaim,

    /// <summary>A claim of another shape than the table says; where: its name.</summary>
    ClaimShape,

    /// <summary>The disclosures beside it; where: an <see cref="SdJwtFlaw"/>.</summary>
    Disclosure,
}

/// <summary>Why a text is no leaf, and where.</summary>
public readonly record struct LeafFault(LeafFlaw Flaw, string Where);

/// <summary>
/// A leaf as an outsider reads it from its logged bytes (proof.md §6): strictly formed, and nothing more. Whether it
/// was signed by a key that was registered for it (<see cref="CompactJws.IsBy"/>), and whether it is in the log, is
/// the verifier's to find.
/// </summary>
public sealed record Leaf
{
    /// <summary>Bytes of the longest leaf.</summary>
    public const int Longest = 16_384;

    /// <summary>SHA-256(0x00 ‖ jwt).</summary>
    public required Hash LeafHash { get; init; }

    /// <summary>Kid, signing input and signature.</summary>
    public required CompactJws Jws { get; init; }

    /// <summary>All claims; <see cref="LeafClaims.Said"/> and <see cref="LeafClaims.Judged"/> are the bytes as
    /// signed.</summary>
    public required LeafClaims Claims { get; init; }

    /// <summary>The claim <c>said</c>, an object.</summary>
    public required JsonElement Said { get; init; }

    /// <summary>The claim <c>judged</c>, an object; null where it is absent.</summary>
    public JsonElement? Judged { get; init; }

    /// <summary>The claim <c>_sd</c>, as text.</summary>
    public required ImmutableArray<string> Sd { get; init; }

    /// <summary>The whole payload, for opening disclosures.</summary>
    internal JsonElement Payload { get; init; }

    /// <summary>Reads logged bytes; the signature is not verified.</summary>
    public static bool TryRead(ReadOnlySpan<byte> jwt, [NotNullWhen(true)] out Leaf? leaf, out LeafFault fault)
    {
        leaf = null;
        if (!CompactJws.TryRead(jwt, LeafSigner.Typ, out var jws, out var jwsFlaw, Longest))
            fault = new(LeafFlaw.Jws, $"{jwsFlaw}");
        else if (jws.Alg != Jwk.EdDsa)
            fault = new(LeafFlaw.Jws, nameof(JwsFlaw.Algorithm));
        else if (!StrictJson.TryRead(jws.Payload, JsonRules.Leaf, out var payload, out var jsonFlaw))
            fault = new(LeafFlaw.Json, $"{jsonFlaw}");
        else if (payload.ValueKind != JsonValueKind.Object)
            fault = new(LeafFlaw.Json, nameof(JsonFlaw.Grammar));
        else
            leaf = new LeafReader(payload).Read(Merkle.LeafHash(jwt), jws, out fault);
        return leaf is not null;
    }
}
