using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Markets;

namespace Ledger.Trading;

/// <summary>Whether a market trades in what is offered or sold there: it was opened for some categories of goods, or
/// for all.</summary>
static class TradePlaces
{
    /// <summary>Commands of trade, of which the market is asked too where something is begun.</summary>
    /// <param name="reservations">Which ones a command rests on, with the law day of the act.</param>
    public static CommandKind KindOf<T>(
        Func<T, Item, Situation, Decision> decide,
        Func<T, ItemHistory, DateOnly, IEnumerable<ReservationKey>> reservations
    )
        where T : ItemCommand =>
        ItemCommandKind.Of<T>(
            (c, history, read, s) => Judge(c, history.State!, read, s, decide(c, history.State!, s)),
            (c, history, s) => reservations(c, history, s.LawDay).Select(Need.Of).Concat(Needs(c, history.State, s))
        );

    /// <summary>What must be read to know.</summary>
    static IEnumerable<Need> Needs(ItemCommand c, Item? item, Situation s) =>
        MarketOf(c, item, s) is { } market ? [Need.Of(MarketCommand.StreamOf(market, s.Ids))] : [];

    /// <summary>Asked of what would be recorded: whoever may not is told so first.</summary>
    static Decision Judge(ItemCommand c, Item item, StreamsRead read, Situation s, Decision decided) =>
        !decided.IsRefused
        && MarketOf(c, item, s) is { } market
        && read.State(MarketCommand.StreamOf(market, s.Ids), Market.Fold)?.Refuses(item.Category) is { } foreign
            ? Decision.Refuse(foreign)
            : decided;

    /// <summary>Where something is begun; null: nowhere, or at no market.</summary>
    static string? MarketOf(ItemCommand c, Item? item, Situation s) =>
        c switch
        {
            ListItem list => Code(list.Market),
            MirrorListing mirror => Code(mirror.Market),
            OpenDeal => Code(item?.Trade.OfferedIn ?? s.By.Site),
            _ => null,
        };

    static string? Code(string? site) => MarketCode.IsWellFormed(site) ? site : null;
}
