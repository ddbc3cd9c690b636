using Ledger.Exports;
using Ledger.Kernel;
using Ledger.Store;

namespace Api.Http;

/// <summary>Export batches: drafted, filled, applied for, licensed, declared; used up with the last
/// departure.</summary>
static class ExportBatches
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var batches = api.MapGroup("/export-batches").WithTags("Export");
        batches
            .MapAct<BatchBody>("/", Draft)
            .Says("Draft an export batch", Examples.Batch, "exporter-unknown", "exporter-not-approved");
        batches
            .MapAct<BatchItemBody>("/{batchId}/items", AddAsync)
            .Says(
                "Put an item into a batch",
                Examples.BatchItem,
                "batch-unknown",
                "batch-full",
                "hs-code-differs",
                "item-in-other-batch",
                "wrong-state"
            );
        batches
            .MapAct<ReasonBody>("/{batchId}/items/{itemId}/removals", Remove)
            .Says("Take an item out of a batch", Examples.Reason, "batch-unknown", "wrong-state");
        batches
            .MapAct<LicenceApplicationBody>(
                "/{batchId}/applications",
                (i, node) =>
                    Of(
                        i,
                        node,
                        new ExportLicenceApplied(ProhibitionsChecked: i.Body.ProhibitionsChecked),
                        i.Body.OccurredAt
                    )
            )
            .Says(
                "Apply for the export licence of a batch",
                Examples.LicenceApplication,
                "batch-empty",
                "not-annotated-for-export",
                "four-fields-differ",
                "needs-after-sale-confirmation",
                "destination-differs",
                "within-one-year-of-scrap",
                "data-not-wiped",
                "encumbered",
                "held-by-authority"
            );
        batches
            .MapAct<LicenceBody>(
                "/{batchId}/licences",
                (i, node) =>
                    Of(
                        i,
                        node,
                        new ExportLicenceGranted(
                            i.Fields.Needed(i.Body.LicenceNo, "licenceNo", 60),
                            i.Fields.Needed(i.Body.IssuingBody, "issuingBody"),
                            i.Fields.Day(i.Body.ValidUntil, "validUntil")
                        ),
                        i.Body.OccurredAt
                    )
            )
            .Says("Grant the licence", Examples.Licence, "batch-unknown", "wrong-state");
        batches
            .MapAct<LicenceRefusalBody>(
                "/{batchId}/licence-refusals",
                (i, node) =>
                    Of(i, node, new ExportLicenceRefused(i.Fields.Texts(i.Body.Reasons, "reasons")), i.Body.OccurredAt)
            )
            .Says("Refuse the licence", Examples.LicenceRefusal, "batch-unknown", "wrong-state");
        MapReason(batches, "licence-returns", "Return the licence", r => new ExportLicenceReturned(r));
        batches
            .MapAct<CustomsBody>("/{batchId}/customs-declarations", Declare)
            .Says(
                "Declare a batch to customs",
                Examples.Customs,
                "count-differs",
                "licence-expired",
                "licence-already-used",
                "data-not-wiped",
                "exporter-not-approved"
            );
        MapReason(
            batches,
            "customs-withdrawals",
            "Withdraw the customs declaration",
            r => new CustomsDeclarationWithdrawn(r)
        );
    }

    static Act Draft(Incoming<BatchBody> i, LedgerNode node)
    {
        var (b, f) = (i.Body, i.Fields);
        var id = i.NewId("batch");
        var drafted = new BatchDrafted(
            new(id),
            f.Needed(b.Exporter, "exporter"),
            f.Digits(b.HsCode, "hsCode", 4, 10),
            f.Country(b.Destination, "destination"),
            f.Text(b.Port, "port")
        );
        return new(
            $"/api/v1/export-batches/{id}",
            $"{id}",
            (order, stop) => node.Exports.RecordAsync(id, drafted, order, stop)
        )
        {
            OccurredAt = b.OccurredAt,
        };
    }

    static async Task<Act> AddAsync(Incoming<BatchItemBody> i, LedgerNode node)
    {
        var (b, f) = (i.Body, i.Fields);
        var item = (await ItemPath.NamedAsync(i, node, [b.Item], "item")).FirstOrDefault();
        var added = new BatchItemAdded(
            new(item),
            f.Digits(b.HsCode, "hsCode", 4, 10),
            f.Text(b.Make, "make"),
            f.Text(b.Model, "model"),
            f.Day(b.FirstRegistered, "firstRegistered"),
            f.Day(b.PendingExportOn, "pendingExportOn")
        );
        return Of(i, node, added, b.OccurredAt);
    }

    static Act Remove(Incoming<ReasonBody> i, LedgerNode node) =>
        Of(
            i,
            node,
            new BatchItemRemoved(new(i.PathId("itemId")), i.Fields.Needed(i.Body.Reason, "reason", 500)),
            i.Body.OccurredAt
        );

    static Act Declare(Incoming<CustomsBody> i, LedgerNode node)
    {
        i.Fields.Number(i.Body.Count, "count", 0, 1_000);
        var act = Of(i, node, new CustomsDeclared(i.Body.Count), i.Body.OccurredAt);
        return i.Fields.Text(i.Body.DeclarationNo, "declarationNo", 60) is { } number
            ? act with
            {
                Secrets = [new("declarationNo", number, typeof(CustomsDeclared))],
            }
            : act;
    }

    static void MapReason(RouteGroupBuilder batches, string route, string summary, Func<string, LedgerEvent> act) =>
        batches
            .MapAct<ReasonBody>(
                $"/{{batchId}}/{route}",
                (i, node) => Of(i, node, act(i.Fields.Needed(i.Body.Reason, "reason", 500)), i.Body.OccurredAt)
            )
            .Says(summary, Examples.Reason, "batch-unknown", "wrong-state");

    static Act Of<T>(Incoming<T> i, LedgerNode node, LedgerEvent e, string? at)
        where T : class
    {
        var id = i.PathId("batchId");
        return new(
            $"/api/v1/export-batches/{id}",
            $"{id}",
            (order, stop) => node.Exports.RecordAsync(id, e, order, stop)
        )
        {
            OccurredAt = at,
        };
    }
}
