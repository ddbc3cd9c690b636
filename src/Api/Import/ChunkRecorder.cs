using Ledger;
using Ledger.Kernel;
using Ledger.Pipeline;
using Ledger.Trading;

namespace Api.Import;

/// <summary>A row with what it wants recorded.</summary>
sealed record AskedRow(CanonicalRow Row, CommandRequest Request);

/// <summary>Hands a chunk of rows to the pipeline as one transaction, and counts the answers.</summary>
/// <param name="dry">What a dry run would have written: later rows see it, and nothing is written; null: all
/// is.</param>
sealed class ChunkRecorder(CommandPipeline pipeline, Unwritten? dry, ImportTally tally)
{
    public async Task RecordAsync(IReadOnlyList<AskedRow> chunk, CancellationToken stop)
    {
        using var span = Telemetry.Source.StartActivity("ledger.import.chunk");
        var answers = await pipeline.RecordAsync([.. chunk.Select(r => r.Request)], dry, stop);
        foreach (var (row, answer) in chunk.Zip(answers))
            Count(row, answer);
    }

    void Count(AskedRow row, Answer answer)
    {
        switch (answer)
        {
            case Answer.Accepted { IsRepeat: false, EventIds: { IsEmpty: false } events }:
                tally.Count(c => c with { Recorded = c.Recorded + 1, Events = c.Events + events.Length }, "recorded");
                break;
            case Answer.Accepted:
                tally.Count(c => c with { Known = c.Known + 1 }, "known");
                break;
            case Answer.Refused { Refusals: [var refusal, ..] }:
                tally.Refuse(row.Row.Row, OfRow(refusal, row.Request));
                break;
        }
    }

    /// <summary>A row tells its values by columns, and its key is no header.</summary>
    static Refusal OfRow(Refusal refusal, CommandRequest request) =>
        refusal.Code switch
        {
            "idempotency-key-reused" => Refusal.Of("row-key-reused", ("value", request.Key)).At("row_key"),
            "outcome-unknown" or "unavailable" => throw new ImportInterruptedException(),
            "too-contended" => throw new Settings.NeededException(
                "Other writers keep changing the same items; import again later: what is recorded stays recorded."
            ),
            _ => ActTimes.OfColumn(refusal, request.Command is RecordSale ? "agreed_at" : "occurred_at"),
        };
}
