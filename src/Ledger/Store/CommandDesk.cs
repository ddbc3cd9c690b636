using System.Collections.Immutable;
using System.Diagnostics;
using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Kernel.Identifiers;
using Ledger.Rules;
using Ledger.Store.Lane;
using Ledger.Store.Vault;

namespace Ledger.Store;

/// <summary>What a caller is told of a command.</summary>
public abstract record Answer
{
    private Answer() { }

    /// <summary>On record, now or before; without events there was nothing left to do.</summary>
    public sealed record Recorded(ImmutableArray<Guid> EventIds, Guid Stream, long Version) : Answer
    {
        /// <summary>What proves it, where it was recorded just now; a repeat's proof is made from the record.</summary>
        public WriteOutcome.Recorded? Just { get; init; }
    }

    public sealed record Refused(ImmutableArray<Refusal> Refusals) : Answer;

    /// <summary>Nothing was recorded: the signing input of the deed that a party may sign for it.</summary>
    public sealed record Prepared(string SigningInput) : Answer;
}

/// <summary>One command at a time: load, decide, hand to the write door; decided once again when what it read has
/// moved.</summary>
/// <param name="gates">Shared by all desks of a process: a command on an item and one on several streams take turns
/// too.</param>
public sealed class CommandDesk(
    LedgerDatabase database,
    EventReader reader,
    WriteDoor door,
    StreamGates gates,
    TimeProvider clock
)
{
    readonly DeedDesk deeds = new(database, new(database, reader, door));

    /// <summary>Each round means that another process won one: within this one commands take turns. With two nodes the
    /// odds of losing so many are nil.</summary>
    internal const int Rounds = 32;

    /// <summary>A command on one item makes at most this many events.</summary>
    const int LongestCommand = 4;

    /// <summary>The time of deciding, in whole milliseconds.</summary>
    public DateTimeOffset Now => Instants.Cut(clock.GetUtcNow());

    /// <param name="ifMatch">The version the caller read; another one refuses.</param>
    public async Task<Answer> RecordAsync(Order order, long? ifMatch, CancellationToken stop)
    {
        using var span = Telemetry.Source.StartActivity("ledger.command");
        var name = order.Command.GetType().Name;
        span?.SetTag("ledger.command", name);
        var started = Stopwatch.GetTimestamp();
        var answer = await DecideAndWriteAsync(order, ifMatch, stop);
        Telemetry.CommandDuration.Record(
            Stopwatch.GetElapsedTime(started).TotalSeconds,
            new("command", name),
            new("outcome", Outcome(answer))
        );
        return answer;
    }

    static string Outcome(Answer answer) =>
        answer switch
        {
            Answer.Recorded => "acknowledged",
            Answer.Refused { Refusals: [{ Code: "outcome-unknown" }, ..] } => "unknown",
            _ => "refused",
        };

    /// <summary>Decides without recording, and drafts the deed that a party is to sign for the command's last event.
    /// Subjects that are new go on record, so that the same command makes the same leaf later.</summary>
    public async Task<Answer> PrepareAsync(Order order, long? ifMatch, Signer signer, CancellationToken stop)
    {
        using var turn = await gates.EnterAsync([order.Item], stop);
        if (turn is null)
            return Refuse(new("too-contended"));
        if (await ReplayAsync(order.Scope, order.Key, order.Hash, stop) is { } before)
            return before;
        var now = Now;
        var (key, party, unknown) = await deeds.KeyAsync(signer, now, stop);
        if (key is null)
            return Refuse(unknown!);
        var words = Words(order.Command);
        for (var round = 0; round < Rounds; round++)
        {
            var decided = await DecideAsync(order, words, ifMatch, stop);
            if (decided.Command is null)
                return decided.Answer!;
            var (leaves, unsealed) = await door.SealAsync(decided.Command, decided.Tips, decided.Subjects, now, stop);
            if (leaves is null)
                return Refuse(unsealed!);
            if (await door.KeepAsync(leaves, now, stop))
                return new Answer.Prepared(
                    await deeds.DraftAsync(leaves.Events[^1], key, party, signer.Role, now, stop)
                );
        }
        return Refuse(new("too-contended"));
    }

    async Task<Answer> DecideAndWriteAsync(Order order, long? ifMatch, CancellationToken stop)
    {
        using var turn = await gates.EnterAsync([order.Item], stop);
        if (turn is null)
            return Refuse(new("too-contended"));
        if (await ReplayAsync(order.Scope, order.Key, order.Hash, stop) is { } before)
            return before;
        var words = Words(order.Command);
        for (var round = 0; round < Rounds; round++)
        {
            var decided = await DecideAsync(order, words, ifMatch, stop);
            if (decided.Command is null)
                return decided.Answer!;
            var answer = order.Act.IsEmpty
                ? await WriteAsync(decided.Command, decided.Tips, decided.Subjects, stop)
                : await WriteSignedAsync(decided, stop);
            if (answer is not null)
                return answer;
        }
        return Refuse(new("too-contended"));
    }

    /// <summary>A command on what stands now, or the answer where there is nothing to write.</summary>
    sealed record Decided(DecidedCommand? Command, ChainTips Tips, SubjectBook Subjects, Answer? Answer = null);

    async Task<Decided> DecideAsync(Order order, List<PartyRef> words, long? ifMatch, CancellationToken stop)
    {
        // Asked anew each round: somebody else may have named one of the parties meanwhile.
        var subjects = await door.Vault.OpenAsync(words, stop);
        var mapped = order with { Command = order.Command.WithParties(subjects.IdOf) };
        var tips = new ChainTips();
        Decided Done(Answer answer) => new(null, tips, subjects, answer);
        var history = await reader.ForWritingAsync(order.Item, tips, stop);
        if (ifMatch is { } version && version != history.Version)
            return Done(Refuse(Refusal.Of("stale-version", ("expected", version), ("version", history.Version))));
        var now = Now;
        mapped = mapped with { OccurredAt = Occurrence.At(order.OccurredAt, order.IsDatedHere, now, history.Newest) };
        var guards = await door.GuardsAsync(ItemGuards.Named(mapped.Command, history, mapped.When.Day), stop);
        using (Telemetry.Source.StartActivity("ledger.decide"))
        {
            var (command, refusals) = Deciding.Decide(mapped, history, guards, RuleSet.Current, now);
            // A twin of this request may have won meanwhile: then its answer is ours, not the refusal it causes.
            if (command is null)
                return Done(
                    await ReplayAsync(order.Scope, order.Key, order.Hash, stop) ?? new Answer.Refused(refusals)
                );
            return command.Appends.IsEmpty
                ? Done(new Answer.Recorded([], order.Item, history.Version))
                : new(command, tips, subjects);
        }
    }

    /// <summary>Holds the deeds against the leaf that is about to be logged; the lane holds the chains they rest on
    /// against what stands then.</summary>
    async Task<Answer?> WriteSignedAsync(Decided decided, CancellationToken stop)
    {
        var now = Now;
        var chains = await deeds.ChainsAsync(decided.Command!.Act, stop);
        var command = decided.Command with { Expects = [.. decided.Command.Expects, .. DeedDesk.Expects(chains)] };
        var (leaves, unsealed) = await door.SealAsync(command, decided.Tips, decided.Subjects, now, stop);
        if (leaves is null)
            return Refuse(unsealed!);
        return await deeds.FlawAsync(leaves.Events[^1], chains, now, stop) is { } flaw
            ? Refuse(flaw)
            : Told(await door.WriteAsync(leaves, stop));
    }

    /// <summary>The parties a command names by their market's word.</summary>
    static List<PartyRef> Words(ItemCommand command)
    {
        var words = new List<PartyRef>();
        command.WithParties(party =>
        {
            words.Add(party);
            return party;
        });
        return words;
    }

    /// <summary>The item an identifier stands for, or null.</summary>
    public async Task<Guid?> FindAsync(Identifier identifier, CancellationToken stop) =>
        (await door.GuardsAsync([ItemGuards.Alias(identifier)], stop)).Values.FirstOrDefault() is { } id
            ? Guid.Parse(id)
            : null;

    internal async Task<Answer?> WriteAsync(
        DecidedCommand command,
        ChainTips tips,
        SubjectBook subjects,
        CancellationToken stop
    ) => Told((await door.WriteAsync([command], tips, subjects, patient: false, Now, stop))[0]);

    /// <summary>Null: what it rests on has moved; decide once again.</summary>
    static Answer? Told(WriteOutcome outcome) =>
        outcome switch
        {
            WriteOutcome.Recorded r => new Answer.Recorded(r.EventIds, r.Stream, r.Version) { Just = r },
            WriteOutcome.Known k => new Answer.Recorded(k.EventIds, k.Stream, k.Version),
            WriteOutcome.Refused r => Refuse(r.Refusal),
            WriteOutcome.Unknown => Refuse(new("outcome-unknown")),
            _ => null,
        };

    /// <summary>The first answer again where the key is on record; a refusal where it stands for something
    /// else.</summary>
    /// <param name="longest">So many events the command makes at most.</param>
    public async Task<Answer?> ReplayAsync(
        string scope,
        string key,
        CommandHash hash,
        CancellationToken stop,
        int longest = LongestCommand
    )
    {
        var ids = Enumerable.Range(0, longest).Select(i => database.Handles.EventId(scope, key, i)).ToArray();
        var known = await door.KnownAsync(ids, stop);
        if (!known.TryGetValue(ids[0], out var first))
            return null;
        if (first.Hash != hash)
            return Refuse(new("idempotency-key-reused"));
        Telemetry.Replays.Add(1);
        var before = WriteOutcome.Known.Of(ids, known);
        return new Answer.Recorded(before.EventIds, before.Stream, before.Version);
    }

    static Answer.Refused Refuse(Refusal refusal) => new([refusal]);
}
