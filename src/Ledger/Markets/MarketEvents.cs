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

/// <summary>The regulator stops a market: nothing is listed there from now on, and nothing is deleted.</summary>
/// <param name="Basis">Hash of the order.</param>
public sealed record MarketSuspended(string? Reason, string? Basis = null) : LedgerEvent;

public sealed record MarketReinstated(string? Reason, string? Basis = null) : LedgerEvent;

public sealed record MarketClosed(string? Reason, string? Basis = null) : LedgerEvent;

/// <summary>A 登记服务站 may register transfers for a time.</summary>
/// <param name="Authority">Who authorised it.</param>
/// <param name="ValidTo">Last Shanghai day; absent: no end is set.</param>
public sealed record StationAuthorised(
    string? Code,
    string? Name = null,
    string? Authority = null,
    ImmutableArray<string>? Services = null,
    DateOnly? ValidFrom = null,
    DateOnly? ValidTo = null
) : LedgerEvent;

public sealed record StationSuspended(string? Reason, string? Basis = null) : LedgerEvent;

public enum MarketMode
{
    Offline,
    Online,
}

public static class MarketEvents
{
    public static ImmutableArray<EventLine> All { get; } =
    [
        EventLine.Of<MarketOpened>("market-opened", Noun.Market, "市场开业", "Market opened"),
        EventLine.Of<MarketSuspended>("market-suspended", Noun.Market, "市场暂停", "Market suspended"),
        EventLine.Of<MarketReinstated>("market-reinstated", Noun.Market, "市场恢复", "Market reinstated"),
        EventLine.Of<MarketClosed>("market-closed", Noun.Market, "市场关闭", "Market closed"),
        EventLine.Of<StationAuthorised>("station-authorised", Noun.Station, "登记站授权", "Station authorised"),
        EventLine.Of<StationSuspended>("station-suspended", Noun.Station, "登记站暂停", "Station suspended"),
    ];
}
