using System.Collections.Immutable;
using Ledger.Kernel;
using Ledger.Kernel.Identifiers;

namespace Ledger.Store;

/// <summary>
/// What was read under the lane's lock, and how it changes while the batch is judged: each command sees what the ones
/// before it in the batch will write.
/// </summary>
sealed class LaneState(
    Dictionary<Guid, KnownCommand> known,
    Dictionary<Guid, long> versions,
    Dictionary<GuardKey, string> guards,
    DateTimeOffset now
)
{
    readonly Dictionary<Guid, long> before = new(versions);
    readonly Dictionary<GuardKey, string?> changed = [];

    public Dictionary<Guid, List<(Guid EventId, Append Append, string Hash)>> Appended { get; } = [];
    public HashSet<Identifier> Texts { get; } = [];
    public IReadOnlyDictionary<GuardKey, string?> ChangedGuards => changed;

    public bool IsNew(Guid stream) => !before.ContainsKey(stream);

    public bool Knows(Guid firstId) => known.ContainsKey(firstId);

    public ImmutableArray<WriteOutcome> Judge(IReadOnlyList<DecidedCommand> batch, Handles handles) =>
        [.. batch.Select(command => Judge(command, handles))];

    WriteOutcome Judge(DecidedCommand command, Handles handles)
    {
        var ids = command.Appends.Select((_, i) => handles.EventId(command.Scope, command.Key, i)).ToImmutableArray();
        if (known.TryGetValue(ids[0], out var first))
            return first.Hash == command.Hash
                ? new WriteOutcome.Known(ids, first.Stream, first.Version)
                : new WriteOutcome.Refused(new("idempotency-key-reused"));
        if (command.Expects.Any(e => versions.GetValueOrDefault(e.Stream) != e.Version))
            return new WriteOutcome.Stale();
        if (command.Guards.Any(g => Guard(g.Key) != g.Expected))
            return new WriteOutcome.Stale();

        foreach (var guard in command.Guards)
            changed[guard.Key] = guard.New;
        foreach (var text in command.Texts)
            Texts.Add(text);
        for (var i = 0; i < ids.Length; i++)
        {
            var append = command.Appends[i];
            if (!Appended.TryGetValue(append.Stream, out var list))
                Appended[append.Stream] = list = [];
            list.Add((ids[i], append, command.Hash));
            versions[append.Stream] = versions.GetValueOrDefault(append.Stream) + 1;
        }
        var last = command.Appends[^1].Stream;
        known[ids[0]] = new(command.Appends[0].Stream, versions[command.Appends[0].Stream], command.Hash);
        return new WriteOutcome.Recorded(ids, last, versions[last], now);
    }

    string? Guard(GuardKey key) => changed.TryGetValue(key, out var mine) ? mine : guards.GetValueOrDefault(key);
}
