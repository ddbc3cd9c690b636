using Ledger.Exports;
using Ledger.Kernel;
using Ledger.Store;

namespace Api.Http;

/// <summary>An exporter as it stands.</summary>
public sealed record ExporterView(
    string Code,
    string? Name,
    string State,
    string? IssuingBody,
    DateOnly? ValidTo,
    int Batches,
    long Version
);

/// <summary>Who may export used goods: filed, approved, suspended, removed.</summary>
static class Exporters
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var exporters = api.MapGroup("/exporters").WithTags("Export");
        exporters
            .MapAct<ExporterBody>("/", File)
            .Says("File as an exporter", Examples.Exporter, "uscc-malformed", "exporter-exists");
        exporters
            .MapAct<ExporterApprovalBody>(
                "/{code}/approvals",
                (i, node) =>
                    Of(
                        i,
                        node,
                        new ExporterApproved(
                            i.Fields.Needed(i.Body.IssuingBody, "issuingBody"),
                            i.Fields.Day(i.Body.ValidTo, "validTo"),
                            i.Body.OnIntegrityList
                        ),
                        i.Body.OccurredAt
                    )
            )
            .Says(
                "Approve an exporter",
                Examples.ExporterApproval,
                "exporter-unknown",
                "conditions-not-met",
                "wrong-state"
            );
        MapAct(exporters, "suspensions", "Suspend an exporter at once", (r, b) => new ExporterSuspended(r, b));
        MapAct(exporters, "reinstatements", "Reinstate an exporter", (r, b) => new ExporterReinstated(r, b));
        MapAct(exporters, "removals", "Remove an exporter", (r, b) => new ExporterRemoved(r, b));
        exporters
            .MapGet("/", ListAsync)
            .Says("All exporters", null)
            .Produces<ListAnswer<ExporterView>>()
            .Produces<ProblemBody>(400, Problems.MediaType);
        exporters
            .MapGet("/{code}", OneAsync)
            .Says("One exporter", null)
            .Produces<ExporterView>()
            .Produces<ProblemBody>(404, Problems.MediaType);
    }

    static Act File(Incoming<ExporterBody> i, LedgerNode node)
    {
        var (b, f) = (i.Body, i.Fields);
        var filed = new ExporterFiled(
            f.Needed(b.Code, "code"),
            f.Needed(b.Name, "name"),
            f.Text(b.ConditionsVersion, "conditionsVersion"),
            b.FixedOffice,
            b.DisplaySite,
            b.TradeExperience,
            f.Texts(b.Documents, "documents")
        );
        return new(
            $"/api/v1/exporters/{filed.Code}",
            filed.Code!,
            (order, stop) => node.Exports.RecordAsync(filed.Code!, filed, order, stop)
        )
        {
            OccurredAt = b.OccurredAt,
        };
    }

    static void MapAct(
        RouteGroupBuilder exporters,
        string route,
        string summary,
        Func<string, string?, LedgerEvent> act
    ) =>
        exporters
            .MapAct<SiteReasonBody>(
                $"/{{code}}/{route}",
                (i, node) => Of(i, node, i.Body.Act(i.Fields, act), i.Body.OccurredAt)
            )
            .Says(summary, Examples.SiteReason, "exporter-unknown", "wrong-state");

    static Act Of<T>(Incoming<T> i, LedgerNode node, LedgerEvent e, string? at)
        where T : class
    {
        var code = i.PathText("code");
        return new($"/api/v1/exporters/{code}", code, (order, stop) => node.Exports.RecordAsync(code, e, order, stop))
        {
            OccurredAt = at,
            Missing = "exporter-unknown",
        };
    }

    static async Task ListAsync(HttpContext http, EventReader reader)
    {
        var exporters = (await reader.AllAsync(Noun.Exporter, Exporter.Fold, http.RequestAborted)).Select(View);
        await ListAnswers.WriteAllAsync(http, [.. exporters.OrderBy(e => e.Code, StringComparer.Ordinal)], "exporters");
    }

    static async Task OneAsync(HttpContext http, string code, LedgerNode node)
    {
        if (await node.Exports.ExporterAsync(code, http.RequestAborted) is not { } exporter)
        {
            await Problems.WriteAsync(http, Refusal.Of("exporter-unknown", ("value", Bounds.Short(code))), 404);
            return;
        }
        await CommandEndpoint.ShowAsync(http, View(exporter), exporter.Version);
    }

    static ExporterView View(Exporter e) =>
        new(
            e.Code,
            e.Filed.Name,
            WireWords.Of(e.State),
            e.Approved?.IssuingBody,
            e.Approved?.ValidTo,
            e.Batches.Length,
            e.Version
        );
}
