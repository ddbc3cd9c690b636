using Ledger.Store;

namespace Projections;

/// <summary>How far all views have come, as one look at the database found it.</summary>
/// <param name="Newest">Place of the newest event.</param>
/// <param name="Marked">How far the daemon takes the log to be complete (its high-water mark).</param>
/// <param name="Views">How far each view has seen it.</param>
public sealed record ViewPlaces(long Newest, long Marked, IReadOnlyDictionary<string, long> Views)
{
    const string Schema = LedgerDatabase.Schema;

    public static async Task<ViewPlaces> ReadAsync(LedgerDatabase database, CancellationToken stop)
    {
        await using var command = database.Source.CreateCommand(
            $"""
            select split_part(name, ':', 1), max(last_seq_id) from {Schema}.mt_event_progression group by 1
            union all select '', coalesce(max(seq_id), 0) from {Schema}.mt_events
            """
        );
        var found = new Dictionary<string, long>(StringComparer.Ordinal);
        await using var rows = await command.ExecuteReaderAsync(stop);
        while (await rows.ReadAsync(stop))
            found[rows.GetString(0)] = rows.GetInt64(1);
        return new(
            found[""],
            found.GetValueOrDefault("HighWaterMark"),
            Registry.Views.ToDictionary(v => v.Name, v => found.GetValueOrDefault(Registry.Shard(v)))
        );
    }
}

/// <summary>Finds views that stand still while there is something to see. One that moves is behind at most.</summary>
public sealed class ViewWatch(TimeSpan patience, TimeProvider clock)
{
    /// <summary>A longer time without a look says nothing of the views: the database was away.</summary>
    static readonly TimeSpan Blind = TimeSpan.FromSeconds(20);

    readonly Dictionary<string, (long Place, long Since)> moved = new(StringComparer.Ordinal);
    readonly Lock gate = new();
    long? looked;

    /// <summary>Views that were started again have their patience anew.</summary>
    public void Forget(IEnumerable<string> views)
    {
        lock (gate)
            foreach (var view in views)
                moved.Remove(view);
    }

    /// <returns>Names of the views that stand still.</returns>
    public IReadOnlyList<string> See(ViewPlaces places)
    {
        var now = clock.GetTimestamp();
        lock (gate)
        {
            if (looked is { } last && clock.GetElapsedTime(last, now) > Blind)
                moved.Clear();
            looked = now;
            var standing = new List<string>();
            foreach (var (view, place) in places.Views)
                if (place >= places.Newest || !moved.TryGetValue(view, out var before) || before.Place != place)
                    moved[view] = (place, now);
                else if (clock.GetElapsedTime(before.Since, now) >= patience)
                    standing.Add(view);
            return standing;
        }
    }
}
