using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Ledger.Proof;

/// <summary>What a leaf says in clear (proof.md §6). Empty is absent.</summary>
/// <remarks>Nothing of a person stands here: that is what <see cref="Disclosures"/> are for.</remarks>
public sealed record LeafClaims
{
    /// <summary>Every name a leaf may use, in the order they are written. None of them can be disclosed.</summary>
    public static readonly FrozenSet<string> Names = FrozenSet.ToFrozenSet(
        [
            "iss",
            "iat",
            "jti",
            "evt",
            "at",
            "item",
            "n",
            "prev",
            "ids",
            "said",
            "judged",
            "docs",
            "ref",
            "act",
            "_sd_alg",
            "_sd",
        ],
        StringComparer.Ordinal
    );

    /// <summary>URL of the issuing organisation.</summary>
    public required string Iss { get; init; }

    /// <summary>Signing time, Unix seconds.</summary>
    public required long Iat { get; init; }

    /// <summary>The event's id.</summary>
    public required Guid Jti { get; init; }

    /// <summary>Wire name with version, e.g. <c>item-listed.v1</c>.</summary>
    public required string Evt { get; init; }

    /// <summary>Time of the deed, whole milliseconds.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>Handle of the stream.</summary>
    public required Hash Item { get; init; }

    /// <summary>1, 2, 3 … = stream version.</summary>
    public required long N { get; init; }

    /// <summary>Leaf hash of n − 1; 32 zero bytes where n is 1.</summary>
    public required Hash Prev { get; init; }

    /// <summary>Identifier handles that this leaf binds.</summary>
    public ImmutableArray<Hash> Ids { get; init; } = [];

    /// <summary>What the acting party states: one JSON object in UTF-8 without white space, strings NFC, integers
    /// only. It is written as it is.</summary>
    public required ReadOnlyMemory<byte> Said { get; init; }

    /// <summary>What the ledger adds: as <see cref="Said"/>; empty where there is nothing.</summary>
    public ReadOnlyMemory<byte> Judged { get; init; }

    public ImmutableArray<LeafDocument> Docs { get; init; } = [];

    /// <summary>Leaves of other chains that this one depends on.</summary>
    public ImmutableArray<LeafReference> Ref { get; init; } = [];

    /// <summary>Deeds of the parties, compact JWS, at most four.</summary>
    public ImmutableArray<string> Act { get; init; } = [];
}

/// <summary>A document that a leaf refers to.</summary>
/// <param name="H">SHA-256 of nonce and bytes; of a credential, of its JWT.</param>
/// <param name="Mt">Media type.</param>
/// <param name="Sz">Size in bytes.</param>
public readonly record struct LeafDocument(Hash H, string Mt, long Sz);

/// <summary>A leaf of another chain.</summary>
/// <param name="Jti">Its id.</param>
/// <param name="H">Its leaf hash.</param>
public readonly record struct LeafReference(Guid Jti, Hash H);
