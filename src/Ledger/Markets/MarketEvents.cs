using System.Collections.Immutable;
using Ledger.Kernel;

namespace Ledger.Markets;

public sealed record MarketOpened(
    string? Code,
    string? Name = null,
    string? OperatorUscc = null,
    ImmutableArray<string>? Categories = null,
    MarketMode? Mode = null,
    string? FilingNo = null
) : LedgerEvent;

public enum MarketMode
{
    Offline,
    Online,
}

public static class MarketEvents
{
    public static ImmutableArray<EventLine> All { get; } =
    [EventLine.Of<MarketOpened>("market-opened", Noun.Market, "市场开业", "Market opened")];
}

/// <summary>A market as folded from its stream.</summary>
public sealed record Market(string Code, string? Name, long Version)
{
    public static Market? Fold(IEnumerable<Recorded> history)
    {
        Market? market = null;
        foreach (var e in history)
            market =
                e.Event is MarketOpened opened ? new(opened.Code ?? "", opened.Name, e.Version)
                : market is null ? null
                : market with { Version = e.Version };
        return market;
    }
}
