using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Proof;
using Ledger.Store;
using Ledger.Store.Lane;
using Ledger.Store.Vault;
using Support;

namespace Store.Tests.Contract;

/// <summary>What every store behind <see cref="IWriteLog"/> does (ADR 0010): one suite, whichever it is.</summary>
public abstract class Appending_to_a_log(LogScene scene)
{
    static readonly DateTimeOffset Day = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);
    static readonly CancellationToken Stop = CancellationToken.None;

    [Fact]
    public async Task begins_a_stream_and_goes_on_with_it()
    {
        var first = await SealAsync(Grade("begins", New("begins")));
        Assert.Equal(AppendResult.Appended, await AppendAsync(scene.Log, first));
        var then = await SealAsync(Grade("goes on", New("begins", 1)));
        Assert.Equal(AppendResult.Appended, await AppendAsync(scene.Other, then));

        await using var turn = await scene.Log.BeginAsync([first, then], Stop);
        Assert.Equal((2L, then.Events[0].LeafHash), turn.State.Streams[Stream("begins")]);
        Assert.Equal([1L, 2], ((SealedCommand[])[first, then]).Select(c => turn.State.Known[c.Events[0].Id].Version));
        Assert.Equal(turn.State.Head.Size - 1, turn.State.Known[then.Events[0].Id].Index);
    }

    [Fact]
    public async Task is_done_at_the_expected_head_and_at_no_other()
    {
        var before = await scene.Log.HeadAsync(Stop);
        await AppendAsync(scene.Other, await SealAsync(Grade("moves the head", New("moves the head"))));
        var command = await SealAsync(Grade("expects", New("expects")));

        await using (var turn = await scene.Log.BeginAsync([command], Stop))
            Assert.Equal(
                AppendResult.HeadMoved,
                await turn.AppendAsync((await BatchAsync(turn.State, command)) with { Expected = before })
            );
        Assert.Empty(await scene.Log.OutcomeAsync([command.Events[0].Id], Stop));
        Assert.Equal(AppendResult.Appended, await AppendAsync(scene.Log, command));
        Assert.Equal(before.Size + 2, (await scene.Other.HeadAsync(Stop)).Size);
    }

    [Fact]
    public async Task never_extends_one_head_twice()
    {
        var (one, two) = (await SealAsync(Grade("one", New("one"))), await SealAsync(Grade("two", New("two"))));
        var first = await scene.Log.BeginAsync([one], Stop);
        // Waits, or begins at the same head.
        var waiting = scene.Other.BeginAsync([two], Stop);
        await Task.WhenAny(waiting, Task.Delay(200, Stop));
        Assert.Equal(AppendResult.Appended, await first.AppendAsync(await BatchAsync(first.State, one)));
        await first.DisposeAsync();

        await using var second = await waiting;
        var isOld = second.State.Head.Size == first.State.Head.Size;
        Assert.Equal(
            isOld ? AppendResult.HeadMoved : AppendResult.Appended,
            await second.AppendAsync(await BatchAsync(second.State, two))
        );
        Assert.Equal(isOld ? 0 : 1, (await scene.Log.OutcomeAsync([two.Events[0].Id], Stop)).Count);
    }

    [Fact]
    public async Task writes_all_streams_of_a_command_or_none()
    {
        var good = await SealAsync(Grade("several", New("a"), New("b"), New("c")));
        var last = good.Events[2] with { Leaf = new byte[16_385] };
        Assert.Equal(
            AppendResult.Rejected,
            await AppendAsync(scene.Log, good with { Events = [.. good.Events[..2], last] })
        );
        Assert.Empty(await scene.Other.OutcomeAsync([.. good.Events.Select(e => e.Id)], Stop));

        Assert.Equal(AppendResult.Appended, await AppendAsync(scene.Log, good));
        var known = await scene.Other.OutcomeAsync([.. good.Events.Select(e => e.Id)], Stop);
        var first = known[good.Events[0].Id];
        Assert.Equal(good.Decided.Hash, first.Hash);
        Assert.Equal([first.Index, first.Index + 1, first.Index + 2], good.Events.Select(e => known[e.Id].Index));
        Assert.Equal(good.Events.Select(e => e.Append.Stream), good.Events.Select(e => known[e.Id].Stream));
    }

    [Fact]
    public async Task of_nothing_changes_nothing()
    {
        var before = await scene.Log.HeadAsync(Stop);
        Assert.Equal(AppendResult.Appended, await AppendAsync(scene.Log));
        Assert.True(before.IsSameTree(await scene.Log.HeadAsync(Stop)));
    }

    [Fact]
    public async Task answers_a_repeated_key_by_what_was_said_first()
    {
        var command = await SealAsync(Grade("repeated", New("repeated")));
        Assert.IsType<WriteOutcome.Appended>(await WriteAsync(scene.Lane, command));
        var known = Assert.IsType<WriteOutcome.Known>(await WriteAsync(scene.OtherLane, command));
        Assert.Equal([command.Events[0].Id], known.EventIds);
        var other = command with { Decided = command.Decided with { Hash = TestLedger.Said("something else") } };
        var refused = Assert.IsType<WriteOutcome.Refused>(await WriteAsync(scene.OtherLane, other));
        Assert.Equal("idempotency-key-reused", refused.Refusal.Code);
        Assert.Single(await EntriesOfAsync("repeated"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(500)]
    public async Task takes_so_many_events_in_one_command(int count)
    {
        var name = $"many {count}";
        var one = Grade(name, New(name));
        var command = await SealAsync(one with { Appends = [.. Enumerable.Repeat(one.Appends[0], count)] });
        var recorded = Assert.IsType<WriteOutcome.Appended>(await WriteAsync(scene.Lane, command));
        var entries = await EntriesOfAsync(name);
        Assert.Equal(command.Events.Select(e => e.Id), entries.Select(e => e.Event.EventId));
        Assert.Equal(Enumerable.Range(1, count).Select(n => (long)n), entries.Select(e => e.Event.Version));
        Assert.Equal(recorded.FirstIndex, entries[0].Index);
        Assert.Equal([command.Decided.Hash], entries.Select(e => e.Command).OfType<CommandHash>());
    }

    [Fact]
    public async Task takes_the_longest_leaf_and_no_longer_one()
    {
        async Task<AppendResult> OfAsync(string name, int bytes)
        {
            var command = await SealAsync(Grade(name, New(name)));
            var leaf = new byte[bytes];
            var e = command.Events[0] with { Leaf = leaf, LeafHash = Merkle.LeafHash(leaf) };
            return await AppendAsync(scene.Log, command with { Events = [e] });
        }
        Assert.Equal(AppendResult.Rejected, await OfAsync("too long", 16_385));
        Assert.Equal(AppendResult.Rejected, await OfAsync("empty", 0));
        Assert.Equal(AppendResult.Appended, await OfAsync("longest", 16_384));
    }

    [Fact]
    public async Task gives_back_what_it_was_given_byte_for_byte()
    {
        var command = await SealAsync(Grade("bytes", New("bytes")));
        await AppendAsync(scene.Log, command);
        var entry = Assert.Single(await EntriesOfAsync("bytes"));
        var e = command.Events[0];
        Assert.Equal(e.Leaf, entry.Leaf);
        Assert.Equal(Merkle.LeafHash(e.Leaf), entry.LeafHash);
        Assert.Equal(("item-graded.v1", 1L), (entry.Event.Type, entry.Event.Version));
        Assert.Equal(e.Append.Event, entry.Event.Event);
        Assert.Equal(e.Append.Envelope.CommandId, entry.Event.Envelope.CommandId);
        Assert.Equal((long)entry.Index, entry.Event.LeafIndex);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(8)]
    [InlineData(64)]
    public async Task lets_one_of_so_many_writers_have_a_reservation(int writers)
    {
        var key = new ReservationKey("tool", $"{writers} writers");
        var commands = new List<SealedCommand>();
        for (var i = 0; i < writers; i++)
            commands.Add(
                await SealAsync(
                    Grade($"writer {i} of {writers}", New($"writer {i} of {writers}")) with
                    {
                        Reservations = [new(key, null, $"writer {i}")],
                    }
                )
            );
        var outcomes = await Task.WhenAll(
            commands.Select((c, i) => Task.Run(() => WriteAsync(i % 2 == 0 ? scene.Lane : scene.OtherLane, c)))
        );
        var winner = Assert.Single(outcomes.OfType<WriteOutcome.Appended>());
        Assert.Equal(writers - 1, outcomes.OfType<WriteOutcome.Stale>().Count());
        await using var turn = await scene.Log.BeginAsync([commands[0]], Stop);
        Assert.Equal(winner.Command.Decided.Reservations[0].New, turn.State.Reservations[key]);
    }

    [Fact]
    public async Task gives_a_reservation_back()
    {
        var key = new ReservationKey("tool", "given back");
        async Task<AppendResult> SetAsync(string name, string? from, string? to) =>
            await AppendAsync(
                scene.Log,
                await SealAsync(Grade(name, New(name)) with { Reservations = [new(key, from, to)] })
            );
        Assert.Equal(AppendResult.Appended, await SetAsync("takes", null, "me"));
        Assert.Equal(AppendResult.Appended, await SetAsync("gives back", "me", null));
        Assert.Equal(AppendResult.Appended, await SetAsync("takes again", null, "you"));
    }

    [Fact]
    public async Task leaves_the_neighbours_of_a_conflict_alone()
    {
        var (left, right) = (
            await SealAsync(Grade("left", New("left"))),
            await SealAsync(Grade("right", New("right")))
        );
        var stale = await SealAsync(Grade("stale", New("stale", 7)));
        var outcomes = await scene.Lane.WriteAsync([left, stale, right], patient: true, Stop);
        Assert.IsType<WriteOutcome.Appended>(outcomes[0]);
        Assert.IsType<WriteOutcome.Stale>(outcomes[1]);
        Assert.IsType<WriteOutcome.Appended>(outcomes[2]);
        Assert.Empty(await scene.Log.OutcomeAsync([stale.Events[0].Id], Stop));
    }

    [Fact]
    public async Task that_was_cancelled_before_it_began_holds_nobody_up()
    {
        var command = await SealAsync(Grade("cancelled", New("cancelled")));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => scene.Log.BeginAsync([command], new(true)));
        // One that was begun and left.
        await (await scene.Log.BeginAsync([command], Stop)).DisposeAsync();
        Assert.Empty(await scene.Log.OutcomeAsync([command.Events[0].Id], Stop));
        Assert.Equal(AppendResult.Appended, await AppendAsync(scene.Other, command));
    }

    [Fact]
    public async Task whose_answer_is_lost_is_unknown_until_the_log_is_asked()
    {
        var command = await SealAsync(Grade("lost", New("lost")));
        scene.LoseNextAnswer();
        await Assert.ThrowsAsync<OutcomeUnknownException>(() => AppendAsync(scene.Log, command));
        var known = await scene.Log.OutcomeAsync([command.Events[0].Id], Stop);
        Assert.Equal((Stream("lost"), 1L), (known[command.Events[0].Id].Stream, known[command.Events[0].Id].Version));
        // Whoever says it again is answered by it.
        Assert.IsType<WriteOutcome.Known>(await WriteAsync(scene.OtherLane, command));
        Assert.Single(await EntriesOfAsync("lost"));
    }

    [Fact]
    public async Task whose_answer_is_lost_is_settled_by_the_lane()
    {
        var command = await SealAsync(Grade("settled", New("settled")));
        scene.LoseNextAnswer();
        Assert.IsType<WriteOutcome.Known>(await WriteAsync(scene.Lane, command));
        Assert.Single(await EntriesOfAsync("settled"));
    }

    [Fact]
    public async Task whose_commit_hangs_is_waited_for_by_whoever_asks()
    {
        var command = await SealAsync(Grade("hangs", New("hangs")));
        await using var turn = await scene.Log.BeginAsync([command], Stop);
        var batch = await BatchAsync(turn.State, command);
        Task<AppendResult> appending;
        Task<Dictionary<Guid, KnownCommand>> asking;
        await using (await scene.HoldCommitsAsync())
        {
            appending = turn.AppendAsync(batch);
            asking = scene.Other.OutcomeAsync([command.Events[0].Id], Stop);
            await Task.WhenAny(appending, asking, Task.Delay(200, Stop));
            Assert.False(appending.IsCompleted || asking.IsCompleted);
        }
        Assert.Equal(AppendResult.Appended, await appending);
        Assert.Single(await asking);
    }

    [Fact]
    public async Task is_read_back_in_its_order_and_each_entry_once()
    {
        var from = (await scene.Log.HeadAsync(Stop)).Size;
        var commands = new List<SealedCommand>();
        for (var i = 0; i < 60; i++)
            commands.Add(await SealAsync(Grade($"ordered {i}", New($"ordered {i}"), New($"ordered too {i}"))));
        var outcomes = await Task.WhenAll(
            commands.Select((c, i) => Task.Run(() => WriteAsync(i % 2 == 0 ? scene.Lane : scene.OtherLane, c)))
        );
        Assert.All(outcomes, o => Assert.IsType<WriteOutcome.Appended>(o));

        var read = new List<LogEntry>();
        while (await scene.Other.ReadAsync(from + (ulong)read.Count, 7, Stop) is { Count: > 0 } page)
            read.AddRange(page);
        Assert.Equal(Enumerable.Range(0, read.Count).Select(i => from + (ulong)i), read.Select(e => e.Index));
        Assert.Equal(
            outcomes
                .Cast<WriteOutcome.Appended>()
                .OrderBy(o => o.FirstIndex)
                .SelectMany(o => o.Command.Events)
                .Select(e => e.Id),
            read.Select(e => e.Event.EventId)
        );
        var head = await scene.Log.HeadAsync(Stop);
        Assert.Equal(from + 120, head.Size);
        Assert.True(TestLedger.Keys.Log.Fits(head));
        Assert.Equal(head.Root, await scene.Tree.RootAsync(head.Size, Stop));
    }

    /// <summary>A stream as a command expects it.</summary>
    static (Guid Stream, long Version) New(string name, long version = 0) => (Stream(name), version);

    static Guid Stream(string name) => TestLedger.Handles.EntityId("item", "contract", name);

    static DecidedCommand Grade(string key, params (Guid Stream, long Version)[] streams) =>
        new("contract", key, TestLedger.Said(key))
        {
            Expects = [.. streams.Select(s => new Expectation(s.Stream, s.Version))],
            Appends =
            [
                .. streams.Select(s => new Append(
                    s.Stream,
                    GoodsStreams.Item,
                    new ItemGraded("GB/T 30323-2013", 905, 1, false),
                    new(key, Day, "local", "ADM", "0")
                )),
            ],
        };

    /// <summary>Signed on the chains as they stand.</summary>
    async Task<SealedCommand> SealAsync(DecidedCommand decided)
    {
        var tips = new StreamHeads();
        await using (var turn = await scene.Log.BeginAsync([new(decided, [], [], [])], Stop))
            foreach (var e in decided.Expects)
                tips[e.Stream] = turn.State.Streams.GetValueOrDefault(e.Stream);
        var book = new SubjectCache(TestLedger.Handles, TestLedger.Keys.Vault);
        return new Sealer(TestLedger.Keys).Seal(decided, tips, book, Day);
    }

    async Task<AppendResult> AppendAsync(IWriteLog log, params SealedCommand[] commands)
    {
        await using var turn = await log.BeginAsync(commands, Stop);
        return await turn.AppendAsync(await BatchAsync(turn.State, commands));
    }

    /// <summary>What a lane makes of commands that fit.</summary>
    async Task<LogBatch> BatchAsync(StateAtHead state, params SealedCommand[] commands)
    {
        var judge = new LaneJudge(state);
        Assert.All(commands, c => Assert.Null(judge.Judge(c).Outcome));
        var filled = new List<FilledTile>();
        var edge = (await scene.Tree.EdgeAsync(state.Head.Size, Stop)).Append(
            [.. judge.Entries.Select(e => e.Event.LeafHash)],
            filled
        );
        return new(
            state.Head,
            edge.Root(),
            Day,
            judge.Entries,
            filled,
            judge.NewStreams,
            judge.ChangedReservations,
            judge.NewSubjects
        );
    }

    static async Task<WriteOutcome> WriteAsync(CommitLane lane, SealedCommand command) =>
        (await lane.WriteAsync([command], patient: true, Stop))[0];

    async Task<List<LogEntry>> EntriesOfAsync(string name)
    {
        var found = new List<LogEntry>();
        for (
            var from = 0UL;
            await scene.Log.ReadAsync(from, 1000, Stop) is { Count: > 0 } page;
            from = page[^1].Index + 1
        )
            found.AddRange(page.Where(e => e.Event.StreamId == Stream(name)));
        return found;
    }
}
