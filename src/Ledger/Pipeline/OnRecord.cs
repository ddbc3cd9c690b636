using Ledger.Kernel;
using Ledger.Store;

namespace Ledger.Pipeline;

/// <summary>Which commands are on record already, told by the ids that their events have.</summary>
sealed class OnRecord
{
    /// <summary>Events of a command stand without a gap. The first tells whether it is on record; of those that are the
    /// next few are asked for, which most commands do not exceed, and where all of them are there the rest.</summary>
    static readonly (int From, int To)[] Further = [(1, 4), (4, Deciding.MostEvents)];

    readonly Handles handles;
    readonly Dictionary<Guid, KnownCommand> found;

    OnRecord(Handles handles, Dictionary<Guid, KnownCommand> found) => (this.handles, this.found) = (handles, found);

    public static async Task<OnRecord> ReadAsync(
        WriteDoor door,
        Handles handles,
        IReadOnlyList<CommandRequest> requests,
        CancellationToken stop
    )
    {
        var found = await door.KnownAsync(requests.Select(r => handles.EventId(r.Scope, r.Key, 0)), stop);
        foreach (var (from, to) in Further)
        {
            Guid[] ids =
            [
                .. requests
                    .Where(r => found.ContainsKey(handles.EventId(r.Scope, r.Key, from - 1)))
                    .SelectMany(r => Ids(handles, r, from, to)),
            ];
            if (ids.Length == 0)
                break;
            foreach (var (id, known) in await door.KnownAsync(ids, stop))
                found[id] = known;
        }
        return new(handles, found);
    }

    /// <summary>Whether its key is on record, with whatever it said.</summary>
    public bool Has(CommandRequest r) => found.ContainsKey(handles.EventId(r.Scope, r.Key, 0));

    /// <summary>The first answer again; a refusal where the key stands for something else; null: it is not on
    /// record.</summary>
    public Answer? AnswerOf(CommandRequest r)
    {
        if (!found.TryGetValue(handles.EventId(r.Scope, r.Key, 0), out var before))
            return null;
        if (before.Hash != r.Hash)
            return Answer.Refused.Of(new("idempotency-key-reused"));
        Telemetry.Replays.Add(1);
        var ids = Ids(handles, r, 0, Deciding.MostEvents).TakeWhile(found.ContainsKey);
        return Answer.Of(WriteOutcome.Known.Of(ids, found));
    }

    static IEnumerable<Guid> Ids(Handles handles, CommandRequest r, int from, int to) =>
        Enumerable.Range(from, to - from).Select(i => handles.EventId(r.Scope, r.Key, i));
}
