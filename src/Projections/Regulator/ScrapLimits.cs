using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Store.Postgres;

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

/// <summary>Which vehicles reach their scrap limit, and when?</summary>
public sealed record ScrapLimitsView() : ItemView("limits", 1, "Which vehicles reach their scrap limit, and when?")
{
    public override Type Row => typeof(LimitRow);

    public override IReadOnlyList<string> Indexes => ["noted, limit_date, stream"];

    public override IEnumerable<ViewRow> Rows(ItemHistory history)
    {
        var item = history.State;
        if (item is { Life: < Life.Exported } && Instants.TryParseDay(item.ScrapLimit, out var limit))
            yield return new LimitRow
            {
                Stream = history.Id,
                N = 0,
                LimitDate = limit,
                Noted = item.ScrapLimitReached == limit,
                LastAt = item.LastAt,
                Division = history
                    .Steps.Select(s => s.Event.Envelope.RegionCode)
                    .LastOrDefault(region => region is not null),
            };
    }
}

/// <summary>A scrap limit that has come and is not on record yet.</summary>
public sealed record ReachedLimit(Guid ItemId, DateOnly LimitDate, DateTimeOffset LastAt, string? Division);

/// <summary>Which scrap limits have come?</summary>
public sealed class ReachedLimits(LedgerDatabase database)
{
    /// <param name="today">A limit of today has come.</param>
    public async Task<List<ReachedLimit>> ReadAsync(DateOnly today, int most, CancellationToken stop)
    {
        await using var command = database.Source.CreateCommand(
            $"""
            select stream, limit_date, last_at, division from {new ScrapLimitsView().Source}
            where not noted and limit_date <= $1 order by limit_date, stream limit $2
            """
        );
        command.Parameters.AddWithValue(today);
        command.Parameters.AddWithValue(most);
        return await command.ListAsync(
            r => new ReachedLimit(
                r.GetGuid(0),
                r.GetFieldValue<DateOnly>(1),
                r.GetFieldValue<DateTimeOffset>(2),
                r.Text(3)
            ),
            stop
        );
    }
}
