using System.Collections.Immutable;
using Api.Hosting;
using Api.Lists;
using Ledger.DataWipe;
using Ledger.Kernel;
using Ledger.Store;
using Ledger.Store.Vault;
using Projections.Regulator;

namespace Api;

/// <summary>Reports that wiped data was recovered.</summary>
/// <param name="Tool">Name of the tool; absent: any.</param>
/// <param name="Versions">Its versions; absent: every one.</param>
/// <param name="Site">Where it was wiped; absent: anywhere.</param>
/// <param name="Operator">Who wiped it, <c>MK-…/WORD</c>, or the word alone where <c>site</c> is its market; absent:
/// anybody.</param>
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
    string? Operator = null,
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
    string? Operator,
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
            .MapCommand<IncidentBody>("/", Report)
            .Describe<ReportIncident>("Report that wiped data was recovered", Examples.Incident, "scope-empty");
        incidents
            .MapCommand<IncidentClosureBody>("/{incidentId:guid}/closures", Close)
            .Describe<CloseIncident>(
                "Close an incident",
                Examples.IncidentClosure,
                "incident-not-found",
                "wrong-state"
            );
        incidents
            .MapGet("/{incidentId:guid}", OneAsync)
            .WithQuery(q => q.AtLeast())
            .Describe("An incident and what it reaches", null)
            .Produces<IncidentView>()
            .Produces<ProblemBody>(404, Problems.MediaType);
    }

    static Plan Report(Incoming<IncidentBody> i)
    {
        var (b, f) = (i.Body, i.Fields);
        var reporting = new ReportIncident(
            i.NewId("incident"),
            f.Text(b.Tool, "tool"),
            f.Texts(b.Versions, "versions"),
            f.Text(b.Site, "site"),
            f.Instant(b.From, "from"),
            f.Instant(b.To, "to"),
            f.Needed(b.Finding, "finding", 500),
            f.Word<IncidentSeverity>(b.Severity, "severity"),
            Operator(b, f)
        );
        return Of(reporting, b.OccurredAt);
    }

    /// <summary>A word alone is that of the market where it was wiped: nobody else's wipes are meant.</summary>
    static PartyRef? Operator(IncidentBody b, Fields f)
    {
        var party = f.Party(b.Operator, "operator", within: b.Site ?? "");
        if (party is not null && !MarketCode.IsWellFormed(party.Scope))
            f.Malformed(b.Operator!, "operator", "MK-…/WORD, or WORD with its market as site");
        return party;
    }

    static Plan Close(Incoming<IncidentClosureBody> i)
    {
        var (b, f) = (i.Body, i.Fields);
        return Of(
            new CloseIncident(
                i.PathId("incidentId"),
                f.Word<IncidentOutcome>(b.Outcome, "outcome"),
                f.Text(b.Finding, "finding", 500)
            ),
            b.OccurredAt
        );
    }

    static Plan Of(IncidentCommand command, string? at) =>
        Plan.At($"/api/v1/incidents/{command.Incident}", $"{command.Incident}", command) with
        {
            OccurredAt = at,
        };

    static async Task OneAsync(HttpContext http, Guid incidentId, LedgerNode node)
    {
        if (await node.Reader.FoldAsync(incidentId, Incident.Fold, http.RequestAborted) is not { } incident)
        {
            await Problems.WriteAsync(http, Refusal.Of("incident-not-found", ("value", incidentId)));
            return;
        }
        var q = new QueryValues(http, node.Pipeline.Now);
        var atLeast = q.AtLeast();
        if (
            (
                q.Fault
                ?? await ReadYourWrites.WaitAsync(node.Database, new AttestationsView(), atLeast, http.RequestAborted)
            ) is
            { } wrong
        )
        {
            await Problems.WriteAsync(http, wrong);
            return;
        }
        var r = incident.Reported;
        var clear = await new ClearTexts(node.Database).OfPartiesAsync([r.Operator], http.RequestAborted);
        await CommandEndpoint.ShowAsync(
            http,
            new IncidentView(
                incident.Id,
                incident.Outcome is { } outcome ? WireWords.Of(outcome) : "open",
                r.Tool,
                r.Versions is { IsDefault: false } versions ? versions : (ImmutableArray<string>?)null,
                r.Site,
                clear.Of(r.Operator),
                r.From,
                r.To,
                r.Finding,
                await new ReachQuery(node.Database).InScopeAsync(incident, Shown, http.RequestAborted),
                incident.Version
            ),
            incident.Version
        );
    }
}
