using Ledger.Store.Postgres;
using Npgsql;
using NpgsqlTypes;

namespace Projections;

/// <summary>How far all views have come, as one look at the database found it.</summary>
/// <param name="Newest">Place of the newest event.</param>
/// <param name="Views">How far each view has seen it.</param>
public sealed record ViewPlaces(long Newest, IReadOnlyDictionary<string, long> Views)
{
    const string Schema = LedgerDatabase.Schema;

    /// <summary>Moves views on from where they stand; fewer rows than views: one stood elsewhere.</summary>
    internal static NpgsqlBatchCommand Move(IEnumerable<View> views, long from, long to) =>
        Sql.Command(
            $"""
            insert into {Schema}.mt_event_progression as p (name, last_seq_id, last_updated)
            select name, $2, transaction_timestamp() from unnest($1) name
            on conflict (name) do update set last_seq_id = $2, last_updated = transaction_timestamp()
            where p.last_seq_id = $3
            """,
            Sql.Array(views.Select(Registry.Place), NpgsqlDbType.Text),
            new NpgsqlParameter { Value = to },
            new NpgsqlParameter { Value = from }
        );

    public static async Task<ViewPlaces> ReadAsync(LedgerDatabase database, CancellationToken stop)
    {
        await using var command = database.Source.CreateCommand(
            $"""
            select name, last_seq_id from {Schema}.mt_event_progression
            union all select '', ({EventPages.Newest})
            """
        );
        var found = new Dictionary<string, long>(StringComparer.Ordinal);
        await using var rows = await command.ExecuteReaderAsync(stop);
        while (await rows.ReadAsync(stop))
            found[rows.GetString(0)] = rows.GetInt64(1);
        return new(
            found[""],
            Registry.Views.ToDictionary(v => v.Name, v => found.GetValueOrDefault(Registry.Place(v)))
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
                // Ahead of the newest event nothing has been seen: what comes would be missed.
                if (place > places.Newest)
                    standing.Add(view);
                else if (place == places.Newest || !moved.TryGetValue(view, out var before) || before.Place != place)
                    moved[view] = (place, now);
                else if (clock.GetElapsedTime(before.Since, now) >= patience)
                    standing.Add(view);
            return standing;
        }
    }
}
