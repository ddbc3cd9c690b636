using System.Collections.Immutable;
using Ledger.Kernel;
using Ledger.Rules;
using Ledger.Store.Vault;

namespace Ledger.Store;

/// <summary>Who states a command on streams that are no single item, when it happened, and under which key.</summary>
public sealed record StreamOrder(Acting By, string Scope, string Key, CommandHash Hash, DateTimeOffset OccurredAt)
{
    /// <summary>What the ledger itself does: the key says which act it is, so that it is taken again and never
    /// twice.</summary>
    /// <param name="verb">Part of the command's hash: whose act it is.</param>
    public static StreamOrder OfSystem(Handles handles, string verb, string key, DateTimeOffset at) =>
        new(Acting.System, Acting.System.Actor, key, handles.CommandHash(verb, key, []), at);

    /// <summary>Nobody said when it occurred: it occurs when it is decided, and after all that it rests on.</summary>
    public bool IsDatedHere { get; init; }

    /// <summary>Present when only the date is known.</summary>
    public Precision? Precision { get; init; }

    /// <summary>The day as it was given, where the instant alone would tell another one.</summary>
    public DateOnly? GivenDay { get; init; }

    /// <summary>Where it happened: whoever acts is there, unless it is about a place itself.</summary>
    public string? Site { get; init; } = By.Site;
    public string? RegionCode { get; init; }

    /// <summary>The version its caller read; another one refuses.</summary>
    public long? IfMatch { get; init; }

    /// <summary>Numbers that go into the vault with one of its events.</summary>
    public ImmutableArray<VaultText> Secrets { get; init; } = [];
}

/// <summary>Commands on streams that are no single item (keys, markets, stations, incidents, exporters, batches):
/// answered from record where they are a repeat, decided on what stands, written as one, and decided once again where
/// anything they rest on has moved.</summary>
public sealed class StreamDesk(EventReader reader, WriteDoor door, CommandDesk desk, StreamGates gates)
{
    /// <summary>An act of one command touches at most fifty streams (domain.md §2).</summary>
    const int LongestCommand = 52;

    /// <summary>A command on one stream.</summary>
    /// <param name="decide">From the stream's events, oldest first, and the situation.</param>
    public Task<Answer> RecordAsync(
        Noun noun,
        Guid stream,
        StreamOrder order,
        Func<IReadOnlyList<Recorded>, StreamsRead, Task<Decision>> decide,
        CancellationToken stop
    ) =>
        RecordAsync(
            [stream],
            order,
            async read => [new StreamDecision(stream, noun, await decide(await read.OfAsync(stream, stop), read))],
            stop
        );

    /// <summary>A command on several streams: all of it is recorded, or nothing.</summary>
    /// <param name="about">Streams that it writes, as far as that is known before it is decided.</param>
    /// <param name="decide">The first decision is about the stream that the answer names.</param>
    public Task<Answer> RecordAsync(
        Guid[] about,
        StreamOrder order,
        Func<StreamsRead, Task<ImmutableArray<StreamDecision>>> decide,
        CancellationToken stop
    ) => RecordAsync(about, order, (read, _) => decide(read), stop);

    /// <summary>The same where a decision compares parties: the book says how the vault knows them.</summary>
    public async Task<Answer> RecordAsync(
        Guid[] about,
        StreamOrder order,
        Func<StreamsRead, SubjectBook, Task<ImmutableArray<StreamDecision>>> decide,
        CancellationToken stop
    )
    {
        var streams = about.ToHashSet();
        for (var round = 0; round < CommandDesk.Rounds; round++)
        {
            using var turn = await gates.EnterAsync(streams, stop);
            if (turn is null)
                break;
            var (answer, touched) = await InTurnAsync(turn, order, decide, stop);
            if (answer is not null)
                return answer;
            // Only now is it known what the command touches: it decides again in the turn of all of that.
            streams.UnionWith(touched);
        }
        return new Answer.Refused([new("too-contended")]);
    }

    /// <returns>Null: to be decided again, in the turn of all that it touches; it is not the turn of what it would
    /// write, or something that it read has moved.</returns>
    async Task<(Answer? Answer, IEnumerable<Guid> Touched)> InTurnAsync(
        StreamGates.Turn turn,
        StreamOrder order,
        Func<StreamsRead, SubjectBook, Task<ImmutableArray<StreamDecision>>> decide,
        CancellationToken stop
    )
    {
        if (await ReplayAsync(order, stop) is { } before)
            return (before, []);
        var (read, subjects) = (new StreamsRead(reader, order, desk.Now), await door.Vault.OpenAsync([], stop));
        var decisions = await decide(read, subjects);
        var about = decisions[0].Stream;
        if (order.IfMatch is { } version && version != read.Tips[about].N)
            return (Refuse(Refusal.Of("stale-version", ("expected", version), ("version", read.Tips[about].N))), []);
        // A twin of this request may have won meanwhile: then its answer is ours, not the refusal it causes.
        if (decisions.Any(d => d.Decision.IsRefused))
            return (
                await ReplayAsync(order, stop)
                    ?? new Answer.Refused([.. decisions.SelectMany(d => d.Decision.Refusals)]),
                []
            );
        if (ActTimes.Ahead(decisions.SelectMany(d => d.Decision.Events), desk.Now) is { IsEmpty: false } ahead)
            return (new Answer.Refused(ahead), []);
        if (decisions.All(d => d.Decision.Events.IsEmpty))
            return (new Answer.Recorded([], about, read.Tips[about].N), []);
        var command = Command(decisions, read.Expects, order with { OccurredAt = read.OccurredAt });
        var written = command.Appends.Select(a => a.Stream).Distinct().ToList();
        if (!turn.Covers(written))
            return (null, written);
        await door.Vault.AddAsync(subjects, Words(command.Appends.Select(a => a.Event)), [], stop);
        return (
            await desk.WriteAsync(Mapped(command, subjects), read.Tips, subjects, stop),
            command.Expects.Select(e => e.Stream)
        );
    }

    static Answer.Refused Refuse(Refusal refusal) => new([refusal]);

    Task<Answer?> ReplayAsync(StreamOrder order, CancellationToken stop) =>
        desk.ReplayAsync(order.Scope, order.Key, order.Hash, stop, LongestCommand);

    /// <summary>The parties that events name.</summary>
    internal static List<PartyRef> Words(IEnumerable<LedgerEvent> events)
    {
        var words = new List<PartyRef>();
        foreach (var e in events)
            e.WithParties(party =>
            {
                words.Add(party);
                return party;
            });
        return words;
    }

    /// <summary>The same with each party as the vault knows it.</summary>
    static DecidedCommand Mapped(DecidedCommand command, SubjectBook subjects) =>
        command with
        {
            Appends = [.. command.Appends.Select(a => a with { Event = a.Event.WithParties(subjects.IdOf) })],
        };

    /// <param name="expects">Every stream that was read, as it was decided on.</param>
    public static DecidedCommand Command(
        ImmutableArray<StreamDecision> decisions,
        ImmutableArray<Expectation> expects,
        StreamOrder order
    )
    {
        var envelope = new Envelope(order.Key, order.OccurredAt, order.By.Actor, order.By.Role, RuleSet.Current.Version)
        {
            Precision = order.Precision,
            GivenDay = order.GivenDay,
            Site = order.Site,
            SecondActor = order.By.SecondActor,
            RegionCode = order.RegionCode,
        };
        return new(order.Scope, order.Key, order.Hash)
        {
            Expects = expects,
            Guards = [.. decisions.SelectMany(d => d.Decision.Guards)],
            Secrets = order.Secrets,
            Appends = [.. decisions.SelectMany(d => Appends(d, envelope))],
        };
    }

    /// <summary>What was judged of a stream stands on its last event: the act.</summary>
    static IEnumerable<Append> Appends(StreamDecision d, Envelope envelope)
    {
        var last = d.Decision.Events.Length - 1;
        return d.Decision.Events.Select(
            (e, i) =>
                new Append(d.Stream, d.Noun, e, i == last ? envelope with { Verdicts = d.Decision.Verdicts } : envelope)
        );
    }
}
