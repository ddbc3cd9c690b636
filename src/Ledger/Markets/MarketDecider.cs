using System.Collections.Immutable;
using Ledger.Goods;
using Ledger.Kernel;

namespace Ledger.Markets;

/// <summary>
/// Opens, suspends, reinstates and closes markets, authorises and suspends stations. Each act writes the guard row that
/// a listing or a transfer reads under the lane's lock: it takes effect at once, on every node.
/// </summary>
public static class MarketDecider
{
    /// <param name="e">What is to be recorded of the market or station.</param>
    /// <param name="code">Of the market or station.</param>
    /// <param name="guards">The rows that <see cref="Named"/> names.</param>
    /// <param name="liveDeals">Deals that go on there: it is not closed over them.</param>
    public static Decision Decide(
        LedgerEvent e,
        string code,
        Guid stream,
        ImmutableDictionary<GuardKey, string> guards,
        DateTimeOffset occurredAt,
        DateTimeOffset now,
        int liveDeals = 0
    )
    {
        if (Occurrence.Ahead(occurredAt, now) is { } ahead)
            return Decision.Refuse(ahead);
        var state = guards.GetValueOrDefault(ItemGuards.SiteState(code));
        Decision Moving(string? to) =>
            Decision.Record(e).Taking(new GuardChange(ItemGuards.SiteState(code), state, to));
        return e switch
        {
            MarketOpened opened => Open(opened, stream, guards),
            StationAuthorised a when new Term(a.ValidFrom, a.ValidTo).Backwards is { } backwards => Decision.Refuse(
                backwards
            ),
            StationAuthorised a => StationCode.Check(code) is { } malformed
                ? Decision.Refuse(malformed.At("code"))
                : Moving(SiteStates.Term(a.ValidFrom, a.ValidTo)),
            StationSuspended when state is null => Decision.Refuse(Refusal.Of("station-unknown", ("value", code))),
            StationSuspended when state is SiteStates.Suspended => Decision.Record(),
            StationSuspended => Moving(SiteStates.Suspended),
            _ when !guards.ContainsKey(ItemGuards.Market(code)) => Decision.Refuse(
                Refusal.Of("market-unknown", ("value", code))
            ),
            _ when state is SiteStates.Closed => Decision.Refuse(
                new Refusal("wrong-state") { CurrentState = SiteStates.Closed }
            ),
            MarketSuspended when state is SiteStates.Suspended => Decision.Record(),
            MarketSuspended => Moving(SiteStates.Suspended),
            MarketReinstated when state is null => Decision.Record(),
            MarketReinstated => Moving(null),
            MarketClosed when liveDeals > 0 => Decision.Refuse(Refusal.Of("live-deals-open", ("count", liveDeals))),
            MarketClosed => Moving(SiteStates.Closed),
            _ => throw new ArgumentException($"{e.GetType().Name} is no act on a market or station.", nameof(e)),
        };
    }

    /// <summary>Which guard rows the decision reads.</summary>
    public static ImmutableArray<GuardKey> Named(string code) => [ItemGuards.Market(code), ItemGuards.SiteState(code)];

    static Decision Open(MarketOpened opened, Guid stream, ImmutableDictionary<GuardKey, string> guards)
    {
        if (MarketCode.Check(opened.Code ?? "") is { } malformed)
            return Decision.Refuse(malformed.At("code"));
        var alias = ItemGuards.Market(opened.Code!);
        return guards.ContainsKey(alias)
            ? Decision.Refuse(Refusal.Of("market-exists", ("value", opened.Code)).At("code"))
            : Decision.Record(opened).Taking(new GuardChange(alias, null, stream.ToString()));
    }
}
