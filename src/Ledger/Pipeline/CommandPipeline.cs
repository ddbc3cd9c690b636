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

    readonly DeedCheck deeds = new(database, new(database, reader, door));

    /// <summary>What was refused and warned since it was written.</summary>
    public RefusalCounts Refusals { get; } = new();

    /// <summary>The time of deciding, in whole milliseconds.</summary>
    public DateTimeOffset Now => Instants.Cut(clock.GetUtcNow());

    /// <summary>Decides and records one command.</summary>
    public async Task<Answer> RecordAsync(CommandRequest request, CancellationToken stop)
    {
        using var measured = new MeasuredCommands([request], Refusals, Now);
        return measured.Answered(
            await InTurnAsync(
                [request],
                (batch, decided) =>
                    request.Deeds.IsEmpty
                        ? WriteAsync(batch, decided, patient: false, stop)
                        : AloneAsync(SignedAsync(batch, decided[0], stop)),
                dry: null,
                stop
            )
        )[0];
    }

    /// <summary>Decides commands in their order, each on what those before it will have written, and records them in
    /// one transaction; one answer a command.</summary>
    /// <param name="dry">What a dry run would have written: it is decided on, and nothing is recorded; null: all
    /// is.</param>
    public async Task<IReadOnlyList<Answer>> RecordAsync(
        IReadOnlyList<CommandRequest> requests,
        Unwritten? dry,
        CancellationToken stop
    )
    {
        using var measured = new MeasuredCommands(requests, dry is null ? Refusals : null, Now);
        return measured.Answered(
            await InTurnAsync(
                requests,
                (batch, decided) =>
                    dry is null
                        ? WriteAsync(batch, decided, patient: true, stop)
                        : Task.FromResult<IReadOnlyList<Answer?>>([.. decided.Select(batch.WouldBe)]),
                dry,
                stop
            )
        );
    }

    /// <summary>Decides without recording, and drafts the deed that a party is to sign for the act. Subjects that are
    /// new go on record, so that the same command makes the same leaf later.</summary>
    public async Task<Answer> PrepareAsync(CommandRequest request, Signer signer, CancellationToken stop)
    {
        using var measured = new MeasuredCommands([request], null, Now);
        return measured.Answered(
            await InTurnAsync(
                [request],
                (batch, decided) => AloneAsync(DraftAsync(batch, decided[0], signer, stop)),
                dry: null,
                stop
            )
        )[0];
    }

    /// <summary>The first answer again where the key is on record; a refusal where it stands for something
    /// else.</summary>
    public async Task<Answer?> ReplayAsync(CommandRequest request, CancellationToken stop) =>
        (await OnRecord.ReadAsync(door, database.Handles, [request], stop)).AnswerOf(request);

    /// <summary>
    /// The one loop: commands are answered from record where they are repeats, decided on what stands, and carried on;
    /// those that somebody else's write overtook are decided again. One command has the turn of all that it writes;
    /// many have none, they would hold up every stream that one of them names.
    /// </summary>
    /// <param name="carry">One answer a decided command. Null: what it rests on has moved.</param>
    async Task<IReadOnlyList<Answer>> InTurnAsync(
        IReadOnlyList<CommandRequest> requests,
        Func<CommandBatch, IReadOnlyList<DecidedCommand>, Task<IReadOnlyList<Answer?>>> carry,
        Unwritten? dry,
        CancellationToken stop
    )
    {
        var answers = new Answer?[requests.Count];
        var alone = requests.Count == 1;
        HashSet<Guid> streams = alone
            ? Batch(new(database.Handles, database.Keys.Vault), null).StreamsOf(requests[0])
            : [];
        for (var round = 0; round < Rounds; round++)
        {
            int[] left = [.. Enumerable.Range(0, answers.Length).Where(i => answers[i] is null)];
            if (left.Length == 0)
                break;
            using var turn = await gates.EnterAsync(streams, stop);
            if (turn is null)
                break;
            var batch = await OpenAsync([.. left.Select(i => requests[i])], dry, stop);
            var decided = await DecideAsync(batch, requests, left, answers, stop);
            await AnswerTwinsAsync(requests, left, answers, stop);
            if (decided.Count == 0)
                continue;
            var written = decided.SelectMany(d => d.Command.Appends).Select(a => a.Stream).ToHashSet();
            // Only now is it known what it writes: it decides again in the turn of all of that.
            if (!alone || turn.Covers(written))
            {
                var carried = await carry(batch, [.. decided.Select(d => d.Command)]);
                foreach (var (i, (place, _)) in decided.Index())
                    answers[place] = carried[i];
                LeaveOpen(left, decided, answers);
                // What was only read has moved too: it waits for its writers as well.
                if (alone && answers[0] is null)
                    streams.UnionWith(decided[0].Command.Expects.Select(e => e.Stream));
            }
            if (alone)
                streams.UnionWith(written);
        }
        return [.. answers.Select(a => a ?? Answer.Refused.Of(new("too-contended")))];
    }

    /// <summary>Decides in their order; what needs no writing is answered. A command whose twin stands before it in
    /// the batch stays open: it waits for that one's answer.</summary>
    /// <returns>Those to be written, with their places.</returns>
    static async Task<List<(int Place, DecidedCommand Command)>> DecideAsync(
        CommandBatch batch,
        IReadOnlyList<CommandRequest> requests,
        int[] left,
        Answer?[] answers,
        CancellationToken stop
    )
    {
        var written = new List<(int, DecidedCommand)>();
        foreach (var place in left)
        {
            if (batch.IsTwin(requests[place]))
                continue;
            if (batch.Repeated(requests[place]) is { } before)
            {
                answers[place] = before;
                continue;
            }
            var decided = await batch.DecideAsync(requests[place], stop);
            if (decided.IsRefused)
                answers[place] = new Answer.Refused(decided.Refusals);
            else if (decided.Command is not { } command)
                answers[place] = new Answer.Accepted([], decided.About, decided.Version);
            else
            {
                batch.Take(command);
                written.Add((place, command));
            }
        }
        return written;
    }

    /// <summary>A twin of a request may have won meanwhile: then its answer is ours, not the refusal it
    /// causes.</summary>
    async Task AnswerTwinsAsync(
        IReadOnlyList<CommandRequest> requests,
        int[] left,
        Answer?[] answers,
        CancellationToken stop
    )
    {
        int[] refused = [.. left.Where(i => answers[i] is Answer.Refused)];
        if (refused.Length == 0)
            return;
        var known = await OnRecord.ReadAsync(door, database.Handles, [.. refused.Select(i => requests[i])], stop);
        foreach (var place in refused)
            answers[place] = known.AnswerOf(requests[place]) ?? answers[place];
    }

    /// <summary>What was decided behind a command that was not written may rest on it: it is decided again without
    /// it.</summary>
    static void LeaveOpen(int[] left, List<(int Place, DecidedCommand)> decided, Answer?[] answers)
    {
        if (decided.FindIndex(d => answers[d.Place] is null or Answer.Refused) is not (>= 0 and var first))
            return;
        var carried = decided.Select(d => d.Place).ToHashSet();
        foreach (var place in left.Where(i => i > decided[first].Place && !carried.Contains(i)))
            answers[place] = null;
    }

    /// <summary>Reads what commands need that will be decided together. Asked anew each round: somebody else may have
    /// named one of their parties meanwhile.</summary>
    async Task<CommandBatch> OpenAsync(IReadOnlyList<CommandRequest> requests, Unwritten? dry, CancellationToken stop)
    {
        var subjects = dry?.Subjects ?? await door.Vault.OpenAsync([], stop);
        if (dry is not null)
            dry.Subjects = subjects;
        await door.Vault.AddAsync(subjects, [.. requests.SelectMany(Words).Distinct()], [], stop);
        var batch = Batch(subjects, dry);
        await batch.ReadAsync(requests, stop);
        return batch;
    }

    CommandBatch Batch(SubjectCache subjects, Unwritten? dry) =>
        new(reader, door, database.Handles, subjects, dry, Now);

    static async Task<IReadOnlyList<Answer?>> AloneAsync(Task<Answer?> answer) => [await answer];

    async Task<IReadOnlyList<Answer?>> WriteAsync(
        CommandBatch batch,
        IReadOnlyList<DecidedCommand> commands,
        bool patient,
        CancellationToken stop
    ) => [.. (await door.WriteAsync(commands, batch.Tips, batch.Subjects, patient, batch.Now, stop)).Select(Answer.Of)];

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

    async Task<Answer?> DraftAsync(CommandBatch batch, DecidedCommand decided, Signer signer, CancellationToken stop)
    {
        var (key, party, unknown) = await deeds.KeyAsync(signer, batch.Now, stop);
        if (key is null)
            return Answer.Refused.Of(unknown!);
        var (leaves, unsealed) = await door.SealAsync(decided, batch.Tips, batch.Subjects, batch.Now, stop);
        return leaves is null ? Answer.Refused.Of(unsealed!)
            : await door.KeepAsync(leaves, batch.Now, stop)
                ? new Answer.Prepared(await deeds.DraftAsync(leaves.Act, key, party, signer.Role, batch.Now, stop))
            : null;
    }

    /// <summary>The parties a command names by their market's word, and those who give it.</summary>
    static List<PartyRef> Words(CommandRequest request)
    {
        var words = new List<PartyRef>();
        words.AddRange(new[] { request.By.Party, request.By.Second?.Party }.OfType<PartyRef>());
        request.Command.WithParties(party =>
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
}
