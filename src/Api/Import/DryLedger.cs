using System.Collections.Immutable;
using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Store;
using Ledger.Store.Vault;

namespace Api.Import;

/// <summary>
/// Stands in for the store in a dry run: what would have been written is seen by later rows, and nothing is written.
/// Its
/// memory grows with the items of the file; a real import's does not.
/// </summary>
sealed class DryLedger(Handles handles)
{
    readonly Dictionary<GuardKey, string?> guards = [];
    readonly Dictionary<Guid, List<Recorded>> streams = [];
    readonly HashSet<Guid> ids = [];

    /// <summary>Parties of the file: those that are new keep one id through the whole run.</summary>
    public SubjectBook? Subjects { get; set; }

    /// <returns>Whether it would be recorded; otherwise its key is known.</returns>
    public bool Write(DecidedCommand command)
    {
        var first = handles.EventId(command.Scope, command.Key, 0);
        if (!ids.Add(first))
            return false;
        foreach (var guard in command.Guards)
            guards[guard.Key] = guard.New;
        for (var i = 0; i < command.Appends.Length; i++)
        {
            var append = command.Appends[i];
            if (append.Noun is not Noun.Item)
                continue;
            if (!streams.TryGetValue(append.Stream, out var list))
                streams[append.Stream] = list = [];
            list.Add(
                new(
                    handles.EventId(command.Scope, command.Key, i),
                    append.Stream,
                    command.Expects[0].Version + i + 1,
                    append.Envelope.OccurredAt,
                    append.Event,
                    append.Envelope
                )
                {
                    Type = Ledger.EventCatalog.Of(append.Event).WireName,
                }
            );
        }
        return true;
    }

    public void AddTo(Dictionary<Guid, ItemHistory> found, Guid[] items)
    {
        foreach (var item in items)
            if (streams.TryGetValue(item, out var would))
                found[item] = new(item, found.TryGetValue(item, out var real) ? real.Events.Concat(would) : would);
    }

    public ImmutableDictionary<GuardKey, string> Over(
        ImmutableDictionary<GuardKey, string> found,
        IEnumerable<GuardKey> keys
    )
    {
        foreach (var key in keys)
            if (guards.TryGetValue(key, out var value))
                found = value is null ? found.Remove(key) : found.SetItem(key, value);
        return found;
    }
}
