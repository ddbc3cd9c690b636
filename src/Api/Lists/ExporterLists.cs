using Api.Pages.Exporting;
using Projections.Exporting;

namespace Api.Lists;

/// <summary>What an exporter asks: is a batch ready, and if not, by which rule?</summary>
static class ExporterLists
{
    /// <summary>Each of them is judged when it is asked for, with up to twenty items.</summary>
    const int MostBatches = 20;

    public static LedgerList Batches { get; } =
        new LedgerList<string?, BatchEntry>(
            "exporter/batches",
            "Export",
            "Export batches as checklists of rule, article and state"
        )
        {
            IsPaged = true,
            MostOfPage = MostBatches,
            Page = typeof(BatchesPage),
            Nav = ("出口", "Export"),
            Filter = q =>
                q.Text(
                    "exporter",
                    ("出口企业（统一社会信用代码）", "Exporter (unified social credit code)"),
                    18,
                    "91510100MA62CHR10K"
                ),
            Rows = r => new BatchQuery(r.Node).ReadAsync(r.Filter, r.Limit, r.Cursor, r.Stop),
            Saved = async r => new SavedRows<BatchLine>(await LinesAsync(r)),
        };

    /// <summary>All of a saved list, a page of batches in hand at a time.</summary>
    static async Task<List<BatchLine>> LinesAsync(ListRead<string?> read)
    {
        var (query, lines, cursor) = (new BatchQuery(read.Node), new List<BatchLine>(), read.Cursor);
        do
        {
            var page = await query.ReadAsync(read.Filter, MostBatches, cursor, read.Stop);
            lines.AddRange(Lines(page.Items));
            cursor = page.Next;
        } while (cursor is not null && lines.Count < read.Limit);
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
}
