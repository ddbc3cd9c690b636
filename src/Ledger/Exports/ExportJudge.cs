using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Rules;

namespace Ledger.Exports;

/// <summary>The facts that export rules ask about; one place, so that a command and a checklist see the same.</summary>
public static class ExportJudge
{
    public static Judgement Of(Trigger act, Item item, Situation s, Inputs facts)
    {
        var judged = s.Rules.Judge(act, item.Category, s.Jurisdiction, s.LawDay, facts);
        return judged with { Refusals = [.. judged.Refusals.Select(r => ItemJudge.WithState(r, item))] };
    }

    /// <summary>Of one item in a batch: as it stands, and as the batch will speak of it.</summary>
    public static Inputs InBatch(Item item, BatchItemAdded said, BatchDrafted batch) =>
        ItemJudge
            .Standing(item)
            .And("annotated", item.Life is Life.ExportPending)
            .And("firstRegistered", item.FirstRegistered)
            .And("destination", batch.Destination)
            .And("confirmedFor", item.Export.Confirmation?.Destination ?? "none")
            .And("differing", Differing(item, said))
            .And("inspected", item.Export.Inspection?.Passed is true)
            .And("vehicle", Vehicle(item.ScrapCategory));

    /// <summary>Which of the four fields differ from the registration, after NFKC and trimming only; <c>none</c>. One
    /// that nobody told is not the same.</summary>
    static string Differing(Item item, BatchItemAdded said)
    {
        (string Name, bool Same)[] fields =
        [
            ("make", Same(said.Make, item.Make)),
            ("model", Same(said.Model, item.Model)),
            ("firstRegistered", said.FirstRegistered is { } first && first == item.FirstRegistered),
            ("pendingExportOn", said.PendingExportOn is { } on && on == item.Export.Annotation?.AnnotatedOn),
        ];
        var differing = string.Join(',', fields.Where(f => !f.Same).Select(f => f.Name));
        return differing.Length == 0 ? "none" : differing;
    }

    static bool Same(string? said, string? registered) =>
        said is not null && registered is not null && Form(said) == Form(registered);

    static string Form(string text) => text.Normalize(System.Text.NormalizationForm.FormKC).Trim();

    /// <summary>Which inspection standard speaks about it; null where its category does not say.</summary>
    static string? Vehicle(string? scrapCategory) =>
        scrapCategory is null ? null
        : scrapCategory.StartsWith("private-", StringComparison.Ordinal)
        || scrapCategory.StartsWith("taxi-", StringComparison.Ordinal)
        || scrapCategory is "rental" or "driving-school-small"
            ? "passenger"
        : "commercial";
}
