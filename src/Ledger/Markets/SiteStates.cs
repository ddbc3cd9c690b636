using Ledger.Kernel;

namespace Ledger.Markets;

/// <summary>The reservation of a market or station: none for an open market; a station's term; or what stopped it. Acts
/// read it under the lane's lock, so that a suspension takes effect at once, on every node.</summary>
public static class SiteStates
{
    public const string Suspended = "suspended",
        Closed = "closed";

    /// <summary>The codes of the refusals; the events have the same names.</summary>
    public const string IsSuspended = "market-suspended",
        IsClosed = "market-closed";

    /// <summary><c>{first day}/{last day}</c>; no last day: no end is set.</summary>
    public static string Term(DateOnly? from, DateOnly? to) =>
        $"{Instants.Text(from ?? Bounds.OldestDay)}/{(to is { } last ? Instants.Text(last) : "")}";

    /// <summary>Nobody has opened the market that a command names as its <c>market</c>; null: somebody has.</summary>
    public static Refusal? NotFound(string market, Situation s) =>
        s.ReservationOf(SiteReservations.Market(market)) is null
            ? Refusal.Of("market-not-found", ("value", market)).At("market")
            : null;

    /// <summary>What stops a market from listing; null where nothing does.</summary>
    public static Refusal? OfMarket(string market, string? row) =>
        row switch
        {
            null => null,
            Closed => Refusal.Of(IsClosed, ("market", market)),
            _ => Refusal.Of(IsSuspended, ("market", market), ("state", row)),
        };

    /// <summary>What stops a station from transferring on a day; null where nothing does.</summary>
    /// <param name="row">Null: nobody authorised it.</param>
    public static Refusal? OfStation(string station, string? row, DateOnly day)
    {
        var valid =
            row?.Split('/') is [var from, var to]
            && Instants.TryParseDay(from, out var first)
            && day >= first
            && (to.Length == 0 || (Instants.TryParseDay(to, out var last) && day <= last));
        return valid
            ? null
            : Refusal.Of("station-not-authorised", ("value", station), ("state", row), ("day", day)).At("station");
    }
}
