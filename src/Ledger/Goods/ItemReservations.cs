using System.Collections.Immutable;
using Ledger.Kernel;
using Ledger.Kernel.Identifiers;

namespace Ledger.Goods;

/// <summary>Reservations of what an item is known by.</summary>
public static class ItemReservations
{
    /// <summary>One identifier names one item, for ever.</summary>
    public static GuardKey Alias(Identifier identifier) =>
        new($"{ReservationKinds.Aliases}{identifier.Kind}", identifier.Value);

    /// <summary>Identifiers that a new item takes, each expected free.</summary>
    public static ImmutableArray<GuardChange> Taken(Guid item, IEnumerable<NamedIdentifier> identifiers) =>
        [.. identifiers.Select(i => new GuardChange(Alias(i.Identifier), null, item.ToString()))];

    /// <summary>Of the identifiers that a thing does not bear yet.</summary>
    public static IEnumerable<GuardKey> Further(RegisterItem? named, Item? item) =>
        (named?.Identifiers ?? [])
            .Where(id => item is null || !item.Identifiers.Contains(id.Ref))
            .Select(id => Alias(id.Identifier));
}
