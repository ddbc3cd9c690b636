using System.Collections.Immutable;
using System.Diagnostics;
using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Kernel.Identifiers;
using Ledger.Store;
using Ledger.Store.Postgres;
using Ledger.Store.Vault;

namespace Ledger.Pipeline;

/// <summary>The one way in for whatever is to be recorded, for HTTP, imports, jobs and the command line: load,
/// authorise, decide, sign, append, acknowledge; decided once again when what was read has moved.</summary>
/// <param name="gates">Commands of this process on one stream take turns.</param>
public sealed class CommandPipeline(
    LedgerDatabase database,
    EventReader reader,
    WriteDoor door,
    StreamLocks gates,
    TimeProvider clock
)
{
    /// <summary>Each round means that another process won one: within this one commands take turns. With two nodes the
    /// odds of losing so many are nil.</summary>
    const int Rounds = 32;

    /// <summary>A command makes at most this many events: an act on a batch touches at most fifty streams (domain.md
    /// §2).</summary>
    const int MostEvents = 64;

    readonly DeedCheck deeds = new(database, new(database, reader, door));

    /// <summary>The time of deciding, in whole milliseconds.</summary>
    public DateTimeOffset Now => Instants.Cut(clock.GetUtcNow());

    /// <summary>Decides and records one command.</summary>
    public async Task<Answer> RecordAsync(CommandRequest request, CancellationToken stop)
    {
        using var span = Telemetry.Source.StartActivity("ledger.command");
        var name = request.Command.GetType().Name;
        span?.SetTag("ledger.command", name);
        var started = Stopwatch.GetTimestamp();
        var answer = await InTurnAsync(
            request,
            (batch, decided) =>
                request.Deeds.IsEmpty ? WriteAsync(batch, decided, stop) : SignedAsync(batch, decided, stop),
            stop
        );
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
            Answer.Accepted => "acknowledged",
            Answer.Refused { Refusals: [{ Code: "outcome-unknown" }, ..] } => "unknown",
            _ => "refused",
        };

    /// <summary>Decides without recording, and drafts the deed that a party is to sign for the act. Subjects that are
    /// new go on record, so that the same command makes the same leaf later.</summary>
    public Task<Answer> PrepareAsync(CommandRequest request, Signer signer, CancellationToken stop) =>
        InTurnAsync(
            request,
            async (batch, decided) =>
            {
                var (key, party, unknown) = await deeds.KeyAsync(signer, batch.Now, stop);
                if (key is null)
                    return Answer.Refused.Of(unknown!);
                var (leaves, unsealed) = await door.SealAsync(decided, batch.Tips, batch.Subjects, batch.Now, stop);
                return leaves is null ? Answer.Refused.Of(unsealed!)
                    : await door.KeepAsync(leaves, batch.Now, stop)
                        ? new Answer.Prepared(
                            await deeds.DraftAsync(leaves.Act, key, party, signer.Role, batch.Now, stop)
                        )
                    : null;
            },
            stop
        );

    /// <summary>In the turn of all that a command writes: answered from record where it is a repeat, decided on what
    /// stands, and carried on.</summary>
    /// <param name="carry">Null: what it rests on has moved; it is decided once again.</param>
    async Task<Answer> InTurnAsync(
        CommandRequest request,
        Func<CommandBatch, DecidedCommand, Task<Answer?>> carry,
        CancellationToken stop
    )
    {
        var streams = Batch(new(database.Handles, database.Keys.Vault)).StreamsOf(request);
        for (var round = 0; round < Rounds; round++)
        {
            using var turn = await gates.EnterAsync(streams, stop);
            if (turn is null)
                break;
            if (await ReplayAsync(request, stop) is { } before)
                return before;
            // Asked anew each round: somebody else may have named one of the parties meanwhile.
            var batch = Batch(await door.Vault.OpenAsync(Words(request.Command), stop));
            var decided = await batch.DecideAsync(request, stop);
            // A twin of this request may have won meanwhile: then its answer is ours, not the refusal it causes.
            if (decided.IsRefused)
                return await ReplayAsync(request, stop) ?? new Answer.Refused(decided.Refusals);
            if (decided.Command is not { } command)
                return new Answer.Accepted([], decided.About, decided.Version);
            // Only now is it known what it writes: it decides again in the turn of all of that.
            var written = command.Appends.Select(a => a.Stream).ToHashSet();
            if (turn.Covers(written) && await carry(batch, command) is { } answer)
                return answer;
            streams.UnionWith(written);
            // What was only read has moved too: it waits for its writers as well.
            if (turn.Covers(written))
                streams.UnionWith(command.Expects.Select(e => e.Stream));
        }
        return Answer.Refused.Of(new("too-contended"));
    }

    /// <summary>Reads what commands need that will be decided together, in their order.</summary>
    public async Task<CommandBatch> OpenAsync(
        IReadOnlyList<CommandRequest> requests,
        Unwritten unwritten,
        CancellationToken stop
    )
    {
        var words = requests.SelectMany(r => Words(r.Command)).ToHashSet();
        unwritten.Subjects ??= await door.Vault.OpenAsync([], stop);
        await door.Vault.AddAsync(unwritten.Subjects, words, [], stop);
        var batch = Batch(unwritten.Subjects, unwritten);
        await batch.ReadAsync(requests, stop);
        return batch;
    }

    /// <summary>Hands a batch to the write door as one transaction; one outcome a command.</summary>
    /// <param name="commands">Taken by the batch, in this order.</param>
    public Task<ImmutableArray<WriteOutcome>> WriteAsync(
        CommandBatch batch,
        IReadOnlyList<DecidedCommand> commands,
        CancellationToken stop
    ) => door.WriteAsync(commands, batch.Tips, batch.Subjects, patient: true, batch.Now, stop);

    CommandBatch Batch(SubjectCache subjects, Unwritten? unwritten = null) =>
        new(reader, door, database.Handles, subjects, unwritten ?? new(database.Handles), Now);

    async Task<Answer?> WriteAsync(CommandBatch batch, DecidedCommand command, CancellationToken stop) =>
        Answer.Of((await door.WriteAsync([command], batch.Tips, batch.Subjects, patient: false, batch.Now, stop))[0]);

    /// <summary>Holds the deeds against the leaf that is about to be logged; the lane holds the chains they rest on
    /// against what stands then.</summary>
    async Task<Answer?> SignedAsync(CommandBatch batch, DecidedCommand decided, CancellationToken stop)
    {
        var now = Now;
        var chains = await deeds.ChainsAsync(decided.Act, stop);
        var command = decided with { Expects = [.. decided.Expects, .. DeedCheck.Expects(chains)] };
        var (leaves, unsealed) = await door.SealAsync(command, batch.Tips, batch.Subjects, now, stop);
        return leaves is null ? Answer.Refused.Of(unsealed!)
            : await deeds.FlawAsync(leaves.Act, chains, now, stop) is { } flaw ? Answer.Refused.Of(flaw)
            : Answer.Of(await door.WriteAsync(leaves, stop));
    }

    /// <summary>The parties a command names by their market's word.</summary>
    static List<PartyRef> Words(LedgerCommand command)
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
        (await door.ReservationsAsync([ItemReservations.Alias(identifier)], stop)).Values.FirstOrDefault() is { } id
            ? Guid.Parse(id)
            : null;

    /// <summary>The first answer again where the key is on record; a refusal where it stands for something
    /// else.</summary>
    public async Task<Answer?> ReplayAsync(CommandRequest r, CancellationToken stop)
    {
        var first = database.Handles.EventId(r.Scope, r.Key, 0);
        var known = await door.KnownAsync([first], stop);
        if (!known.TryGetValue(first, out var before))
            return null;
        if (before.Hash != r.Hash)
            return Answer.Refused.Of(new("idempotency-key-reused"));
        Telemetry.Replays.Add(1);
        var ids = Enumerable.Range(0, MostEvents).Select(i => database.Handles.EventId(r.Scope, r.Key, i)).ToArray();
        return Answer.Of(WriteOutcome.Known.Of(ids, await door.KnownAsync(ids, stop)));
    }
}
