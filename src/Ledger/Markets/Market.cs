using System.Collections.Immutable;
using Ledger.Kernel;

namespace Ledger.Markets;

/// <summary>Where a market or station stands; a closed market stays closed.</summary>
public enum SiteState
{
    Open,
    Suspended,
    Closed,
}

/// <summary>A market as folded from its stream.</summary>
public sealed record Market(
    string Code,
    string? Name,
    SiteState State,
    ImmutableArray<DeskStaffAssigned> Staff,
    long Version
)
{
    /// <summary>Categories of goods that it was opened for; none: nobody said, and all are traded there.</summary>
    public ImmutableArray<string> Categories { get; init; } = [];

    /// <summary>Why things of a category are not offered or sold there; null: they are.</summary>
    public Refusal? Refuses(string category) =>
        Categories.IsEmpty || Categories.Contains(category)
            ? null
            : Refusal.Of(
                "category-not-of-market",
                ("market", Code),
                ("value", category),
                ("known", string.Join(", ", Categories))
            );

    public static Market? Fold(IEnumerable<StoredEvent> history)
    {
        Market? market = null;
        foreach (var e in history)
            market =
                e.Event is MarketOpened opened && market is null
                    ? new(opened.Code ?? "", opened.Name, SiteState.Open, [], e.Version)
                    {
                        Categories = opened.Categories is { IsDefault: false } categories ? categories : [],
                    }
                : market is null ? null
                : market with
                {
                    State = StateAfter(market.State, e.Event),
                    Staff = StaffAfter(market.Staff, e.Event),
                    Version = e.Version,
                };
        return market;
    }

    /// <summary>A later assignment of a person to a desk replaces the one before.</summary>
    static ImmutableArray<DeskStaffAssigned> StaffAfter(ImmutableArray<DeskStaffAssigned> staff, LedgerEvent e) =>
        e switch
        {
            DeskStaffAssigned a => [.. staff.Where(s => !s.IsAt(a.Person, a.Desk)), a],
            DeskStaffRemoved r => [.. staff.Where(s => !s.IsAt(r.Person, r.Desk))],
            _ => staff,
        };

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

    public static Station? Fold(IEnumerable<StoredEvent> history)
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
