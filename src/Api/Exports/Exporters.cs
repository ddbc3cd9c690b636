using Api.Hosting;
using Ledger.Exports;
using Ledger.Kernel;
using Ledger.Store;
using Projections.Regulator;

namespace Api;

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
            .MapCommand<ExporterBody>("/", File)
            .Describe<FileExporter>(
                "File as an exporter",
                Examples.Exporter,
                "uscc-malformed",
                "exporter-exists",
                "not-the-exporter"
            );
        exporters
            .MapCommand<ExporterApprovalBody>(
                "/{code}/approvals",
                i =>
                    Of(
                        i,
                        code => new ApproveExporter(
                            code,
                            i.Fields.Needed(i.Body.IssuingBody, "issuingBody"),
                            i.Fields.Day(i.Body.ValidTo, "validTo"),
                            i.Body.OnIntegrityList
                        ),
                        i.Body.OccurredAt
                    )
            )
            .Describe<ApproveExporter>(
                "Approve an exporter",
                Examples.ExporterApproval,
                "exporter-not-found",
                "conditions-not-met",
                "wrong-state",
                "own-affair"
            );
        MapReason(
            exporters,
            "suspensions",
            "Suspend an exporter at once",
            (code, r, b) => new SuspendExporter(code, r, b)
        );
        MapReason(
            exporters,
            "reinstatements",
            "Reinstate an exporter",
            (code, r, b) => new ReinstateExporter(code, r, b)
        );
        MapReason(exporters, "removals", "Remove an exporter", (code, r, b) => new RemoveExporter(code, r, b));
        exporters
            .MapGet("/{code}", OneAsync)
            .Describe("One exporter", null)
            .Produces<ExporterView>()
            .Produces<ProblemBody>(404, Problems.MediaType);
    }

    static Plan File(Incoming<ExporterBody> i)
    {
        var (b, f) = (i.Body, i.Fields);
        var filing = new FileExporter(
            f.Needed(b.Code, "code"),
            f.Needed(b.Name, "name"),
            f.Text(b.ConditionsVersion, "conditionsVersion"),
            b.FixedOffice,
            b.DisplaySite,
            b.TradeExperience,
            f.Hashes(b.Documents, "documents")
        );
        return Of(filing.Code, filing, b.OccurredAt);
    }

    static void MapReason<T>(
        RouteGroupBuilder exporters,
        string route,
        string summary,
        Func<string, string, string?, T> command
    )
        where T : ExporterCommand =>
        exporters
            .MapCommand<SiteReasonBody>(
                $"/{{code}}/{route}",
                i => Of(i, code => i.Body.For(i.Fields, (r, b) => command(code, r, b)), i.Body.OccurredAt)
            )
            .Describe<T>(summary, Examples.SiteReason, "exporter-not-found", "wrong-state", "own-affair");

    static Plan Of<T>(Incoming<T> i, Func<string, LedgerCommand> command, string? at)
        where T : class
    {
        var code = i.PathText("code");
        return Of(code, command(code), at);
    }

    static Plan Of(string code, LedgerCommand command, string? at) =>
        Plan.At($"/api/v1/exporters/{code}", code, command) with
        {
            OccurredAt = at,
        };

    static async Task OneAsync(HttpContext http, string code, LedgerNode node)
    {
        var stream = new StreamOfKind(ExporterCommand.StreamOf(code, node.Database.Handles), ExportStreams.Exporter);
        if (await RegisterQuery.NowAsync(node.Reader, stream, http.RequestAborted) is not { } exporter)
        {
            await Problems.WriteAsync(http, Refusal.Of("exporter-not-found", ("value", Bounds.Short(code))));
            return;
        }
        await CommandEndpoint.ShowAsync(http, View(exporter), exporter.Version);
    }

    /// <summary>An exporter as the register has it.</summary>
    public static ExporterView View(RegisterRow r) =>
        new(r.Code, r.Name, r.State, r.Authority, r.ValidTo, r.Batches ?? 0, r.Version);
}
