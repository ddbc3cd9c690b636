using System.Collections.Immutable;
using Ledger.Kernel;
using Ledger.Kernel.Identifiers;

namespace Ledger.Goods;

/// <summary>Reservations of what an item is known by.</summary>
public static class ItemReservations
{
    /// <summary>One identifier names one item, for ever.</summary>
    public static ReservationKey Alias(Identifier identifier) =>
        new($"{ReservationKinds.Aliases}{identifier.Kind}", identifier.Value);

    /// <summary>Identifiers that a new item takes, each expected free.</summary>
    public static ImmutableArray<ReservationChange> Taken(Guid item, IEnumerable<NamedIdentifier> identifiers) =>
        [.. identifiers.Select(i => new ReservationChange(Alias(i.Identifier), null, item.ToString()))];

    /// <summary>Whose some identifiers are; null: nobody's. A refusal where they are two things'.</summary>
    public static (string? Holder, Refusal? Refusal) HolderOf(IEnumerable<NamedIdentifier> identifiers, Situation s) =>
        identifiers.Select(i => s.ReservationOf(Alias(i.Identifier))).OfType<string>().Distinct().ToList() switch
        {
            [] => (null, null),
            [var one] => (one, null),
            _ => (
                null,
                Refusal
                    .Of("identifiers-of-two-items", ("value", string.Join(' ', identifiers.Select(i => i.Identifier))))
                    .At("identifiers")
            ),
        };

    /// <summary>Of the identifiers that a thing does not bear yet.</summary>
    public static IEnumerable<ReservationKey> Further(RegisterItem? named, Item? item) =>
        (named?.Identifiers ?? [])
            .Where(id => item is null || !item.Identifiers.Contains(id.Ref))
            .Select(id => Alias(id.Identifier));
}
