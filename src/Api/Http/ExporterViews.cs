using Ledger.Kernel;
using Ledger.Store;
using Projections.Exporting;

namespace Api.Http;

/// <summary>What an exporter asks: is a batch ready, and if not, by which rule?</summary>
static class ExporterViews
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/exporter/batches", ListAsync)
            .WithTags("Export")
            .Describe("Export batches as checklists of rule, article and state", null)
            .Produces<ListAnswer<BatchEntry>>()
            .Produces<ProblemBody>(400, Problems.MediaType);
        api.MapGet("/export-batches/{batchId:guid}", OneAsync)
            .WithTags("Export")
            .Describe("One export batch as a checklist", null)
            .Produces<BatchEntry>()
            .Produces<ProblemBody>(404, Problems.MediaType);
    }

    public static (string? Exporter, int Limit, string? Cursor, Refusal? Fault) Batches(HttpContext http)
    {
        var q = new QueryValues(http);
        return (q.Text("exporter"), Math.Min(q.Limit(), MostBatches), q.PageCursor(), q.Fault);
    }

    /// <summary>Each of them is judged when it is asked for, with up to twenty items.</summary>
    const int MostBatches = 20;

    static async Task ListAsync(HttpContext http, LedgerNode node)
    {
        var (exporter, limit, cursor, fault) = Batches(http);
        if (fault is not null)
        {
            await Problems.WriteAsync(http, fault);
            return;
        }
        using var span = Ledger.Telemetry.Source.StartActivity("ledger.query");
        var query = new BatchQuery(node);
        if (ListAnswers.WantsFile(http))
        {
            await ListAnswers.WriteAllAsync(
                http,
                await LinesAsync(query, exporter, cursor, http.RequestAborted),
                "batches"
            );
            return;
        }
        var page = await query.ReadAsync(exporter, limit, cursor, http.RequestAborted);
        await ListAnswers.WriteAsync(http, page, null, "batches");
    }

    /// <summary>All of a saved list, a page of batches in hand at a time.</summary>
    static async Task<List<BatchLine>> LinesAsync(
        BatchQuery query,
        string? exporter,
        string? cursor,
        CancellationToken stop
    )
    {
        var lines = new List<BatchLine>();
        do
        {
            var page = await query.ReadAsync(exporter, MostBatches, cursor, stop);
            lines.AddRange(Lines(page.Items));
            cursor = page.Next;
        } while (cursor is not null && lines.Count < ListAnswers.LongestFile);
        return lines;
    }

    /// <summary>A line of the saved checklist: one rule of one item, or of the batch.</summary>
    sealed record BatchLine(
        Guid Batch,
        string? Exporter,
        string State,
        string? Destination,
        Guid? Item,
        string? Make,
        string? Model,
        string Rule,
        string Citation,
        string Result,
        string Severity,
        DateOnly? FirstDay
    );

    static IEnumerable<BatchLine> Lines(IEnumerable<BatchEntry> batches) =>
        from b in batches
        from line in b
            .Checks.Select(c => (Item: (BatchItemEntry?)null, Check: c))
            .Concat(b.Items.SelectMany(i => i.Checks.Select(c => (Item: (BatchItemEntry?)i, Check: c))))
        select new BatchLine(
            b.Id,
            b.Exporter,
            b.State,
            b.Destination,
            line.Item?.ItemId,
            line.Item?.Make,
            line.Item?.Model,
            line.Check.RuleId,
            line.Check.Citation,
            line.Check.Result,
            line.Check.Severity,
            line.Check.FirstDay
        );

    static async Task OneAsync(HttpContext http, Guid batchId, LedgerNode node)
    {
        if (await new BatchQuery(node).OneAsync(batchId, http.RequestAborted) is not { } batch)
        {
            await Problems.WriteAsync(http, Refusal.Of("batch-not-found", ("value", batchId)));
            return;
        }
        await CommandEndpoint.ShowAsync(http, batch, batch.Version);
    }
}
