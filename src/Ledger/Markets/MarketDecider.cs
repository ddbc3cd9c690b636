using System.Collections.Immutable;
using Ledger.Goods;
using Ledger.Kernel;

namespace Ledger.Markets;

public static class MarketDecider
{
    /// <summary>A market opens once; its code has its shape and a division of the list.</summary>
    public static Decision Decide(
        MarketOpened opened,
        Guid stream,
        ImmutableDictionary<GuardKey, string> guards,
        DateTimeOffset occurredAt,
        DateTimeOffset now
    )
    {
        if (occurredAt > now.AddMinutes(5))
            return Decision.Refuse(Refusal.Of("occurred-in-future", ("value", Instants.Text(occurredAt))));
        if (MarketCode.Check(opened.Code ?? "") is { } malformed)
            return Decision.Refuse(malformed.At("code"));
        var alias = ItemGuards.Market(opened.Code!);
        return guards.ContainsKey(alias)
            ? Decision.Refuse(Refusal.Of("market-exists", ("value", opened.Code)).At("code"))
            : Decision.Record(opened).Taking(new GuardChange(alias, null, stream.ToString()));
    }
}
