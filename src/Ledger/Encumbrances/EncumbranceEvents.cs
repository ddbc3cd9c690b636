using System.Collections.Immutable;
using Ledger.Goods;
using Ledger.Kernel;

namespace Ledger.Encumbrances;

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

public sealed record EncumbranceReleased(Guid? EncumbranceId = null, string? Reason = null) : LedgerEvent;

public sealed record EncumbranceExtended(Guid? EncumbranceId = null, DateOnly? Until = null) : LedgerEvent;

public sealed record LesseeChanged(Guid? EncumbranceId = null) : LedgerEvent;

/// <summary>The lender lets one deal go on while its lien stands.</summary>
/// <param name="Until">Last instant at which the deal may rest on it; null: no end is set.</param>
public sealed record LenderConsentGiven(Guid? EncumbranceId = null, Guid? DealId = null, DateTimeOffset? Until = null)
    : LedgerEvent;

/// <param name="Hold">The other register's own word for the kind of hold, e.g. <c>otci</c>.</param>
/// <param name="Renewed">True for a renewal: no second hold.</param>
public sealed record HoldPlaced(
    Guid? HoldId = null,
    HoldAuthority? Authority = null,
    string? DocNo = null,
    DateOnly? Until = null,
    string? Hold = null,
    bool? Renewed = null
) : LedgerEvent;

public sealed record HoldReleased(Guid? HoldId = null, string? Hold = null, string? Reason = null) : LedgerEvent;

public enum EncumbranceKind
{
    Mortgage,
    Lease,
    CustomsSupervision,
}

public enum HoldAuthority
{
    Police,
    Court,
    Tax,
    Other,
}

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
