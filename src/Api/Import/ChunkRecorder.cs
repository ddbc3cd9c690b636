using System.Collections.Immutable;
using Ledger;
using Ledger.Kernel;
using Ledger.Markets;
using Ledger.Pipeline;
using Ledger.Store;
using Ledger.Trading;

namespace Api.Import;

/// <summary>A row with what it wants recorded.</summary>
sealed record AskedRow(CanonicalRow Row, RowRequest Asks)
{
    public CommandRequest Request => Asks.Request!;
}

/// <summary>Decides a chunk of rows in their order and hands it to the pipeline as one transaction.</summary>
/// <param name="dry">What a dry run would have written: later rows see it, and nothing is written; null: all
/// is.</param>
sealed class ChunkRecorder(CommandPipeline pipeline, Handles handles, Unwritten? dry, ImportTally tally)
{
    /// <summary>Markets that somebody has opened: none is ever closed so far that it could be opened again.</summary>
    readonly HashSet<string> open = [];

    public async Task RecordAsync(List<AskedRow> chunk, CancellationToken stop)
    {
        using var span = Telemetry.Source.StartActivity("ledger.import.chunk");
        var left = chunk;
        // Each round somebody else's write won; rows that it did not touch are through after the first.
        for (var round = 0; left.Count > 0; round++)
        {
            if (round == 20)
                throw new Settings.NeededException(
                    "Other writers keep changing the same items; import again later: what is recorded stays recorded."
                );
            left = await RoundAsync(left, stop);
        }
    }

    /// <summary>A decided row, or the opening of the market that a row needs.</summary>
    sealed record DecidedRow(AskedRow Row, DecidedCommand Command, bool IsOpening);

    /// <summary>Decides and writes rows; gives back those that went stale.</summary>
    async Task<List<AskedRow>> RoundAsync(List<AskedRow> rows, CancellationToken stop)
    {
        CommandRequest[] openings =
        [
            .. rows.Select(r => r.Asks.Opening)
                .OfType<CommandRequest>()
                .Where(o => !open.Contains(MarketOf(o)))
                .DistinctBy(MarketOf),
        ];
        var batch = await pipeline.OpenAsync([.. openings, .. rows.Select(r => r.Request)], dry ?? new(handles), stop);
        var decided = new List<DecidedRow>();
        foreach (var row in rows)
            await DecideAsync(row, batch, decided, stop);
        if (dry is null)
            return decided.Count == 0
                ? []
                : ToAnswer(decided, await pipeline.WriteAsync(batch, [.. decided.Select(d => d.Command)], stop));
        foreach (var d in decided)
            Count(d, isNew: true);
        return [];
    }

    static string MarketOf(CommandRequest opening) => ((OpenMarket)opening.Command).Code;

    async Task DecideAsync(AskedRow row, CommandBatch batch, List<DecidedRow> decided, CancellationToken stop)
    {
        var request = row.Request;
        if (batch.Known(request) is { Is: true } known)
        {
            if (known.Same)
                tally.Count(c => c with { Known = c.Known + 1 }, "known");
            else
                tally.Refuse(row.Row.Row, KeyReused(request.Key));
            return;
        }
        var answer = await batch.DecideAsync(request, stop);
        if (answer.IsRefused)
        {
            // A row tells its values by columns.
            var column = request.Command is RecordSale ? "agreed_at" : "occurred_at";
            tally.Refuse(row.Row.Row, ActTimes.OfColumn(answer.Refusals[0], column));
            return;
        }
        if (row.Asks.Opening is { } opening && !open.Contains(MarketOf(opening)))
            await OpenAsync(row, opening, batch, decided, stop);
        if (answer.Command is not { } command)
            return;
        batch.Take(command);
        decided.Add(new(row, command, false));
    }

    /// <summary>A market is opened by the first row of it that is recorded.</summary>
    async Task OpenAsync(
        AskedRow row,
        CommandRequest opening,
        CommandBatch batch,
        List<DecidedRow> decided,
        CancellationToken stop
    )
    {
        if (decided.Exists(d => d.IsOpening && MarketOf(d.Row.Asks.Opening!) == MarketOf(opening)))
            return;
        if ((await batch.DecideAsync(opening, stop)).Command is { } command)
        {
            batch.Take(command);
            decided.Add(new(row, command, true));
        }
        else
            open.Add(MarketOf(opening));
    }

    void Count(DecidedRow d, bool isNew)
    {
        if (d.IsOpening)
            tally.Count(c => isNew ? c with { MarketsOpened = c.MarketsOpened + 1 } : c);
        else if (isNew)
            tally.Count(
                c => c with { Recorded = c.Recorded + 1, Events = c.Events + d.Command.Appends.Length },
                "recorded"
            );
        else
            tally.Count(c => c with { Known = c.Known + 1 }, "known");
    }

    /// <summary>Counts what the lane answered; gives back the rows that went stale.</summary>
    List<AskedRow> ToAnswer(List<DecidedRow> decided, ImmutableArray<WriteOutcome> outcomes)
    {
        var stale = new List<AskedRow>();
        foreach (var (i, d) in decided.Index())
            switch (outcomes[i])
            {
                case WriteOutcome.Appended:
                    Count(d, isNew: true);
                    break;
                case WriteOutcome.Known:
                    Count(d, isNew: false);
                    break;
                case WriteOutcome.Stale when !d.IsOpening:
                    stale.Add(d.Row);
                    break;
                case WriteOutcome.Refused { Refusal: var refusal } when !d.IsOpening:
                    if (refusal.Code == "unavailable")
                        throw new ImportInterruptedException();
                    tally.Refuse(
                        d.Row.Row.Row,
                        refusal.Code == "idempotency-key-reused" ? KeyReused(d.Command.Key) : refusal
                    );
                    break;
                case WriteOutcome.Unknown:
                    throw new ImportInterruptedException();
            }
        return stale;
    }

    static Refusal KeyReused(string key) => Refusal.Of("row-key-reused", ("value", key)).At("row_key");
}
