using System.Collections.Immutable;
using Ledger.Kernel;
using Ledger.Parties;
using Ledger.Rules;
using Ledger.Store;
using Ledger.Store.Lane;
using Ledger.Store.Postgres;
using Ledger.Store.Vault;

namespace Ledger.Pipeline;

/// <summary>Commands that are read for together and decided in their order, each on what those before it will have
/// written.</summary>
sealed class CommandBatch
{
    readonly EventReader reader;
    readonly WriteDoor door;
    readonly Handles handles;
    readonly Unwritten unwritten;
    readonly StreamsRead read = new();
    readonly Dictionary<ReservationKey, string?> reservations = [];
    readonly Dictionary<Guid, long> tipVersions = [];
    readonly bool isDry;
    OnRecord? onRecord;

    internal CommandBatch(
        EventReader reader,
        WriteDoor door,
        Handles handles,
        SubjectCache subjects,
        Unwritten? dry,
        DateTimeOffset now
    ) =>
        (this.reader, this.door, this.handles, Subjects, unwritten, isDry, Now) = (
            reader,
            door,
            handles,
            subjects,
            dry ?? new(handles),
            dry is not null,
            now
        );

    /// <summary>When it is decided, in whole milliseconds.</summary>
    public DateTimeOffset Now { get; }

    internal StreamHeads Tips { get; } = new();

    /// <summary>Knows the parties of every command.</summary>
    internal SubjectCache Subjects { get; }

    /// <summary>Reads what commands need, in as few queries as they allow, and which of their keys are on
    /// record.</summary>
    internal async Task ReadAsync(IReadOnlyList<CommandRequest> requests, CancellationToken stop)
    {
        onRecord = await OnRecord.ReadAsync(door, handles, requests, stop);
        await LoadAsync([.. requests.Where(r => !onRecord.Has(r)).Select(Mapped)], stop);
    }

    Guid First(CommandRequest r) => handles.EventId(r.Scope, r.Key, 0);

    CommandRequest Mapped(CommandRequest r) => r with { Command = r.Command.WithParties(Subjects.IdOf) };

    /// <summary>Whether one before it in the batch has its key: until that one is written nobody knows what became of
    /// it. What a dry run takes is as good as written.</summary>
    public bool IsTwin(CommandRequest r) => !isDry && unwritten.Known(First(r)) is not null;

    /// <summary>The answer to a command whose key is on record, or was taken in a dry run; null: it is new.</summary>
    public Answer? Repeated(CommandRequest r) =>
        onRecord?.AnswerOf(r) is { } before ? before
        : unwritten.Known(First(r)) is not { } hash ? null
        : hash == r.Hash ? new Answer.Accepted([First(r)], default, 0) { IsRepeat = true }
        : Answer.Refused.Of(new("idempotency-key-reused"));

    /// <summary>The answer to a decided command of a dry run.</summary>
    public Answer WouldBe(DecidedCommand c) =>
        new Answer.Accepted(
            [.. c.Appends.Select((_, i) => handles.EventId(c.Scope, c.Key, i))],
            c.Appends[0].Stream,
            0
        );

    /// <summary>Decides a command on what stands now.</summary>
    public async Task<Decided> DecideAsync(CommandRequest request, CancellationToken stop)
    {
        var r = Mapped(request);
        await LoadAsync([r], stop);
        var (kind, needs, s) = Asked(r);
        using var span = Telemetry.Source.StartActivity("ledger.decide");
        var decided = Deciding.Decide(r, kind, read, s with { Reservations = Named(needs) }, Expects(needs));
        return decided.Contradiction is { } contradiction ? throw door.Contradicted(contradiction) : decided;
    }

    /// <summary>What comes after it is decided on what it will write.</summary>
    public void Take(DecidedCommand command)
    {
        foreach (var e in unwritten.Take(command, Now))
        {
            if (tipVersions.ContainsKey(e.StreamId))
                tipVersions[e.StreamId] = e.Version;
            if (read.Has(e.StreamId) || e.Version == 1)
                read.Append(e);
        }
        foreach (var reservation in command.Reservations)
            reservations[reservation.Key] = reservation.New;
    }

    async Task LoadAsync(IReadOnlyList<CommandRequest> requests, CancellationToken stop)
    {
        while (true)
        {
            HashSet<Guid> streams = [],
                tips = [];
            var keys = new HashSet<ReservationKey>();
            foreach (var need in requests.SelectMany(r => Asked(r).Needs))
                switch (need)
                {
                    case Need.Stream { Id: var id } when !read.Has(id):
                        streams.Add(id);
                        break;
                    case Need.Tip { Id: var id } when !tipVersions.ContainsKey(id) && !read.Has(id):
                        tips.Add(id);
                        break;
                    case Need.Reservation { Key: var key } when !reservations.ContainsKey(key):
                        keys.Add(key);
                        break;
                }
            if (streams.Count + tips.Count + keys.Count == 0)
                return;
            await StreamsAsync(streams, stop);
            foreach (var id in tips)
            {
                await reader.TipAsync(id, Tips, stop);
                tipVersions[id] = unwritten.Of(id) is [.., var last] ? last.Version : Tips[id].N;
            }
            await ReservationsAsync(keys, stop);
        }
    }

    async Task StreamsAsync(HashSet<Guid> streams, CancellationToken stop)
    {
        if (streams.Count == 0)
            return;
        var found = await reader.StreamsAsync(streams, Tips, stop);
        foreach (var id in streams)
            read.Add(id, (found.GetValueOrDefault(id) ?? []).Concat(unwritten.Of(id)));
    }

    async Task ReservationsAsync(HashSet<ReservationKey> keys, CancellationToken stop)
    {
        if (keys.Count == 0)
            return;
        var found = await door.ReservationsAsync(keys, stop);
        foreach (var key in keys)
            reservations[key] = unwritten.TryGet(key, out var mine) ? mine : found.GetValueOrDefault(key);
    }

    /// <summary>Streams that a command names before anything is read; not who gives it, of whom many do at
    /// once.</summary>
    internal HashSet<Guid> StreamsOf(CommandRequest request) =>
        [
            .. Modules
                .Of(request.Command)
                .Needs(request.Command, read, Situation(request, default))
                .Select(n =>
                    n switch
                    {
                        Need.Stream stream => stream.Id,
                        Need.Tip tip => tip.Id,
                        _ => (Guid?)null,
                    }
                )
                .OfType<Guid>(),
        ];

    /// <summary>What a command needs, as far as what has been read tells it. When it occurs may hang on what it
    /// reads, and what it reads on the day of that.</summary>
    (CommandKind Kind, List<Need> Needs, Situation Situation) Asked(CommandRequest r)
    {
        var kind = Modules.Of(r.Command);
        var newest = default(DateTimeOffset);
        while (true)
        {
            var s = Situation(r, newest);
            var needs = kind.Needs(r.Command, read, s).ToList();
            var then = Newest(needs);
            if (then == newest)
                return (kind, [.. Deciding.Needs(r.By, s).Concat(needs).Distinct()], s);
            newest = then;
        }
    }

    Situation Situation(CommandRequest r, DateTimeOffset newest)
    {
        var s = new Situation(Occurrence.At(r.OccurredAt, r.IsDatedHere, Now, newest), Now, RuleSet.Current, r.By)
        {
            Jurisdiction = r.Jurisdiction,
            GivenDay = Moment.Of(r.OccurredAt, r.Precision, r.GivenDay) is { IsDay: true, Day: var day } ? day : null,
            Handles = handles,
            Lead = First(r),
            Newest = newest,
            Reservations = reservations,
        };
        return s with { Self = Self(r.By, s), Second = Self(r.By.Second, s) };
    }

    ActingParty Self(Acting? by, Situation s) => ActingRole.Self(by, Subjects.AllOf(by?.Party), read, s);

    /// <summary>When the newest event of the streams that a command names occurred.</summary>
    DateTimeOffset Newest(List<Need> needs)
    {
        var newest = default(DateTimeOffset);
        foreach (var need in needs)
            if (need is Need.Stream { Id: var id } && read.Has(id))
                foreach (var e in read.Of(id))
                    if (e.Envelope.OccurredAt > newest)
                        newest = e.Envelope.OccurredAt;
        return newest;
    }

    Dictionary<ReservationKey, string?> Named(List<Need> needs) =>
        needs.OfType<Need.Reservation>().ToDictionary(n => n.Key, n => reservations[n.Key]);

    ImmutableArray<Expectation> Expects(List<Need> needs)
    {
        var expects = ImmutableArray.CreateBuilder<Expectation>();
        foreach (var need in needs)
            if (need is Need.Stream { Id: var id })
                expects.Add(new(id, read.Version(id)));
            else if (need is Need.Tip { Id: var tip })
                expects.Add(new(tip, tipVersions.TryGetValue(tip, out var n) ? n : read.Version(tip)));
        return expects.DrainToImmutable();
    }
}
