namespace Ledger.Custody;

/// <summary>Who keeps an item.</summary>
static class CustodyModule
{
    public static Module Module { get; } =
        new("Custody")
        {
            Events = CustodyEvents.All,
            Commands = [CustodyDecider.Commands],
            Refusals = CustodyRefusals.All,
            Item = new()
            {
                Evolve = static (item, e) =>
                    CustodyFacet.Evolve(item.Custody, e) is var custody && ReferenceEquals(custody, item.Custody)
                        ? item
                        : item with
                        {
                            Custody = custody,
                        },
            },
        };
}
