using System.Diagnostics;
using System.Diagnostics.Metrics;
using Ledger;
using Ledger.Kernel;
using Ledger.Markets;
using Ledger.Pipeline;
using Support;

namespace Store.Tests;

/// <summary>Commands that are handed to the pipeline together, as an import does: one transaction, an answer
/// each.</summary>
public sealed class Recording_several_commands
{
    static readonly CancellationToken Stop = CancellationToken.None;
    static readonly DateTimeOffset At = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    static CommandRequest Asking(LedgerCommand command, string key) =>
        new(command, People.Who(command), "several", key, TestLedger.Said($"{command}"), At) { LateReason = "补录" };

    static string Told(Answer answer) =>
        answer switch
        {
            Answer.Accepted { IsRepeat: true } => "repeat",
            Answer.Accepted => "recorded",
            Answer.Refused { Refusals: [var first, ..] } => first.Code,
            _ => "?",
        };

    [Fact]
    public async Task Each_is_decided_on_what_those_before_it_will_have_written()
    {
        await using var ledger = await TestLedger.OpenAsync();
        await Roll.OpenAsync(ledger.Pipeline);
        var answers = await ledger.Pipeline.RecordAsync(
            [
                Asking(new SuspendMarket("MK-510104-0001", "early"), "a"),
                Asking(new OpenMarket("MK-510104-0001"), "b"),
                Asking(new SuspendMarket("MK-510104-0001", "late"), "c"),
                Asking(new OpenMarket("MK-510104-0001"), "d"),
            ],
            null,
            Stop
        );
        Assert.Equal(["market-not-found", "recorded", "recorded", "market-exists"], answers.Select(Told));
    }

    /// <summary>Two rows of one key: whatever becomes of the first, the second is answered as if it had come
    /// later.</summary>
    [Fact]
    public async Task A_twin_is_a_repeat_of_what_was_recorded_and_is_decided_itself_where_the_first_was_refused()
    {
        await using var ledger = await TestLedger.OpenAsync();
        await Roll.OpenAsync(ledger.Pipeline);
        var open = Asking(new OpenMarket("MK-510104-0001"), "open");
        var stop = Asking(new SuspendMarket("MK-510104-0001", "twice"), "stop");
        var answers = await ledger.Pipeline.RecordAsync(
            [stop, open, open, stop, Asking(new OpenMarket("MK-510104-0002"), "open")],
            null,
            Stop
        );
        Assert.Equal(
            ["market-not-found", "recorded", "repeat", "recorded", "idempotency-key-reused"],
            answers.Select(Told)
        );
        var first = (Answer.Accepted)answers[1];
        var second = (Answer.Accepted)answers[2];
        Assert.Equal((first.Stream, first.Version), (second.Stream, second.Version));
        Assert.Equal(first.EventIds, second.EventIds);
        var alone = Assert.IsType<Answer.Accepted>(await ledger.Pipeline.RecordAsync(open, Stop));
        Assert.Equal(first.EventIds, alone.EventIds);
    }

    [Fact]
    public async Task A_dry_run_answers_alike_and_writes_nothing()
    {
        await using var ledger = await TestLedger.OpenAsync();
        await Roll.OpenAsync(ledger.Pipeline);
        var dry = new Unwritten(TestLedger.Handles);
        var open = Asking(new OpenMarket("MK-510104-0001"), "open");
        var answers = await ledger.Pipeline.RecordAsync([open, open], dry, Stop);
        Assert.Equal(["recorded", "repeat"], answers.Select(Told));
        var more = await ledger.Pipeline.RecordAsync(
            [Asking(new SuspendMarket("MK-510104-0001", "x"), "s")],
            dry,
            Stop
        );
        Assert.Equal(["recorded"], more.Select(Told));
        Assert.Equal(
            "market-not-found",
            Told(await ledger.Pipeline.RecordAsync(Asking(new SuspendMarket("MK-510104-0001", "x"), "s"), Stop))
        );
    }

    [Fact]
    public async Task Each_has_its_span_and_its_time_as_one_alone_has()
    {
        await using var ledger = await TestLedger.OpenAsync();
        await Roll.OpenAsync(ledger.Pipeline);
        using var caller = new Activity("caller").Start();
        var spans = new List<string>();
        using var tracing = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Telemetry.Name,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = span =>
            {
                if (span.TraceId == caller.TraceId && span.OperationName == "ledger.command")
                    spans.Add($"{span.GetTagItem("ledger.command")} under {span.ParentId == caller.Id}");
            },
        };
        ActivitySource.AddActivityListener(tracing);
        var times = 0;
        using var meter = new MeterListener();
        meter.SetMeasurementEventCallback<double>(
            (_, _, tags, _) =>
            {
                foreach (var tag in tags)
                    if (tag is { Key: "command", Value: nameof(ReinstateMarket) })
                        times++;
            }
        );
        meter.EnableMeasurementEvents(Telemetry.CommandDuration);
        await ledger.Pipeline.RecordAsync(
            [
                Asking(new OpenMarket("MK-510104-0001"), "a"),
                Asking(new ReinstateMarket("MK-510104-0001", "one"), "b"),
                Asking(new ReinstateMarket("MK-510104-0002", "two"), "c"),
            ],
            null,
            Stop
        );
        Assert.Equal(
            ["OpenMarket under True", "ReinstateMarket under True", "ReinstateMarket under True"],
            spans.Order()
        );
        Assert.Equal(2, times);
    }

    /// <summary>What was decided on a command that left the batch is decided again without it.</summary>
    [Fact]
    public async Task Nobody_is_refused_because_of_one_that_was_not_written()
    {
        await using var ledger = await TestLedger.OpenAsync();
        await Roll.OpenAsync(ledger.Pipeline);
        var facts = ExtraFields.Of([
            .. Enumerable.Range(0, 400).Select(i => new KeyValuePair<string, string>($"f{i}", new('x', 480))),
        ]);
        var answers = await ledger.Pipeline.RecordAsync(
            [
                Asking(new OpenMarket("MK-510104-0001") { Facts = facts }, "long"),
                Asking(new OpenMarket("MK-510104-0001"), "short"),
                Asking(new OpenMarket("MK-510104-0001"), "late"),
            ],
            null,
            Stop
        );
        Assert.Equal(["event-too-long", "recorded", "market-exists"], answers.Select(Told));
    }

    /// <summary>Signed, such a leaf would end the log: nobody could read it on.</summary>
    [Fact]
    public async Task What_no_reader_of_the_log_takes_is_not_signed()
    {
        await using var ledger = await TestLedger.OpenAsync();
        await Roll.OpenAsync(ledger.Pipeline);
        var item = ItemId(1);
        var listed = new Ledger.Goods.RegisterItem(item, "electronics", [TestLedger.Name("serial:A/1")]);
        Assert.IsType<Answer.Accepted>(await ledger.RecordAsync(listed, item, "r"));
        var media = new Ledger.DataWipe.DeclareMedia([new(0, Ledger.DataWipe.MediumType.Ufs, 1L << 53, null)], null);
        Assert.Equal("event-not-provable", Told(await ledger.RecordAsync(media, item, "m")));
    }

    static Guid ItemId(int n) => TestLedger.Handles.EntityId("item", "several", $"{n}");
}
