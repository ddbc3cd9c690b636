using System.Collections.Immutable;
using Ledger.Kernel;
using Ledger.Kernel.Identifiers;

namespace Ledger.Goods;

/// <summary>Two things bear one identifier (套牌、克隆). It stands on both; neither leaves the country until it is
/// resolved (domain.md §7).</summary>
/// <param name="Other">The other thing.</param>
/// <param name="Evidence">Hash of what shows that there are two.</param>
public sealed record IdentityConflictRaised(IdentifierRef? Identifier, StreamRef? Other = null, string? Evidence = null)
    : LedgerEvent;

/// <summary>Somebody entitled has decided; it stands on both as well.</summary>
/// <param name="Genuine">The thing whose identifier it is.</param>
/// <param name="DecidedBy">The authority or station.</param>
public sealed record IdentityConflictResolved(
    StreamRef? Other,
    StreamRef? Genuine = null,
    string? DecidedBy = null,
    string? Evidence = null
) : LedgerEvent;

/// <summary>A conflict that stands.</summary>
/// <param name="Event">What raised it here.</param>
public sealed record IdentityConflict(Guid Other, Guid Event);

/// <summary>An identifier was bound by mistake, e.g. mistyped: it is this thing's no more. It stays bound to it all the
/// same, so that no bundle of before is made wrong.</summary>
/// <param name="Target">Id of the event that bound it.</param>
public sealed record ItemIdentifierCorrected(
    Guid? Target,
    IdentifierRef? Identifier = null,
    string? Reason = null,
    string? Evidence = null
) : LedgerEvent;

/// <summary>Catalogue lines of identifiers taken back and identity conflicts; <see cref="EventCatalog"/> gathers
/// them.</summary>
public static class IdentityEvents
{
    public static ImmutableArray<EventLine> All { get; } =
    [
        ItemEvents.Of<ItemIdentifierCorrected>("item-identifier-corrected", "标识更正", "Identifier corrected"),
        ItemEvents.Of<IdentityConflictRaised>("identity-conflict-raised", "身份冲突", "Identity in conflict") with
        {
            IsOwn = true,
        },
        ItemEvents.Of<IdentityConflictResolved>(
            "identity-conflict-resolved",
            "身份冲突已处理",
            "Identity conflict resolved"
        ) with
        {
            IsOwn = true,
        },
    ];

    internal static ImmutableArray<IdentityConflict> Evolve(ImmutableArray<IdentityConflict> standing, StoredEvent e) =>
        e.Event switch
        {
            IdentityConflictRaised { Other: { } other } => standing.Add(new(other.Id, e.EventId)),
            IdentityConflictResolved { Other: { } other } => standing.RemoveAll(c => c.Other == other.Id),
            _ => standing,
        };
}
