using System.Threading.Channels;
using Ledger.Store;

namespace Api.Import;

/// <summary>
/// Rows in, commands through the pipeline, counts out. Rows are decided in their order, a chunk in one transaction.
/// </summary>
public sealed class Importer
{
    public const int ChunkRows = 250;

    readonly ImportTally tally;
    readonly ChunkRecorder recorder;

    /// <param name="reject">Called for each refused row, in the file's order within a chunk.</param>
    /// <param name="dryRun">Judge every row, write nothing.</param>
    public Importer(LedgerNode node, Action<Rejection> reject, bool dryRun = false)
    {
        tally = new(reject);
        recorder = new(node.Pipeline, dryRun ? new(node.Database.Handles) : null, tally);
    }

    public ImportCounts Counts => tally.Counts;

    /// <summary>Why rows were skipped, and how many.</summary>
    public IReadOnlyDictionary<string, long> Skips => tally.Skips;

    /// <summary>Reading and mapping runs ahead of writing, by two chunks at most.</summary>
    public async Task RunAsync(
        IRowSource source,
        Func<SourceRow, ReadRow> read,
        Func<CanonicalRow, RowRequest> want,
        Action<ImportCounts, double> progress,
        CancellationToken stop
    )
    {
        var ahead = Channel.CreateBounded<List<AskedRow>>(2);
        // Reading must not go on once writing has failed, nor the other way round.
        using var both = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var reading = Task.Run(
            async () =>
            {
                try
                {
                    await ReadAsync(source, read, want, ahead.Writer, both.Token);
                    ahead.Writer.Complete();
                }
                catch (Exception error)
                {
                    ahead.Writer.Complete(error);
                }
            },
            CancellationToken.None
        );
        try
        {
            await foreach (var chunk in ahead.Reader.ReadAllAsync(stop))
            {
                await recorder.RecordAsync(chunk, stop);
                progress(Counts, source.Progress);
            }
        }
        finally
        {
            await both.CancelAsync();
            await reading;
        }
    }

    async Task ReadAsync(
        IRowSource source,
        Func<SourceRow, ReadRow> read,
        Func<CanonicalRow, RowRequest> want,
        ChannelWriter<List<AskedRow>> ahead,
        CancellationToken stop
    )
    {
        var chunk = new List<AskedRow>(ChunkRows);
        try
        {
            foreach (var row in source.Rows())
            {
                tally.Count(c => c with { Read = c.Read + 1 });
                var (canonical, refusal, skipped) = read(row);
                var request = canonical is null ? null : want(canonical);
                if (skipped is not null)
                    tally.Skip(skipped);
                else if (request is null || request.Refusal is not null)
                    tally.Refuse(row, (refusal ?? request!.Refusal)!);
                else
                    chunk.Add(new(canonical!, request.Request!));
                if (chunk.Count < ChunkRows)
                    continue;
                await ahead.WriteAsync(chunk, stop);
                chunk = new(ChunkRows);
            }
        }
        finally
        {
            // Good rows before a break in the file are recorded all the same.
            if (chunk.Count > 0 && !stop.IsCancellationRequested)
                await ahead.WriteAsync(chunk, stop);
        }
    }
}
