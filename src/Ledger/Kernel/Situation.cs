using System.Collections.Immutable;
using Ledger.Rules;

namespace Ledger.Kernel;

/// <summary>All that a decision may know besides the command and the streams that were read: times, law, who acts,
/// reservations.</summary>
/// <param name="OccurredAt">The statutory instant of the act.</param>
/// <param name="Now">When it is decided.</param>
public sealed record Situation(DateTimeOffset OccurredAt, DateTimeOffset Now, RuleSet Rules, Acting By)
{
    public string Jurisdiction { get; init; } = Kernel.Jurisdiction.Sichuan;

    /// <summary>As which parties he acts.</summary>
    public ActingParty Self { get; init; } = ActingParty.Nobody;

    /// <summary>As which parties the second of two persons acts; nobody where one acts alone.</summary>
    public ActingParty Second { get; init; } = ActingParty.Nobody;

    /// <summary>Whether a party is certainly one of those who act: himself, or the second person.</summary>
    public bool HasWordOf(PartyRef? party) => Self.Is(party) || Second.Is(party);

    /// <summary>Whether whoever acts in one of these roles, for himself alone, does it for another: for a party that is
    /// not certainly he.</summary>
    public bool IsForAnother(Roles roles, PartyRef? party) => By.Is(roles) && !Self.Is(party);

    /// <summary>The reservations that the module named for the command; null: it has no row.</summary>
    public IReadOnlyDictionary<ReservationKey, string?> Reservations { get; init; } =
        ImmutableDictionary<ReservationKey, string?>.Empty;

    /// <summary>The day given, where only a day is known.</summary>
    public DateOnly? GivenDay { get; init; }

    /// <summary>Whose law day it is, in Shanghai.</summary>
    public DateOnly LawDay => GivenDay ?? ShanghaiDay.Of(OccurredAt);

    /// <summary>Makes ids of names; null: nothing that is decided has a name.</summary>
    public Handles? Handles { get; init; }

    /// <summary>Makes the stream's id of what has a name of its own (a code, a pair of codes): every node names it
    /// alike.</summary>
    /// <exception cref="InvalidOperationException">Nobody gave them.</exception>
    internal Handles Ids => Handles ?? throw new InvalidOperationException("There is no key that makes ids of names.");

    /// <summary>When the newest event of all that the command read occurred.</summary>
    public DateTimeOffset Newest { get; init; }

    /// <summary>Id that the command's first event will have.</summary>
    public Guid Lead { get; init; }

    /// <summary>The value of a reservation; null: it has no row.</summary>
    /// <exception cref="InvalidOperationException">Nobody named it before: a fault of the module.</exception>
    public string? ReservationOf(ReservationKey key) =>
        Reservations.TryGetValue(key, out var value)
            ? value
            : throw new InvalidOperationException($"The reservation {key.Kind} was not named before it was asked.");

    /// <summary>Whether it was named, and read.</summary>
    public bool Knows(ReservationKey key) => Reservations.ContainsKey(key);
}
