using System.Data.Common;
using Ledger.Kernel;
using Ledger.Proof;
using Ledger.Store.Postgres;
using Ledger.Store.Vault;

namespace Ledger.Store.Reservations;

/// <summary>Makes reservations anew from the events and holds the stored ones against them.</summary>
/// <param name="tell">Takes a sentence about what could not be made, and the stream it is about.</param>
sealed class ReservationComparison(LedgerDatabase database, Action<string, Guid?> tell)
{
    const int Page = 500;

    readonly EventReader reader = new(database);
    readonly PersonalVault vault = new(database);

    /// <summary>All rows that are stored, and how far the log was then: as of one moment, so that the service may go on
    /// writing. The rows are read in one go, into a file: later events are not looked at, later rows not
    /// seen.</summary>
    /// <param name="read">What is done once the rows are read.</param>
    public async Task<ReservationSort> SortedAsync(
        ReservationMoment moment,
        int held,
        Func<Task> read,
        Action<string> progress,
        CancellationToken stop
    )
    {
        var sort = new ReservationSort(held);
        try
        {
            var seq = await moment.SequenceAsync(stop);
            await AddStoredAsync(moment, sort, stop);
            await read();
            foreach (var kind in ReservationSteps.Kinds)
            {
                long done = 0;
                await foreach (var page in reader.PagesAsync(kind, Page, stop))
                {
                    foreach (var (stream, by, step, place) in await StepsAsync(kind, page, seq, stop))
                        sort.Add(step, by.Sequence, place, stream);
                    progress($"reservations: {done += page.Length} streams of {kind.Name}");
                }
            }
            return sort;
        }
        catch
        {
            sort.Dispose();
            throw;
        }
    }

    async Task AddStoredAsync(ReservationMoment moment, ReservationSort sort, CancellationToken stop)
    {
        var known = ReservationKinds.All.Select(k => k.Name).ToHashSet(StringComparer.Ordinal);
        await moment.ReadAsync(
            (kind, key, value) =>
            {
                if (known.Contains(kind) && key.Length == Hash.Size)
                    sort.AddStored(kind, Hash.Read(key), value);
                else
                    tell($"{Bounds.Short(kind)} {Convert.ToHexStringLower(key)}: the ledger has no such row", null);
            },
            stop
        );
    }

    /// <summary>What the events of some streams did, in their order; a stream that cannot be read is told, its
    /// neighbours are looked at.</summary>
    public async Task<List<(Guid Stream, StoredEvent By, ReservationStep Step, int Place)>> StepsAsync(
        StreamKind kind,
        Guid[] streams,
        long upTo,
        CancellationToken stop
    )
    {
        try
        {
            var events = await reader.StreamsAsync(streams, upTo, stop);
            var numbers = await NumbersAsync(events.Values.SelectMany(e => e), stop);
            var steps = new ReservationSteps(
                new(
                    database.Handles,
                    OperatorKeys.StreamOf(database.Handles, database.Log.Origin),
                    numbers.GetValueOrDefault
                )
            );
            return
            [
                .. events.SelectMany(s =>
                    steps.Of(kind, s.Key, s.Value).Select((made, place) => (s.Key, made.By, made.Step, place))
                ),
            ];
        }
        catch (Exception error) when (error is not (OperationCanceledException or DbException))
        {
            if (streams.Length == 1)
            {
                tell($"cannot be made: {error.Message}", streams[0]);
                return [];
            }
            var found = new List<(Guid, StoredEvent, ReservationStep, int)>();
            foreach (var stream in streams)
                found.AddRange(await StepsAsync(kind, [stream], upTo, stop));
            return found;
        }
    }

    /// <summary>Event → the number that a reservation is made of: only the vault knows it.</summary>
    async Task<Dictionary<Guid, string>> NumbersAsync(IEnumerable<StoredEvent> events, CancellationToken stop)
    {
        var names = events
            .Select(e => (e.EventId, Name: ReservationSteps.NumberName(e)))
            .Where(e => e.Name is not null)
            .ToDictionary(e => e.EventId, e => e.Name);
        var found = new Dictionary<Guid, string>();
        if (names.Count == 0)
            return found;
        foreach (var told in await vault.DisclosuresAsync("event_id", [.. names.Keys], stop))
            // A text that does not open is named by the audit itself.
            if (
                told.Encoded is { } encoded
                && Proof.Disclosure.Read(encoded) is { } opened
                && opened.Name == names[told.EventId]
                && opened.Value.Text() is { } number
            )
                found[told.EventId] = number;
        return found;
    }
}
