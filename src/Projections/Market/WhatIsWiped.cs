using Ledger.DataWipe;
using Ledger.Goods;
using Ledger.Kernel;

namespace Projections.Market;

/// <summary>A medium of an item, and what it still needs before the item may be sold.</summary>
public sealed record MediumRow : ViewRow
{
    public required int Ix { get; init; }
    public required string Type { get; init; }
    public required string State { get; init; }

    /// <summary>What comes next: <c>intake</c>, <c>consent</c>, <c>wipe</c>, <c>verify</c> or <c>nothing</c>.</summary>
    public required string Needs { get; init; }
    public string? Level { get; init; }
    public Guid? Attestation { get; init; }
    public string? Tool { get; init; }
    public string? Market { get; init; }
    public string? Division { get; init; }
    public required string Category { get; init; }
    public string? Make { get; init; }
    public string? Model { get; init; }
    public required DateTimeOffset At { get; init; }
}

/// <summary>Which medium of which intake needs what?</summary>
public sealed record WhatIsWiped() : View("media", 1, "Which medium needs what?")
{
    public override Type Row => typeof(MediumRow);

    public override IReadOnlyList<string> Indexes =>
        ["at desc, stream", "needs, at desc", "market, at desc", "division text_pattern_ops"];

    public override IEnumerable<ViewRow> Rows(ItemHistory history)
    {
        if (history.State is not { Data.Media: { } media } item)
            yield break;
        var (site, region, touched) = Last(history);
        var n = 0;
        foreach (var medium in media)
        {
            var last = item.Data.Attestations.LastOrDefault(a => a.MediumIx == medium.Ix);
            yield return new MediumRow
            {
                Stream = history.Id,
                N = n++,
                Ix = medium.Ix,
                Type = WireWords.Of(medium.Type),
                State = WireWords.Of(medium.State),
                Needs = Needs(item, medium),
                Level = last?.Level is { } level ? WireWords.Of(level) : null,
                Attestation = last?.Id,
                Tool = last?.Tool is { } tool ? $"{tool.Name} {tool.Version}" : null,
                Market = site,
                Division = region,
                Category = item.Category,
                Make = item.Make,
                Model = item.Model,
                At = touched,
            };
        }
    }

    static string Needs(Item item, Medium medium) =>
        medium.State is DataState.Cleared or DataState.Gone ? "nothing"
        : item.Custody.Open is not { } intake ? "intake"
        : medium.State is DataState.Attested ? "verify"
        : item.Data.Consents.Any(c => c.IntakeId == intake.Id && c.Media.Contains(medium.Ix)) ? "wipe"
        : "consent";

    /// <summary>Where and when the item was last touched for its data.</summary>
    static (string? Site, string? Region, DateTimeOffset At) Last(ItemHistory history)
    {
        var last = ItemFold.InOrder(ItemFold.Effective(history.Events)).Last(e => Touching.Contains(e.Event.GetType()));
        return (last.Envelope.Market, last.Envelope.RegionCode, last.Envelope.When.Start);
    }

    static readonly HashSet<Type> Touching =
    [
        .. WipeEvents.All.Concat(Ledger.Custody.CustodyEvents.All).Select(l => l.Type),
    ];
}
