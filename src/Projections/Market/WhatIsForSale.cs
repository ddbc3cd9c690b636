using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Trading;

namespace Projections.Market;

/// <summary>A listing, from its first day to its end.</summary>
public sealed record ListingRow : ViewRow
{
    public Guid? ListingId { get; init; }
    public string? Market { get; init; }
    public string? Division { get; init; }
    public required string Category { get; init; }
    public string? Make { get; init; }
    public string? Model { get; init; }
    public string? Seller { get; init; }
    public long? AskFen { get; init; }
    public string? Currency { get; init; }
    public required DateTimeOffset ListedAt { get; init; }
    public DateOnly? EndsOn { get; init; }
    public long? OdometerKm { get; init; }
    public int? Grade { get; init; }
    public required string[] Brands { get; init; }

    /// <summary><c>open</c>, <c>withdrawn</c> or <c>sold</c>; a taken listing whose deal goes on is
    /// <c>in-deal</c>.</summary>
    public required string State { get; init; }
    public DateTimeOffset? EndedAt { get; init; }
}

/// <summary>What is for sale, where, for how much, and for how long already?</summary>
public sealed record WhatIsForSale() : View("listings", 2, "What is for sale?")
{
    public override Type Row => typeof(ListingRow);

    public override IReadOnlyList<string> Indexes =>
        ["listed_at desc, stream", "market, listed_at desc", "division text_pattern_ops"];

    public override IEnumerable<ViewRow> Rows(ItemHistory history)
    {
        var rows = new List<ListingRow>();
        Item? item = null;
        foreach (var e in ItemFold.InOrder(ItemFold.Effective(history.Events)))
        {
            item = ItemFold.Evolve(item, e);
            if (item is null)
                continue;
            if (e.Event is ItemListed listed)
                rows.Add(Opened(history.Id, rows.Count, item, listed, e));
            else if (rows is [.., { EndedAt: null } open])
                rows[^1] = After(open, item, e);
        }
        // The reading of the day, whenever it came to the ledger.
        return item is null
            ? rows
            : rows.Select(r =>
                r with
                {
                    OdometerKm = (
                        r.EndedAt is { } ended
                            ? item.Condition.Odometer.ShownOn(ShanghaiDay.Of(ended))
                            : item.Condition.Odometer.Shown
                    )?.Km,
                }
            );
    }

    static ListingRow Opened(Guid stream, int n, Item item, ItemListed listed, StoredEvent e)
    {
        var place = Place.Of(e, null);
        return new()
        {
            Stream = stream,
            N = n,
            ListingId = listed.ListingId,
            Market = listed.Market ?? place.Market,
            Division = place.Division,
            Category = item.Category,
            Make = item.Make,
            Model = item.Model,
            Seller = listed.Seller?.ToString(),
            AskFen = listed.AskFen,
            Currency = listed.Currency,
            ListedAt = e.Envelope.When.Start,
            EndsOn = listed.EndsOn,
            Grade = item.Condition.Grade,
            Brands = [.. item.Condition.Brands.Select(b => WireWords.Of(b))],
            State = "open",
        };
    }

    static ListingRow After(ListingRow row, Item item, StoredEvent e) =>
        item.Trade.Listing switch
        {
            { State: ListingState.Open } open => row with
            {
                State = "open",
                AskFen = open.AskFen,
                Grade = item.Condition.Grade,
            },
            { State: ListingState.Taken } => row with { State = "in-deal" },
            { State: ListingState.Withdrawn } => row with { State = "withdrawn", EndedAt = e.Envelope.When.Start },
            { State: ListingState.Expired } => row with { State = "expired", EndedAt = e.Envelope.When.Start },
            { State: ListingState.Voided } => row with { State = "voided", EndedAt = e.Envelope.When.Start },
            _ => row with { State = "sold", EndedAt = e.Envelope.When.Start },
        };
}
