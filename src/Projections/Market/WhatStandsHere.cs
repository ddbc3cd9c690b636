using Ledger.DataWipe;
using Ledger.Goods;
using Ledger.Goods.Categories;
using Ledger.Kernel;

namespace Projections.Market;

/// <summary>An item that stands in a market, and what is in the way of its sale.</summary>
public sealed record StockRow : ViewRow
{
    /// <summary>Since when it stands there: taken into stock, or first listed.</summary>
    public required DateTimeOffset Since { get; init; }
    public string? Market { get; init; }
    public string? Division { get; init; }
    public required string Category { get; init; }
    public string? Make { get; init; }
    public string? Model { get; init; }

    /// <summary><c>stocked</c>, <c>listed</c> or <c>in-deal</c>.</summary>
    public required string Life { get; init; }
    public long? AskFen { get; init; }
    public string? Currency { get; init; }

    /// <summary><c>encumbered</c>, <c>held</c>, <c>data</c>, <c>disclosure</c>: what stands in the way whatever the
    /// day; <see cref="ScrapLimit"/> tells the rest.</summary>
    public required string[] Blockers { get; init; }

    /// <summary>First day past its scrap limit, where it has one.</summary>
    public DateOnly? ScrapLimit { get; init; }
}

/// <summary>What stands here, since when, and what stops each from being sold? (M1)</summary>
public sealed record WhatStandsHere() : View("stock", 3, "What stands here, and what stops it?")
{
    public override Type Row => typeof(StockRow);

    public override IReadOnlyList<string> Indexes =>
        ["since, stream", "market, since", "division text_pattern_ops, since"];

    public override IEnumerable<ViewRow> Rows(ItemHistory history)
    {
        Item? item = null;
        StoredEvent? since = null;
        foreach (var e in ItemFold.InOrder(ItemFold.Effective(history.Events)))
        {
            var stood = Stands(item);
            item = ItemFold.Evolve(item, e);
            if (!Stands(item))
                since = null;
            else if (!stood)
                since = e;
        }
        if (item is null || since is null)
            yield break;
        // A deal says where it is made; before one, the offer; before that, where the thing was taken in.
        var market = item.Trade.LiveDeal is { } deal
            ? deal.Market ?? since.Envelope.Market
            : item.Trade.Listing?.Market ?? since.Envelope.Market;
        yield return new StockRow
        {
            Stream = history.Id,
            N = 0,
            Since = since.Envelope.When.Start,
            Market = market,
            Division = MarketCode.IsWellFormed(market) ? MarketCode.DivisionOf(market) : since.Envelope.RegionCode,
            Category = item.Category,
            Make = item.Make,
            Model = item.Model,
            Life = WireWords.Of(item.Life),
            AskFen = item.Trade.OpenListing?.AskFen,
            Currency = item.Trade.OpenListing?.Currency,
            Blockers = [.. Blockers(item)],
            ScrapLimit = Instants.TryParseDay(item.ScrapLimit, out var limit) ? limit : null,
        };
    }

    static bool Stands(Item? item) => item?.Life is Life.Stocked or Life.Listed or Life.InDeal;

    static IEnumerable<string> Blockers(Item item)
    {
        if (item.Encumbrances.Blocks(item.LiveDeal, DateTimeOffset.MaxValue))
            yield return "encumbered";
        if (item.Encumbrances.IsHeld)
            yield return "held";
        var category = GoodsCategory.Find(item.Category);
        if (category is { BearsData: true } && item.Data.StateForTrade > DataState.Cleared)
            yield return "data";
        if (category is { AsksSheet: true } && item.Disclosure?.Sheet.Answered() is not 9)
            yield return "disclosure";
    }
}
