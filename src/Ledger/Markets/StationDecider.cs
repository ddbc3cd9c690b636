using Ledger.Kernel;

namespace Ledger.Markets;

/// <summary>Authorises and suspends registration stations: a transfer reads the reservation that each act
/// writes.</summary>
public static class StationDecider
{
    public static CommandKind Commands { get; } =
        CommandKind.OfOne<StationCommand, Station?>(
            MarketStreams.Station,
            (c, s) => StationCommand.StreamOf(c.Code, s.Ids),
            Station.Fold,
            (c, _) => [SiteReservations.State(c.Code)],
            (c, _, _, s) => Decide(c, s)
        );

    public static Decision Decide(StationCommand c, Situation s)
    {
        if (StationCode.Check(c.Code) is { } malformed)
            return Decision.Refuse(malformed.At("code"));
        var state = s.ReservationOf(SiteReservations.State(c.Code));
        Decision Moving(LedgerEvent e, string to) =>
            Decision.Record(e).Taking(new ReservationChange(SiteReservations.State(c.Code), state, to));
        return c switch
        {
            AuthoriseStation a when new Term(a.ValidFrom, a.ValidTo).Backwards is { } backwards => Decision.Refuse(
                backwards
            ),
            AuthoriseStation a => Moving(
                new StationAuthorised(a.Code, a.Name, a.Authority, a.Services, a.ValidFrom, a.ValidTo),
                SiteStates.Term(a.ValidFrom, a.ValidTo)
            ),
            SuspendStation when state is null => Decision.Refuse(Refusal.Of("station-not-found", ("value", c.Code))),
            SuspendStation when state is SiteStates.Suspended => Decision.Record(),
            SuspendStation x => Moving(new StationSuspended(x.Reason, x.Basis), SiteStates.Suspended),
            _ => throw new UnknownCommandException(c),
        };
    }
}
