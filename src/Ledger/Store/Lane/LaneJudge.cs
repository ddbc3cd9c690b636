using Ledger.Kernel;
using Ledger.Proof;
using Ledger.Store.Vault;

namespace Ledger.Store.Lane;

/// <summary>How a command left the judging: accepted at an index, or with its outcome.</summary>
/// <param name="Outcome">Null: it is in the batch.</param>
readonly record struct BatchEntryResult(WriteOutcome? Outcome, ulong FirstIndex, Guid Stream, long Version);

/// <summary>
/// Judges the commands of a batch in their order on what stands at the head: each sees what the ones before it
/// will write. Whoever does not fit leaves; its neighbours are not disturbed.
/// </summary>
sealed class LaneJudge(StateAtHead state)
{
    readonly Dictionary<ReservationKey, string?> changed = [];
    readonly OrderedDictionary<Guid, NewStream> begun = [];
    readonly HashSet<SubjectRow> taken = new(ReferenceEqualityComparer.Instance);

    /// <summary>Events that are in, in the order of their leaves.</summary>
    public List<NewEntry> Entries { get; } = [];

    /// <summary>Reservations that change; null: given back.</summary>
    public IReadOnlyDictionary<ReservationKey, string?> ChangedReservations => changed;

    /// <summary>Subjects that go on record.</summary>
    public IReadOnlyCollection<SubjectRow> NewSubjects => taken;

    /// <summary>Streams that begin, each with its version after the batch.</summary>
    public IReadOnlyList<NewStream> NewStreams => [.. begun.Values];

    public BatchEntryResult Judge(SealedCommand command)
    {
        if (Repeat(command) is { } repeat)
            return new(repeat, 0, default, 0);
        if (command.Decided.Expects.Any(e => state.Streams.GetValueOrDefault(e.Stream).N != e.Version))
            return Stale;
        if (command.Decided.Reservations.Any(g => ReservationOf(g.Key) != g.Expected))
            return Stale;
        if (command.Subjects.Any(s => !taken.Contains(s) && IsTaken(s)))
            return Stale;
        if (command.Named.Any(id => !IsLive(id, command)))
            return new(new WriteOutcome.Refused(new("subject-is-erased")), 0, default, 0);
        // The chain: a leaf that was signed on another predecessor than the one that stands.
        var tips = new Dictionary<Guid, (long N, Hash Hash)>();
        foreach (var e in command.Events)
        {
            var tip = tips.TryGetValue(e.Append.Stream, out var own)
                ? own
                : state.Streams.GetValueOrDefault(e.Append.Stream);
            if (e.N != tip.N + 1 || e.Prev != tip.Hash)
                return Stale;
            tips[e.Append.Stream] = (e.N, e.LeafHash);
        }
        return Take(command);
    }

    static BatchEntryResult Stale => new(new WriteOutcome.Stale(), 0, default, 0);

    WriteOutcome? Repeat(SealedCommand command)
    {
        if (!state.Known.TryGetValue(command.Events[0].Id, out var first))
            return null;
        if (first.Hash != command.Decided.Hash)
            return new WriteOutcome.Refused(new("idempotency-key-reused"));
        return WriteOutcome.Known.Of(command.Events.Select(e => e.Id), state.Known);
    }

    BatchEntryResult Take(SealedCommand command)
    {
        var index = state.Head.Size + (ulong)Entries.Count;
        // One that stays as it is was only read.
        foreach (var reservation in command.Decided.Reservations.Where(g => g.New != g.Expected))
            changed[reservation.Key] = reservation.New;
        foreach (var subject in command.Subjects)
        {
            taken.Add(subject);
            state.Subjects[subject.Subject] = true;
            foreach (var (kind, mac) in subject.Blind)
                state.Blind[(kind, Hash.Read(mac))] = subject.Subject;
        }
        for (var i = 0; i < command.Events.Length; i++)
        {
            var e = command.Events[i];
            var stream = e.Append.Stream;
            if (begun.TryGetValue(stream, out var begins))
                begun[stream] = begins with { Version = e.N };
            else if (!state.Streams.ContainsKey(stream))
                begun[stream] = new(stream, e.Append.Kind, e.N);
            state.Streams[stream] = (e.N, e.LeafHash);
            CommandHash? cmd = i == 0 ? command.Decided.Hash : null;
            state.Known[e.Id] = new(stream, e.N, cmd, index + (ulong)i);
            Entries.Add(new(e, cmd));
        }
        var about = command.Events[0].Append.Stream;
        return new(null, index, about, command.Events.Last(e => e.Append.Stream == about).N);
    }

    /// <summary>A subject that this command thinks is new, and that somebody else has put on record.</summary>
    bool IsTaken(SubjectRow row) =>
        state.Subjects.ContainsKey(row.Subject)
        || row.Blind.Any(b =>
            b.Kind == PersonalVault.Party
            && state.Blind.TryGetValue((b.Kind, Hash.Read(b.Mac)), out var id)
            && id != row.Subject
        );

    bool IsLive(Guid subject, SealedCommand command) =>
        state.Subjects.TryGetValue(subject, out var live) ? live : command.Subjects.Any(s => s.Subject == subject);

    string? ReservationOf(ReservationKey key) =>
        changed.TryGetValue(key, out var mine) ? mine : state.Reservations.GetValueOrDefault(key);
}
