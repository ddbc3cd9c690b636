using System.Collections.Immutable;
using Ledger.DataWipe;
using Ledger.Kernel;
using Ledger.Store;
using Projections.Regulator;

namespace Api.Http;

/// <summary>Reports that wiped data was recovered.</summary>
/// <param name="Tool">Name of the tool; absent: any.</param>
/// <param name="Versions">Its versions; absent: every one.</param>
/// <param name="Site">Where it was wiped; absent: anywhere.</param>
/// <param name="From">A wipe in doubt finished no earlier; both ends belong to it.</param>
/// <param name="Severity"><c>suspected</c> or <c>confirmed</c>.</param>
public sealed record IncidentBody(
    string Finding,
    string? Tool = null,
    IReadOnlyList<string>? Versions = null,
    string? Site = null,
    string? From = null,
    string? To = null,
    string Severity = "suspected",
    string? OccurredAt = null
);

/// <param name="Outcome"><c>unfounded</c>: what was suspended stands again; <c>confirmed</c>: it is revoked.</param>
public sealed record IncidentClosureBody(string Outcome, string? Finding = null, string? OccurredAt = null);

/// <summary>An incident and what it reaches.</summary>
/// <param name="State"><c>open</c>, <c>unfounded</c> or <c>confirmed</c>.</param>
public sealed record IncidentView(
    Guid Id,
    string State,
    string? Tool,
    IReadOnlyList<string>? Versions,
    string? Site,
    DateTimeOffset? From,
    DateTimeOffset? To,
    string? Finding,
    IReadOnlyList<ReachEntry> Reaches,
    long Version
);

static class Incidents
{
    /// <summary>So many of what an incident reaches are shown.</summary>
    const int Shown = 1_000;

    public static void Map(IEndpointRouteBuilder api)
    {
        var incidents = api.MapGroup("/incidents").WithTags("Data erasure");
        incidents
            .MapPost("/", ReportAsync)
            .Takes<IncidentBody>()
            .Says("Report that wiped data was recovered", Examples.Incident, "scope-empty");
        incidents
            .MapPost("/{incidentId:guid}/closures", CloseAsync)
            .Takes<IncidentClosureBody>()
            .Says("Close an incident", Examples.IncidentClosure, "incident-unknown", "wrong-state");
        incidents
            .MapGet("/{incidentId:guid}", OneAsync)
            .Says("An incident and what it reaches", null)
            .Produces<IncidentView>()
            .Produces<ProblemBody>(404, Problems.MediaType);
    }

    static async Task ReportAsync(HttpContext http, LedgerNode node)
    {
        if (await CommandEndpoint.ReadAsync<IncidentBody>(http, node.Database) is not { } i)
            return;
        var (b, f) = (i.Body, i.Fields);
        var id = i.NewId("incident");
        var reported = new RecoveryIncidentReported(
            id,
            f.Text(b.Tool, "tool"),
            f.Texts(b.Versions, "versions"),
            f.Text(b.Site, "site"),
            f.Instant(b.From, "from"),
            f.Instant(b.To, "to"),
            f.Needed(b.Finding, "finding", 500),
            f.Word<IncidentSeverity>(b.Severity, "severity")
        );
        await AnswerAsync(
            http,
            node,
            i,
            b.OccurredAt,
            id,
            order => node.Incidents.ReportAsync(reported, order, http.RequestAborted)
        );
    }

    static async Task CloseAsync(HttpContext http, Guid incidentId, LedgerNode node)
    {
        if (await CommandEndpoint.ReadAsync<IncidentClosureBody>(http, node.Database) is not { } i)
            return;
        var (b, f) = (i.Body, i.Fields);
        var closed = new IncidentClosed(
            incidentId,
            f.Word<IncidentOutcome>(b.Outcome, "outcome"),
            f.Text(b.Finding, "finding", 500)
        );
        await AnswerAsync(
            http,
            node,
            i,
            b.OccurredAt,
            incidentId,
            order => node.Incidents.CloseAsync(closed, order, http.RequestAborted)
        );
    }

    static async Task AnswerAsync<T>(
        HttpContext http,
        LedgerNode node,
        Incoming<T> i,
        string? at,
        Guid id,
        Func<StreamOrder, Task<Answer>> record
    )
        where T : class
    {
        var occurredAt = i.Fields.Instant(at, "occurredAt") ?? node.Desk.Now;
        if (Occurrence.Ahead(occurredAt, node.Desk.Now) is { } ahead)
            i.Fields.Add(ahead);
        if (!i.Fields.Good)
        {
            await Problems.WriteAsync(http, i.Fields.Faults, 422);
            return;
        }
        var answer = await record(new(i.By, i.Scope, i.Key, CommandEndpoint.Hash(http, i), occurredAt));
        if (answer is Answer.Recorded recorded)
            await CommandEndpoint.RecordedAsync(http, $"/api/v1/incidents/{id}", recorded, $"{id}");
        else
            await Problems.WriteAsync(http, ((Answer.Refused)answer).Refusals);
    }

    static async Task OneAsync(HttpContext http, Guid incidentId, LedgerNode node)
    {
        if (await node.Incidents.FindAsync(incidentId, http.RequestAborted) is not { } incident)
        {
            await Problems.WriteAsync(http, Refusal.Of("incident-unknown", ("value", incidentId)));
            return;
        }
        if (await AtLeast.WaitAsync(http, node.Database, "attestations") is { } behind)
        {
            await Problems.WriteAsync(http, behind);
            return;
        }
        var r = incident.Reported;
        http.Response.Headers.ETag = CommandEndpoint.ETag(incident.Version);
        await http.Response.WriteAsJsonAsync(
            new IncidentView(
                incident.Id,
                incident.Outcome is { } outcome ? WireWords.Of(outcome) : "open",
                r.Tool,
                r.Versions is { IsDefault: false } versions ? versions : (ImmutableArray<string>?)null,
                r.Site,
                r.From,
                r.To,
                r.Finding,
                await new ReachQuery(node.Database).InScopeAsync(incident, Shown, http.RequestAborted),
                incident.Version
            ),
            WireJson.Options,
            http.RequestAborted
        );
    }
}
