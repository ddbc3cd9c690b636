using System.Collections.Immutable;

namespace Ledger.Kernel;

/// <summary>The parties as whom somebody acts: himself, and whatever the roll says that markets call him. Nobody knows
/// more of who acts by a word that is no party's.</summary>
/// <param name="Parties">As events name them.</param>
/// <param name="Files">Streams on the roll.</param>
public sealed record ActingParty(ImmutableHashSet<PartyRef> Parties, ImmutableHashSet<Guid> Files)
{
    /// <summary>The roles that the roll says he holds today.</summary>
    public Roles Held { get; init; }

    public static ActingParty Nobody { get; } = new([], []);

    /// <summary>Whether a party is certainly he: not told is nobody.</summary>
    public bool Is(PartyRef? party) => party is not null && Parties.Contains(party);
}
