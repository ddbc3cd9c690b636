using Ledger.Kernel;

namespace Ledger.Markets;

/// <summary>Reservations of markets and stations.</summary>
public static class SiteReservations
{
    /// <summary>The kind of <see cref="Market"/>.</summary>
    public const string MarketKind = ReservationKinds.Aliases + "market";

    /// <summary>One code names one market; its value is the market's stream.</summary>
    public static ReservationKey Market(string code) => new(MarketKind, code);

    /// <summary>What a market or station may do: no row for an open market; a station's term; or what stopped
    /// it.</summary>
    public static ReservationKey State(string code) => new("site", code);

    /// <summary>Whether a market is there, and what stops it.</summary>
    public static ReservationKey[] OfMarket(string code) => [Market(code), State(code)];
}
