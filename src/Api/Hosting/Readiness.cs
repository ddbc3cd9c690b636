using Api.Lists;
using Api.Settings;
using Ledger.Store;
using Ledger.Store.Lane;
using Ledger.Store.Postgres;
using Projections;

namespace Api.Hosting;

/// <param name="Standing">Views that have not moved for longer than they may while there is something to see.</param>
/// <param name="Held">Items that a view cannot show, and why.</param>
/// <param name="Fault">Rolled back or forked: nothing is written or signed until a person mends it.</param>
/// <param name="Unknown">What could not be asked of the house witness; asked again, ends by itself.</param>
sealed record ReadyState(
    bool Ready,
    IReadOnlyDictionary<string, AsOf> Views,
    IReadOnlyList<string> Standing,
    IReadOnlyList<HeldStream> Held,
    Broken? Fault,
    string? Unknown
);

/// <summary>All that a write and a read need, asked once at a time however many want to know: a server that does not
/// answer has one question to answer when it comes back.</summary>
sealed class Readiness(LedgerNode node, TimeLimits limits)
{
    readonly ViewWatch watch = new(limits.Standing, node.Clock);
    readonly Lock gate = new();
    Task<ReadyState>? asking;

    /// <summary>The answer, within the patience.</summary>
    public async Task<ReadyState> AskAsync()
    {
        try
        {
            return await Shared().WaitAsync(limits.Readiness);
        }
        catch (Exception error) when (Faults.IsAway(error))
        {
            return new(false, new Dictionary<string, AsOf>(), [], [], node.State.Broken, node.State.Unknown);
        }
    }

    Task<ReadyState> Shared()
    {
        lock (gate)
            return asking is { IsCompleted: false } running ? running : asking = Task.Run(LookAsync);
    }

    async Task<ReadyState> LookAsync()
    {
        var database = node.Database;
        // A standby answers reads but takes no writes.
        await using var command = database.Source.CreateCommand(
            $"select not pg_is_in_recovery() and exists (select from {LedgerDatabase.Schema}.about)"
        );
        var writable = await command.ExecuteScalarAsync() is true;
        var places = await ViewPlaces.ReadAsync(database, CancellationToken.None);
        var standing = watch.See(places);
        var held = await HeldStreams.ListAsync(database, CancellationToken.None);
        var fault = node.State.Broken;
        var unknown = node.State.Unknown;
        var longHeld = held.Any(h => node.Clock.GetUtcNow() - h.Since >= limits.Standing);
        return new(
            writable && fault is null && unknown is null && standing.Count == 0 && !longHeld,
            places.Views.ToDictionary(v => v.Key, v => new AsOf(v.Value, places.Newest)),
            standing,
            held,
            fault,
            unknown
        );
    }
}
