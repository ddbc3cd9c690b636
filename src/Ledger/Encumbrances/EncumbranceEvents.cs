using System.Collections.Immutable;
using Ledger.Goods;
using Ledger.Kernel;

namespace Ledger.Encumbrances;

/// <summary>A lender, a lessor or customs registered a lien on the item: trade and export stop until it is released,
/// but for a deal that its holder consents to (domain.md §4.4).</summary>
/// <param name="Holder">Who may release it.</param>
/// <param name="Since">Shanghai day.</param>
/// <param name="Until">Shanghai day; the lien stands after it until it is released.</param>
public sealed record EncumbranceRegistered(
    Guid? EncumbranceId = null,
    EncumbranceKind? Kind = null,
    PartyRef? Holder = null,
    DateOnly? Since = null,
    DateOnly? Until = null
) : LedgerEvent
{
    public override LedgerEvent WithParties(Func<PartyRef, PartyRef> map) =>
        this with
        {
            Holder = PartyRef.Map(Holder, map),
        };
}

/// <summary>The holder released a lien; with the last one the item is clear.</summary>
/// <param name="EncumbranceId">Null, as of another register: the oldest one that is open.</param>
public sealed record EncumbranceReleased(Guid? EncumbranceId = null, string? Reason = null) : LedgerEvent;

/// <summary>The holder of a lien extended its term to another day.</summary>
public sealed record EncumbranceExtended(Guid? EncumbranceId = null, DateOnly? Until = null) : LedgerEvent;

/// <summary>A leased item has another lessee; who it is, is kept in the vault. The lien stands.</summary>
public sealed record LesseeChanged(Guid? EncumbranceId = null) : LedgerEvent;

/// <summary>The lender lets one deal go on while its lien stands.</summary>
/// <param name="Until">Last instant at which the deal may rest on it; null: no end is set.</param>
public sealed record LenderConsentGiven(Guid? EncumbranceId = null, Guid? DealId = null, DateTimeOffset? Until = null)
    : LedgerEvent;

/// <summary>An authority placed a hold on the item: trade and export stop, without exception, until it is released
/// (domain.md §4.4).</summary>
/// <param name="Hold">The other register's own word for the kind of hold, e.g. <c>otci</c>.</param>
/// <param name="Renewed">True for a renewal: no second hold.</param>
/// <param name="DocNo">Number of the authority's document.</param>
/// <param name="Until">Shanghai day; the hold stands after it until it is released.</param>
public sealed record HoldPlaced(
    Guid? HoldId = null,
    HoldAuthority? Authority = null,
    string? DocNo = null,
    DateOnly? Until = null,
    string? Hold = null,
    bool? Renewed = null
) : LedgerEvent;

/// <summary>The authority released a hold; with the last one the item is no longer held.</summary>
/// <param name="Hold">The other register's own word for the kind of hold.</param>
public sealed record HoldReleased(Guid? HoldId = null, string? Hold = null, string? Reason = null) : LedgerEvent;

/// <summary>Kind of lien; of customs supervision nobody can consent to a deal.</summary>
public enum EncumbranceKind
{
    Mortgage,
    Lease,
    CustomsSupervision,
}

/// <summary>Kind of authority that places a hold.</summary>
public enum HoldAuthority
{
    Police,
    Court,
    Tax,
    Other,
}

/// <summary>Catalogue lines of liens and holds; <see cref="EventCatalog"/> gathers them.</summary>
public static class EncumbranceEvents
{
    public static ImmutableArray<EventLine> All { get; } =
    [
        ItemEvents.Of<EncumbranceRegistered>("encumbrance-registered", "抵押登记", "Encumbrance registered"),
        ItemEvents.Of<EncumbranceReleased>("encumbrance-released", "解除抵押", "Encumbrance released"),
        ItemEvents.Of<EncumbranceExtended>("encumbrance-extended", "抵押展期", "Encumbrance extended"),
        ItemEvents.Of<LesseeChanged>("lessee-changed", "承租人变更", "Lessee changed"),
        ItemEvents.Of<LenderConsentGiven>("lender-consent-given", "抵押权人同意", "Lender consented"),
        ItemEvents.Of<HoldPlaced>("hold-placed", "查封扣押", "Hold placed"),
        ItemEvents.Of<HoldReleased>("hold-released", "解除查封", "Hold released"),
    ];
}
