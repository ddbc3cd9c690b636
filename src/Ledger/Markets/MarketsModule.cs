using Ledger.Kernel;

namespace Ledger.Markets;

/// <summary>Markets, stations and their staff.</summary>
static class MarketsModule
{
    public static Module Module { get; } =
        new("Markets")
        {
            Streams = [MarketStreams.Market, MarketStreams.Station],
            Events = MarketEvents.All,
            Permits = MarketsPermits.All,
            Commands = [MarketDecider.Commands, StationDecider.Commands, StaffDecider.Commands],
            Refusals = MarketRefusals.All,
            Reservations =
            [
                // Whatever a code was bound to, it stays bound to.
                new(SiteReservations.MarketKind),
                new("site", Changes: true, Goes: true) { Final = SiteStates.Closed, GoesFrom = SiteStates.Suspended },
                new(LateEntry.Kind, Changes: true) { Counts = true },
            ],
            Observed =
            [
                new(
                    typeof(MarketOpened),
                    "market:",
                    MarketCode.Check,
                    static (code, said) => OpenMarket.Observed(code, (MarketOpened)said)
                ),
            ],
            Steps = new([MarketStreams.Market, MarketStreams.Station], Steps),
            Times =
            [
                ActTimeLine.Ahead<StationAuthorised>(e => e.ValidFrom),
                ActTimeLine.Ahead<StationAuthorised>(e => e.ValidTo),
            ],
        };

    static IEnumerable<ReservationStep> Steps(StepSource source, StoredEvent e, IEnumerable<StoredEvent> before)
    {
        // Such an act stands at the place that it is about.
        ReservationStep[] Site(ReservationEffect effect, string value = "") =>
            [source.Step(SiteReservations.State(e.Envelope.Site ?? ""), effect, value)];
        return e.Event switch
        {
            MarketOpened { Code: { } code } =>
            [
                source.Step(SiteReservations.Market(code), ReservationEffect.Take, $"{e.StreamId}"),
            ],
            MarketSuspended or StationSuspended => Site(ReservationEffect.Set, SiteStates.Suspended),
            MarketReinstated => Site(ReservationEffect.Clear),
            LateEntryHoursSet { Hours: { } hours } =>
            [
                source.Step(LateEntry.Hours(e.Envelope.Site ?? ""), ReservationEffect.Set, $"{hours}"),
            ],
            MarketClosed => Site(ReservationEffect.Set, SiteStates.Closed),
            StationAuthorised a => Site(ReservationEffect.Set, SiteStates.Term(a.ValidFrom, a.ValidTo)),
            _ => [],
        };
    }
}
