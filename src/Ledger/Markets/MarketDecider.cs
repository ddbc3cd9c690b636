using System.Globalization;
using Ledger.Kernel;

namespace Ledger.Markets;

/// <summary>Opens, suspends, reinstates and closes markets. Each act writes the reservation that a listing reads under
/// the lane's lock: it takes effect at once, on every node.</summary>
public static class MarketDecider
{
    public static CommandKind Commands { get; } =
        CommandKind.OfOne<MarketCommand, Market?>(
            MarketStreams.Market,
            (c, s) => MarketCommand.StreamOf(c.Code, s.Ids),
            Market.Fold,
            (c, _) =>
                c is SetLateEntryHours
                    ? [.. SiteReservations.OfMarket(c.Code), LateEntry.Hours(c.Code)]
                    : SiteReservations.OfMarket(c.Code),
            Decide
        );

    /// <param name="stream">Of the market.</param>
    public static Decision Decide(MarketCommand c, Guid stream, Market? market, Situation s)
    {
        var row = s.ReservationOf(SiteReservations.Market(c.Code));
        // A market is never opened twice: what was opened before we looked has its row, which leads here.
        if (row is null ? market is not null : row != $"{stream}")
            return Decision.Contradict($"The row of market {c.Code} is {row ?? "gone"}, its stream is {stream}.");
        var state = s.ReservationOf(SiteReservations.State(c.Code));
        Decision Moving(LedgerEvent e, string? to) =>
            Decision.Record(e).Taking(new ReservationChange(SiteReservations.State(c.Code), state, to));
        return c switch
        {
            OpenMarket opening => Open(opening, stream, s),
            _ when row is null => Decision.Refuse(Refusal.Of("market-not-found", ("value", c.Code))),
            _ when state is SiteStates.Closed => Decision.Refuse(
                new Refusal("wrong-state") { CurrentState = SiteStates.Closed }
            ),
            SuspendMarket when state is SiteStates.Suspended => Decision.Record(),
            SuspendMarket m => Moving(new MarketSuspended(m.Reason, m.Basis), SiteStates.Suspended),
            ReinstateMarket when state is null => Decision.Record(),
            ReinstateMarket m => Moving(new MarketReinstated(m.Reason, m.Basis), null),
            SetLateEntryHours m => SetLateHours(m, s.ReservationOf(LateEntry.Hours(m.Code))),
            CloseMarket { LiveDeals: > 0 and var deals } => Decision.Refuse(
                Refusal.Of("live-deals-open", ("count", deals))
            ),
            CloseMarket m => Moving(new MarketClosed(m.Reason, m.Basis), SiteStates.Closed),
            _ => throw new UnknownCommandException(c),
        };
    }

    static Decision SetLateHours(SetLateEntryHours c, string? row) =>
        LateEntry.Of(row) == c.Hours
            ? Decision.Record()
            : Decision
                .Record(new LateEntryHoursSet(c.Hours))
                .Taking(
                    new ReservationChange(LateEntry.Hours(c.Code), row, c.Hours.ToString(CultureInfo.InvariantCulture))
                );

    static Decision Open(OpenMarket c, Guid stream, Situation s)
    {
        if (MarketCode.Check(c.Code) is { } malformed)
            return Decision.Refuse(malformed.At("code"));
        var alias = SiteReservations.Market(c.Code);
        return s.ReservationOf(alias) is not null
            ? Decision.Refuse(Refusal.Of("market-exists", ("value", c.Code)).At("code"))
            : Decision
                .Record(
                    new MarketOpened(c.Code, c.Name, c.OperatorUscc, c.Categories, c.Mode, c.FilingNo)
                    {
                        Facts = c.Facts,
                    }
                )
                .Taking(new ReservationChange(alias, null, stream.ToString()));
    }
}
