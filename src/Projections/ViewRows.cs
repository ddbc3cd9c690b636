using Ledger.Kernel;
using Ledger.Store.Postgres;
using Npgsql;

namespace Projections;

/// <summary>Streams as the store stood at a place, read and folded once for every view.</summary>
/// <param name="Failed">Those whose events cannot be read, and why.</param>
sealed record ReadHistories(List<StreamHistory> Streams, List<(StreamOfKind Stream, string Why)> Failed);

/// <summary>Rows of one view.</summary>
/// <param name="Streams">Those that they are of, also without rows.</param>
/// <param name="Failed">Those of which they cannot be made, and why.</param>
sealed record MadeRows(Guid[] Streams, List<ViewRow> Rows, List<(Guid Stream, string Why)> Failed);

/// <summary>Rows of views, made of histories. A stream of which they cannot be made is named, its neighbours are
/// made.</summary>
static class ViewRows
{
    /// <summary>Reads these streams as the store stood at a place.</summary>
    public static async Task<ReadHistories> ReadAsync(
        EventReader reader,
        StreamOfKind[] streams,
        long upTo,
        CancellationToken stop
    )
    {
        if (streams.Length == 0)
            return new([], []);
        try
        {
            var read = await reader.StreamsAsync([.. streams.Select(s => s.Id)], upTo, stop);
            return new(
                [
                    .. streams
                        .Where(s => read.ContainsKey(s.Id))
                        .Select(s => new StreamHistory(s.Id, s.Kind, read[s.Id])),
                ],
                []
            );
        }
        catch (Exception error) when (IsOfAStream(error))
        {
            if (streams.Length == 1)
                return new([], [(streams[0], error.Message)]);
        }
        var histories = new ReadHistories([], []);
        foreach (var half in streams.Chunk((streams.Length + 1) / 2))
        {
            var (made, not) = await ReadAsync(reader, half, upTo, stop);
            histories.Streams.AddRange(made);
            histories.Failed.AddRange(not);
        }
        return histories;
    }

    /// <summary>The rows of one view.</summary>
    public static MadeRows Of(View view, ReadHistories histories)
    {
        var (streams, rows) = (new List<Guid>(), new List<ViewRow>());
        var failed = histories
            .Failed.Where(f => view.Kinds.Contains(f.Stream.Kind))
            .Select(f => (f.Stream.Id, f.Why))
            .ToList();
        foreach (var history in histories.Streams.Where(h => view.Kinds.Contains(h.Kind)))
            try
            {
                rows.AddRange([.. view.Rows(history)]);
                streams.Add(history.Id);
            }
            catch (Exception error) when (IsOfAStream(error))
            {
                failed.Add((history.Id, error.Message));
            }
        return new([.. streams], rows, failed);
    }

    /// <summary>Reads, and makes the rows of one view.</summary>
    public static async Task<MadeRows> OfAsync(
        View view,
        EventReader reader,
        StreamOfKind[] streams,
        long upTo,
        CancellationToken stop
    ) => Of(view, await ReadAsync(reader, streams, upTo, stop));

    static bool IsOfAStream(Exception error) =>
        error is not (OperationCanceledException or NpgsqlException or IOException);
}
