using System.Diagnostics;
using Ledger.Kernel;

namespace Ledger.Pipeline;

/// <summary>The span of each command, and its time to the answer: the same for one and for many.</summary>
sealed class MeasuredCommands : IDisposable
{
    readonly IReadOnlyList<CommandRequest> requests;
    readonly RefusalCounts? counts;
    readonly DateTimeOffset now;
    readonly Activity?[] spans;
    readonly long started = Stopwatch.GetTimestamp();

    /// <param name="counts">Counts what is refused and warned; null: nothing is to be recorded.</param>
    public MeasuredCommands(IReadOnlyList<CommandRequest> requests, RefusalCounts? counts, DateTimeOffset now)
    {
        (this.requests, this.counts, this.now) = (requests, counts, now);
        var around = Activity.Current;
        spans = [.. requests.Select(Start)];
        // Of many none is around the others: each hangs on what they all hang on.
        if (requests.Count != 1)
            Activity.Current = around;

        Activity? Start(CommandRequest request)
        {
            Activity.Current = around;
            return Telemetry.Source.StartActivity("ledger.command")?.SetTag("ledger.command", NameOf(request));
        }
    }

    /// <summary>Records how long each took and how it ended.</summary>
    public IReadOnlyList<Answer> Answered(IReadOnlyList<Answer> answers)
    {
        var took = Stopwatch.GetElapsedTime(started).TotalSeconds;
        for (var i = 0; i < answers.Count; i++)
        {
            Count(requests[i], answers[i]);
            Telemetry.CommandDuration.Record(
                took,
                new("command", NameOf(requests[i])),
                new("outcome", OutcomeOf(answers[i]))
            );
        }
        return answers;
    }

    void Count(CommandRequest request, Answer answer)
    {
        var market =
            MarketCode.IsWellFormed(request.By.Site) ? request.By.Site
            : MarketCode.IsWellFormed(request.Source) ? request.Source
            : null;
        if (answer is Answer.Refused refused)
            counts?.Refused(market, refused.Refusals, now);
        else if (answer is Answer.Accepted { IsRepeat: false, Just: { } just })
            counts?.Warned(market, just.Command.Events.SelectMany(e => e.Append.Envelope.Verdicts), now);
    }

    public void Dispose()
    {
        foreach (var span in spans)
            span?.Dispose();
    }

    static string NameOf(CommandRequest request) => request.Command.GetType().Name;

    static string OutcomeOf(Answer answer) =>
        answer switch
        {
            Answer.Accepted => "acknowledged",
            Answer.Prepared => "prepared",
            Answer.Refused { Refusals: [{ Code: "outcome-unknown" }, ..] } => "unknown",
            _ => "refused",
        };
}
