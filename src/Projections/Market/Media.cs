using Ledger.DataWipe;
using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Store.Postgres;

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
public sealed record MediaView() : ItemView("media", 1, "Which medium needs what?")
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
        var last = history.Steps.Last(s => Touching.Contains(s.Event.Event.GetType())).Event;
        return (last.Envelope.Market, last.Envelope.RegionCode, last.Envelope.When.Start);
    }

    static readonly HashSet<Type> Touching =
    [
        .. WipeEvents.All.Concat(Ledger.Custody.CustodyEvents.All).Select(l => l.Type),
    ];
}

/// <summary>Filters of <c>market/media</c>.</summary>
/// <param name="Needs"><c>intake</c>, <c>consent</c>, <c>wipe</c>, <c>verify</c>, <c>nothing</c>; <c>open</c>: all but
/// the last; <c>all</c>.</param>
public sealed record MediaFilter(
    string? Market = null,
    string? Division = null,
    string? Category = null,
    string Needs = "open",
    string? Tool = null
);

/// <summary>A line of the wipe bench.</summary>
public sealed record MediumEntry(
    Guid ItemId,
    int Ix,
    string Type,
    string State,
    string Needs,
    string? Level,
    Guid? Attestation,
    string? Tool,
    string? Market,
    string? Division,
    string Category,
    string? Make,
    string? Model,
    DateTimeOffset At
)
{
    internal int N { get; init; }
}

/// <summary>Reads lines of the wipe bench, newest first.</summary>
public sealed class MediaQuery(LedgerDatabase database)
{
    public async Task<Page<MediumEntry>> ReadAsync(MediaFilter f, int limit, string? cursor, CancellationToken stop)
    {
        var filter = new Filter()
            .Where("market = ?", f.Market)
            .Inside("division", f.Division)
            .Where("category = ?", f.Category)
            .Where("tool = ?", f.Tool);
        if (f.Needs is "open")
            filter.And("needs <> 'nothing'");
        else if (f.Needs is not "all")
            filter.Where("needs = ?", f.Needs);
        if (Cursor.Read(cursor) is { } after)
            filter.And(filter.Over("(at, stream, n) < (?, ?, ?)", after.At, after.Stream, after.N));
        await using var command = filter.On(
            database.Source,
            $"""
            select stream, ix, type, state, needs, level, attestation, tool, market, division, category, make, model,
                at, n
            from {new MediaView().Source} where {filter.Sql}
            order by at desc, stream desc, n desc limit {limit + 1}
            """
        );
        return await command.PageAsync(limit, Read, e => Cursor.Of(e.At, e.ItemId, e.N), stop);
    }

    static MediumEntry Read(Npgsql.NpgsqlDataReader r) =>
        new(
            r.GetGuid(0),
            r.GetInt32(1),
            r.GetString(2),
            r.GetString(3),
            r.GetString(4),
            r.Text(5),
            r.Maybe<Guid>(6),
            r.Text(7),
            r.Text(8),
            r.Text(9),
            r.GetString(10),
            r.Text(11),
            r.Text(12),
            r.GetFieldValue<DateTimeOffset>(13)
        )
        {
            N = r.GetInt32(14),
        };
}
