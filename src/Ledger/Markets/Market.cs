using Ledger.Kernel;

namespace Ledger.Markets;

public enum SiteState
{
    Open,
    Suspended,
    Closed,
}

/// <summary>A market as folded from its stream.</summary>
public sealed record Market(string Code, string? Name, SiteState State, long Version)
{
    public static Market? Fold(IEnumerable<Recorded> history)
    {
        Market? market = null;
        foreach (var e in history)
            market =
                e.Event is MarketOpened opened && market is null
                    ? new(opened.Code ?? "", opened.Name, SiteState.Open, e.Version)
                : market is null ? null
                : market with { State = StateAfter(market.State, e.Event), Version = e.Version };
        return market;
    }

    static SiteState StateAfter(SiteState state, LedgerEvent e) =>
        e switch
        {
            MarketSuspended => SiteState.Suspended,
            MarketReinstated => SiteState.Open,
            MarketClosed => SiteState.Closed,
            _ => state,
        };
}

/// <summary>A registration station as folded from its stream: a later authorisation replaces the one before.</summary>
public sealed record Station(StationAuthorised Authorised, SiteState State, long Version)
{
    public string Code => Authorised.Code ?? "";

    public static Station? Fold(IEnumerable<Recorded> history)
    {
        Station? station = null;
        foreach (var e in history)
            station = e.Event switch
            {
                StationAuthorised authorised => new(authorised, SiteState.Open, e.Version),
                StationSuspended when station is not null => station with
                {
                    State = SiteState.Suspended,
                    Version = e.Version,
                },
                _ => station,
            };
        return station;
    }
}
