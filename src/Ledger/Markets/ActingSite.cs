using Ledger.Kernel;

namespace Ledger.Markets;

/// <summary>Where somebody acts: a desk is at an open market, a station is authorised on the day, and a market or
/// station that is named has been opened.</summary>
static class ActingSite
{
    /// <summary>What must be read to know of a site.</summary>
    public static IEnumerable<Need> Needs(Acting by) =>
        MarketCode.IsWellFormed(by.Site)
            ? SiteReservations.OfMarket(by.Site).Append(LateEntry.Hours(by.Site)).Select(Need.Of)
        : StationCode.IsWellFormed(by.Site) ? [Need.Of(SiteReservations.State(by.Site))]
        : [];

    /// <summary>Why whoever acts may not act there; null: he may.</summary>
    /// <param name="windsDown">It ends what was begun: a market that was stopped, or a station that was, still does
    /// so.</param>
    public static Refusal? Refuses(Acting by, bool windsDown, Situation s)
    {
        if (RoleTable.Find(by.Role) is not { } role)
            return null;
        var (isMarket, isStation) = (MarketCode.IsWellFormed(by.Site), StationCode.IsWellFormed(by.Site));
        return role.Place switch
            {
                RolePlace.Market when !isMarket => Misplaced(by, "MK-…"),
                RolePlace.Station when !isStation => Misplaced(by, "ST-…"),
                _ => null,
            }
            ?? (
                isMarket ? OfMarket(by.Site!, stops: !windsDown && by.Is(Roles.Traders), s)
                : isStation ? OfStation(by.Site!, stops: !windsDown && role.Place is RolePlace.Station, s)
                : null
            );
    }

    static Refusal Misplaced(Acting by, string expected) =>
        by.Site is null
            ? Refusal.Of("site-missing", ("role", by.Role), ("expected", expected))
            : Refusal.Of("site-not-of-role", ("role", by.Role), ("site", by.Site), ("expected", expected));

    static Refusal? OfMarket(string market, bool stops, Situation s) =>
        s.ReservationOf(SiteReservations.Market(market)) is null ? Refusal.Of("market-not-found", ("value", market))
        : stops ? SiteStates.OfMarket(market, s.ReservationOf(SiteReservations.State(market)))
        : null;

    static Refusal? OfStation(string station, bool stops, Situation s) =>
        s.ReservationOf(SiteReservations.State(station)) is not { } row
            ? Refusal.Of("station-not-found", ("value", station))
        : stops && SiteStates.OfStation(station, row, s.LawDay) is { } stopped ? stopped with { Field = null }
        : null;
}
