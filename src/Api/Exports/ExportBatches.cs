using Api.Hosting;
using Ledger.Exports;
using Ledger.Kernel;
using Ledger.Store;
using Projections.Exporting;

namespace Api;

/// <summary>Export batches: drafted, filled, applied for, licensed, declared; used up with the last
/// departure.</summary>
static class ExportBatches
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var batches = api.MapGroup("/export-batches").WithTags("Export");
        batches
            .MapCommand<BatchBody>("/", Draft)
            .Describe<DraftBatch>(
                "Draft an export batch",
                Examples.Batch,
                "exporter-not-found",
                "exporter-not-approved",
                "not-the-exporter"
            );
        batches
            .MapGet("/{batchId:guid}", OneAsync)
            .Describe("One export batch as a checklist", null)
            .Produces<BatchEntry>()
            .Produces<ProblemBody>(404, Problems.MediaType);
        batches
            .MapCommand<BatchItemBody>("/{batchId}/items", AddAsync)
            .Describe<AddToBatch>(
                "Put an item into a batch",
                Examples.BatchItem,
                "batch-not-found",
                "batch-full",
                "hs-code-differs",
                "item-in-other-batch",
                "wrong-state",
                "not-the-exporter"
            );
        batches
            .MapCommand<ReasonBody>("/{batchId}/items/{itemId}/removals", Remove)
            .Describe<RemoveFromBatch>(
                "Take an item out of a batch",
                Examples.Reason,
                "batch-not-found",
                "wrong-state",
                "not-the-exporter"
            );
        batches
            .MapCommand<LicenceApplicationBody>(
                "/{batchId}/applications",
                i => Of(i, id => new ApplyForLicence(id, i.Body.ProhibitionsChecked), i.Body.OccurredAt)
            )
            .Describe<ApplyForLicence>(
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
                "held-by-authority",
                "not-the-exporter"
            );
        batches
            .MapCommand<LicenceBody>(
                "/{batchId}/licences",
                i =>
                    Of(
                        i,
                        id => new GrantLicence(
                            id,
                            i.Fields.Needed(i.Body.LicenceNo, "licenceNo", 60),
                            i.Fields.Needed(i.Body.IssuingBody, "issuingBody"),
                            i.Fields.Day(i.Body.ValidUntil, "validUntil")
                        ),
                        i.Body.OccurredAt
                    )
            )
            .Describe<GrantLicence>(
                "Grant the licence",
                Examples.Licence,
                "batch-not-found",
                "wrong-state",
                "own-affair"
            );
        batches
            .MapCommand<LicenceRefusalBody>(
                "/{batchId}/licence-refusals",
                i => Of(i, id => new RefuseLicence(id, i.Fields.Texts(i.Body.Reasons, "reasons")), i.Body.OccurredAt)
            )
            .Describe<RefuseLicence>(
                "Refuse the licence",
                Examples.LicenceRefusal,
                "batch-not-found",
                "wrong-state",
                "own-affair"
            );
        MapReason(batches, "licence-returns", "Return the licence", (id, r) => new ReturnLicence(id, r));
        batches
            .MapCommand<CustomsBody>("/{batchId}/customs-declarations", Declare)
            .Describe<DeclareToCustoms>(
                "Declare a batch to customs",
                Examples.Customs,
                "count-differs",
                "licence-expired",
                "licence-already-used",
                "data-not-wiped",
                "exporter-not-approved",
                "not-the-exporter"
            );
        MapReason(
            batches,
            "customs-withdrawals",
            "Withdraw the customs declaration",
            (id, r) => new WithdrawDeclaration(id, r)
        );
    }

    static Plan Draft(Incoming<BatchBody> i)
    {
        var (b, f) = (i.Body, i.Fields);
        return Of(
            new DraftBatch(
                i.NewId("batch"),
                f.Needed(b.Exporter, "exporter"),
                f.Digits(b.HsCode, "hsCode", 4, 10),
                f.Country(b.Destination, "destination"),
                f.Text(b.Port, "port")
            ),
            b.OccurredAt
        );
    }

    static async Task<Plan> AddAsync(Incoming<BatchItemBody> i, LedgerNode node)
    {
        var (b, f) = (i.Body, i.Fields);
        var item = (await ItemPath.NamedAsync(i, node, [b.Item], "item")).FirstOrDefault();
        return Of(
            i,
            id => new AddToBatch(
                id,
                item,
                f.Digits(b.HsCode, "hsCode", 4, 10),
                f.Text(b.Make, "make"),
                f.Text(b.Model, "model"),
                f.Day(b.FirstRegistered, "firstRegistered"),
                f.Day(b.PendingExportOn, "pendingExportOn")
            ),
            b.OccurredAt
        );
    }

    static Plan Remove(Incoming<ReasonBody> i) =>
        Of(
            i,
            id => new RemoveFromBatch(id, i.PathId("itemId"), i.Fields.Needed(i.Body.Reason, "reason", 500)),
            i.Body.OccurredAt
        );

    static Plan Declare(Incoming<CustomsBody> i)
    {
        var count = (int)i.Fields.Number(i.Body.Count, "count", 0, 1_000);
        var number = i.Fields.Text(i.Body.DeclarationNo, "declarationNo", 60);
        return Of(i, id => new DeclareToCustoms(id, count, number), i.Body.OccurredAt);
    }

    static void MapReason<T>(RouteGroupBuilder batches, string route, string summary, Func<Guid, string, T> command)
        where T : BatchCommand =>
        batches
            .MapCommand<ReasonBody>(
                $"/{{batchId}}/{route}",
                i => Of(i, id => command(id, i.Fields.Needed(i.Body.Reason, "reason", 500)), i.Body.OccurredAt)
            )
            .Describe<T>(summary, Examples.Reason, "batch-not-found", "wrong-state", "not-the-exporter");

    static Plan Of<T>(Incoming<T> i, Func<Guid, BatchCommand> command, string? at)
        where T : class => Of(command(i.PathId("batchId")), at);

    static Plan Of(BatchCommand command, string? at) =>
        Plan.At($"/api/v1/export-batches/{command.Batch}", $"{command.Batch}", command) with
        {
            OccurredAt = at,
        };

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
