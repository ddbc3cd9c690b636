using Ledger.Proof;

namespace Ledger.Store.Exporting;

/// <summary>A leaf as it is stored, and read.</summary>
sealed record LoggedLeaf(ulong Index, long N, Guid EventId, Leaf Parsed, string Jwt)
{
    public LeafClaims Claims => Parsed.Claims;
}

/// <summary>A published checkpoint: the first note of its size.</summary>
sealed record PublishedNote(ulong Size, Hash Root, string Note);
