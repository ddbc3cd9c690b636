using System.Collections.Immutable;
using Ledger.Kernel;

namespace Ledger.Encumbrances;

/// <summary>Liens and holds that are open. Each release ends one; the last one clears.</summary>
public sealed record EncumbranceFacet(ImmutableArray<OpenEncumbrance> Liens, ImmutableArray<OpenHold> Holds)
{
    public static EncumbranceFacet Clear { get; } = new([], []);

    public bool IsEncumbered => !Liens.IsEmpty;
    public bool IsHeld => !Holds.IsEmpty;

    /// <summary>Whether a lien stands in the way of a deal: one whose lender has not consented to it.</summary>
    public bool Blocks(Guid? deal, DateTimeOffset at) => Liens.Any(l => !l.LetsGo(deal, at));

    public static EncumbranceFacet Evolve(EncumbranceFacet facet, StoredEvent e) =>
        e.Event switch
        {
            EncumbranceRegistered r => facet with
            {
                Liens = facet.Liens.Add(
                    new(r.EncumbranceId, r.Kind, r.Holder, r.Until, e.Envelope.When.Day, false, e.EventId)
                ),
            },
            EncumbranceReleased r when facet.Lien(r.EncumbranceId) is { } open => facet with
            {
                Liens = facet.Liens.Remove(open),
            },
            EncumbranceExtended x when facet.Lien(x.EncumbranceId) is { } open => facet with
            {
                Liens = facet.Liens.Replace(open, open with { Until = x.Until ?? open.Until, Extended = true }),
            },
            LenderConsentGiven { DealId: { } deal } c when facet.Lien(c.EncumbranceId) is { } open => facet with
            {
                Liens = facet.Liens.Replace(open, open with { Consents = open.Consents.Add((deal, c.Until)) }),
            },
            HoldPlaced { Renewed: not true } h => facet with
            {
                Holds = facet.Holds.Add(new(h.HoldId, h.Authority, h.Hold, h.Until, e.EventId, e.Envelope.Actor)),
            },
            HoldReleased r when facet.Hold(r.HoldId, r.Hold) is { } open => facet with
            {
                Holds = facet.Holds.Remove(open),
            },
            _ => facet,
        };

    /// <summary>The lien of that id; without one (another register's fact) the oldest.</summary>
    public OpenEncumbrance? Lien(Guid? id) => Liens.FirstOrDefault(l => id is null || l.Id == id);

    /// <summary>The hold of that id; without one the oldest of the same kind of the other register.</summary>
    public OpenHold? Hold(Guid? id, string? kind) =>
        Holds.FirstOrDefault(h => id is null ? h.Kind == kind : h.Id == id);
}

/// <summary>A lien that nobody has released.</summary>
/// <param name="On">Shanghai day it was registered.</param>
/// <param name="Extended">Whether it was ever prolonged.</param>
public sealed record OpenEncumbrance(
    Guid? Id,
    EncumbranceKind? Kind,
    PartyRef? Holder,
    DateOnly? Until,
    DateOnly On,
    bool Extended,
    Guid Event
)
{
    /// <summary>Deals that the lender lets go on, each until when.</summary>
    public ImmutableArray<(Guid Deal, DateTimeOffset? Until)> Consents { get; init; } = [];

    public bool LetsGo(Guid? deal, DateTimeOffset at) =>
        deal is not null && Consents.Any(c => c.Deal == deal && (c.Until is not { } until || at <= until));
}

/// <summary>A hold that nobody has released.</summary>
/// <param name="Kind">The other register's word for it.</param>
/// <param name="By">Who placed it: a body's code; of older builds also a word.</param>
public sealed record OpenHold(Guid? Id, HoldAuthority? Authority, string? Kind, DateOnly? Until, Guid Event, string By);
