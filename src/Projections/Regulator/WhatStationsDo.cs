using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Trading;

namespace Projections.Regulator;

/// <summary>Papers that a station was handed, and what it did with them.</summary>
public sealed record TransferRow : ViewRow
{
    public required string Station { get; init; }
    public string? Division { get; init; }
    public required DateTimeOffset SubmittedAt { get; init; }

    /// <summary><c>registered</c>, <c>refused</c> or <c>open</c>.</summary>
    public required string Outcome { get; init; }
    public string? Reason { get; init; }
    public DateTimeOffset? DoneAt { get; init; }

    /// <summary>Registered on the Shanghai day on which the papers came.</summary>
    public required bool SameDay { get; init; }

    /// <summary>From one prefecture to another.</summary>
    public required bool CrossCity { get; init; }
}

/// <summary>What do the stations do, how fast, and what do they refuse? (R2)</summary>
public sealed record WhatStationsDo() : View("transfers", 2, "What do the stations do?")
{
    public override Type Row => typeof(TransferRow);

    public override IReadOnlyList<string> Indexes => ["station, submitted_at", "division text_pattern_ops"];

    public override IEnumerable<ViewRow> Rows(ItemHistory history)
    {
        var n = 0;
        TransferRow? open = null;
        foreach (var e in ItemFold.InOrder(ItemFold.Effective(history.Events)))
            switch (e.Event)
            {
                case TransferSubmitted { Station: { } station }:
                    if (open is not null)
                        yield return open;
                    open = new()
                    {
                        Stream = history.Id,
                        N = n++,
                        Station = station,
                        Division = StationCode.IsWellFormed(station)
                            ? StationCode.DivisionOf(station)
                            : e.Envelope.RegionCode,
                        SubmittedAt = e.Envelope.When.Start,
                        Outcome = "open",
                        SameDay = false,
                        CrossCity = false,
                    };
                    break;
                case TransferRefused refused when open is not null:
                    yield return open with
                    {
                        Outcome = "refused",
                        Reason = refused.Reason,
                        DoneAt = e.Envelope.When.Start,
                    };
                    open = null;
                    break;
                case OwnershipTransferred moved when open is not null:
                    yield return open with
                    {
                        Outcome = "registered",
                        DoneAt = e.Envelope.When.Start,
                        SameDay = e.Envelope.When.Day == ShanghaiDay.Of(open.SubmittedAt),
                        CrossCity =
                            moved is { FromRegion: { Length: 6 } from, ToRegion: { Length: 6 } to }
                            && from[..4] != to[..4],
                    };
                    open = null;
                    break;
            }
        if (open is not null)
            yield return open;
    }
}
