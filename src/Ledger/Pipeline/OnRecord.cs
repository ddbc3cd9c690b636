using Ledger.Kernel;
using Ledger.Store;

namespace Ledger.Pipeline;

/// <summary>Which commands are on record already, told by the ids that their events have.</summary>
sealed class OnRecord
{
    /// <summary>Most commands make no more events than these: the others' are asked for where these are all
    /// there.</summary>
    const int AtFirst = 4;

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
        var found = await door.KnownAsync(requests.SelectMany(r => Ids(handles, r, 0, AtFirst)), stop);
        Guid[] further =
        [
            .. requests
                .Where(r => found.ContainsKey(handles.EventId(r.Scope, r.Key, AtFirst - 1)))
                .SelectMany(r => Ids(handles, r, AtFirst, Deciding.MostEvents)),
        ];
        if (further.Length > 0)
            foreach (var (id, known) in await door.KnownAsync(further, stop))
                found[id] = known;
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
        return Answer.Of(WriteOutcome.Known.Of(Ids(handles, r, 0, Deciding.MostEvents), found));
    }

    static IEnumerable<Guid> Ids(Handles handles, CommandRequest r, int from, int to) =>
        Enumerable.Range(from, to - from).Select(i => handles.EventId(r.Scope, r.Key, i));
}
