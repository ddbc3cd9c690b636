using Ledger.Goods;
using Ledger.Kernel;

namespace Projections.Regulator;

/// <summary>A vehicle that is still about and has a compulsory limit.</summary>
public sealed record LimitRow : ViewRow
{
    /// <summary>First day past it.</summary>
    public required DateOnly LimitDate { get; init; }

    /// <summary>Its coming is on record.</summary>
    public required bool Noted { get; init; }

    /// <summary>When the newest of its facts occurred: nothing is recorded before that.</summary>
    public required DateTimeOffset LastAt { get; init; }

    /// <summary>Where it was seen last.</summary>
    public string? Division { get; init; }
}

/// <summary>Which vehicles reach their scrap limit, and when? (R7)</summary>
public sealed record WhatReachesItsLimit() : View("limits", 1, "Which vehicles reach their scrap limit, and when?")
{
    public override Type Row => typeof(LimitRow);

    public override IReadOnlyList<string> Indexes => ["noted, limit_date, stream"];

    public override IEnumerable<ViewRow> Rows(ItemHistory history)
    {
        Item? item = null;
        string? division = null;
        foreach (var e in ItemFold.InOrder(ItemFold.Effective(history.Events)))
        {
            item = ItemFold.Evolve(item, e);
            division = e.Envelope.RegionCode ?? division;
        }
        if (item is { Life: < Life.Exported } && Instants.TryParseDay(item.ScrapLimit, out var limit))
            yield return new LimitRow
            {
                Stream = history.Id,
                N = 0,
                LimitDate = limit,
                Noted = item.ScrapLimitReached == limit,
                LastAt = item.LastAt,
                Division = division,
            };
    }
}
