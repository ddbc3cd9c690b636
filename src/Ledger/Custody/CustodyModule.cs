using Ledger.Goods;

namespace Ledger.Custody;

/// <summary>Who keeps an item.</summary>
static class CustodyModule
{
    public static Module Module { get; } =
        new("Custody")
        {
            Events = CustodyEvents.All,
            Permits = CustodyPermits.All,
            Commands = [CustodyDecider.Commands],
            Refusals = CustodyRefusals.All,
            Item = new()
            {
                Evolve = ItemPart.Facet(
                    static item => item.Custody,
                    CustodyFacet.Evolve,
                    static (item, facet) => item with { Custody = facet }
                ),
                Kinds = [new("intakes", "intakeId", "intake-not-found")],
            },
        };
}
