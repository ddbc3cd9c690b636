using System.Collections.Immutable;
using Ledger.Goods;
using Ledger.Kernel;

namespace Ledger.Encumbrances;

/// <summary>Liens and holds on an item.</summary>
static class EncumbrancesModule
{
    public static Module Module { get; } =
        new("Encumbrances")
        {
            Events = EncumbranceEvents.All,
            Permits = EncumbrancesPermits.All,
            Commands = [EncumbranceDecider.Commands],
            Refusals = EncumbranceRefusals.All,
            Rules = [.. EncumbranceRules.All],
            Item = new()
            {
                Evolve = ItemPart.Facet(
                    static item => item.Encumbrances,
                    EncumbranceFacet.Evolve,
                    static (item, facet) => item with { Encumbrances = facet }
                ),
                Kinds =
                [
                    new("encumbrances", "encumbranceId", "encumbrance-not-found"),
                    new("holds", "holdId", "hold-not-found"),
                ],
                ObservedParties = ImmutableDictionary<Type, string>.Empty.Add(typeof(EncumbranceRegistered), "holder"),
                InSequence = static (item, e) =>
                    e switch
                    {
                        EncumbranceReleased r => item.Encumbrances.Lien(r.EncumbranceId) is not null,
                        EncumbranceExtended x => item.Encumbrances.Lien(x.EncumbranceId) is not null,
                        HoldReleased r => item.Encumbrances.Hold(r.HoldId, r.Hold) is not null,
                        _ => true,
                    },
            },
            Times =
            [
                ActTimeLine.Happened<EncumbranceRegistered>(e => e.Since),
                ActTimeLine.Ahead<EncumbranceRegistered>(e => e.Until),
                ActTimeLine.Ahead<EncumbranceExtended>(e => e.Until),
                ActTimeLine.Ahead<LenderConsentGiven>(e => e.Until),
                ActTimeLine.Ahead<HoldPlaced>(e => e.Until),
            ],
        };
}
