using Ledger.Kernel;

namespace Ledger.Markets;

/// <summary>Markets, stations and their staff.</summary>
static class MarketsModule
{
    public static Module Module { get; } =
        new("Markets")
        {
            Events = MarketEvents.All,
            Commands = [MarketDecider.Commands, StationDecider.Commands, StaffDecider.Commands],
            Refusals = MarketRefusals.All,
            Reservations =
            [
                // Whatever a code was bound to, it stays bound to.
                new(SiteReservations.MarketKind),
                new("site", Changes: true, Goes: true),
            ],
            Steps = new([Noun.Market, Noun.Station], Steps),
            Times =
            [
                ActTimeLine.Ahead<StationAuthorised>(e => e.ValidFrom),
                ActTimeLine.Ahead<StationAuthorised>(e => e.ValidTo),
            ],
        };

    static IEnumerable<GuardStep> Steps(StepSource source, Recorded e, IEnumerable<Recorded> before)
    {
        // Such an act stands at the place that it is about.
        GuardStep[] Site(GuardDeed deed, string value = "") =>
            [source.Step(SiteReservations.State(e.Envelope.Site ?? ""), deed, value)];
        return e.Event switch
        {
            MarketOpened { Code: { } code } =>
            [
                source.Step(SiteReservations.Market(code), GuardDeed.Take, $"{e.StreamId}"),
            ],
            MarketSuspended or StationSuspended => Site(GuardDeed.Set, SiteStates.Suspended),
            MarketReinstated => Site(GuardDeed.Clear),
            MarketClosed => Site(GuardDeed.Set, SiteStates.Closed),
            StationAuthorised a => Site(GuardDeed.Set, SiteStates.Term(a.ValidFrom, a.ValidTo)),
            _ => [],
        };
    }
}
