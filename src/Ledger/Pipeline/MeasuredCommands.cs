using System.Diagnostics;

namespace Ledger.Pipeline;

/// <summary>The span of each command, and its time to the answer: the same for one and for many.</summary>
sealed class MeasuredCommands : IDisposable
{
    readonly IReadOnlyList<CommandRequest> requests;
    readonly Activity?[] spans;
    readonly long started = Stopwatch.GetTimestamp();

    public MeasuredCommands(IReadOnlyList<CommandRequest> requests)
    {
        this.requests = requests;
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
            Telemetry.CommandDuration.Record(
                took,
                new("command", NameOf(requests[i])),
                new("outcome", OutcomeOf(answers[i]))
            );
        return answers;
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
