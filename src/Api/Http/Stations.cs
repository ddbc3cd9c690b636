using Ledger.Kernel;
using Ledger.Markets;
using Ledger.Store;

namespace Api.Http;

/// <summary>A registration station (登记服务站) is authorised for a time; a later authorisation replaces the one
/// before.</summary>
/// <param name="Code"><c>ST-&lt;division&gt;-&lt;2 to 4 digits&gt;</c>.</param>
/// <param name="ValidTo">Last day; absent: no end is set.</param>
public sealed record StationBody(
    string Code,
    string Name,
    string Authority,
    string ValidFrom,
    string? ValidTo = null,
    IReadOnlyList<string>? Services = null,
    string? OccurredAt = null
);

/// <summary>A station as it stands.</summary>
public sealed record StationView(
    string Code,
    string? Name,
    string State,
    string? Authority,
    DateOnly? ValidFrom,
    DateOnly? ValidTo,
    string Division,
    string? DivisionName,
    long Version
);

static class Stations
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var stations = api.MapGroup("/stations").WithTags("Stations");
        stations
            .MapAct<StationBody>("/", Authorise)
            .Says("Authorise a registration station", Examples.Station, "station-malformed", "division-unknown");
        stations
            .MapAct<SiteReasonBody>("/{code}/suspensions", Suspend)
            .Says("Suspend a registration station at once", Examples.SiteReason, "station-unknown");
        stations
            .MapGet("/", ListAsync)
            .Says("All registration stations", null)
            .Produces<ListAnswer<StationView>>()
            .Produces<ProblemBody>(400, Problems.MediaType);
        stations
            .MapGet("/{code}", OneAsync)
            .Says("One registration station", null)
            .Produces<StationView>()
            .Produces<ProblemBody>(404, Problems.MediaType);
    }

    static Act Authorise(Incoming<StationBody> i, LedgerNode node)
    {
        var (b, f) = (i.Body, i.Fields);
        var authorised = new StationAuthorised(
            b.Code,
            f.Needed(b.Name, "name"),
            f.Needed(b.Authority, "authority"),
            f.Texts(b.Services, "services"),
            f.Day(b.ValidFrom, "validFrom"),
            f.Day(b.ValidTo, "validTo")
        );
        return Of(i, node, b.Code, authorised, b.OccurredAt);
    }

    static Act Suspend(Incoming<SiteReasonBody> i, LedgerNode node)
    {
        var suspended = i.Body.Act(i.Fields, (r, b) => new StationSuspended(r, b));
        return Of(i, node, i.PathText("code"), suspended, i.Body.OccurredAt) with { Missing = "station-unknown" };
    }

    static Act Of<T>(Incoming<T> i, LedgerNode node, string code, LedgerEvent e, string? at)
        where T : class
    {
        if (StationCode.Check(code) is { } malformed)
            i.Fields.Add(malformed.At("code"));
        return new($"/api/v1/stations/{code}", code, (order, stop) => node.Sites.RecordAsync(e, code, order, stop))
        {
            OccurredAt = at,
        };
    }

    static async Task ListAsync(HttpContext http, EventReader reader)
    {
        var stations = (await reader.AllAsync(Noun.Station, Station.Fold, http.RequestAborted)).Select(View);
        await ListAnswers.WriteAllAsync(http, [.. stations.OrderBy(s => s.Code, StringComparer.Ordinal)], "stations");
    }

    static async Task OneAsync(HttpContext http, string code, EventReader reader, SiteDesk sites)
    {
        if (StationCode.Check(code) is { } malformed)
        {
            await Problems.WriteAsync(http, malformed.At("code"));
            return;
        }
        if (Station.Fold(await reader.StreamAsync(sites.StreamOf(code), http.RequestAborted)) is not { } station)
        {
            await Problems.WriteAsync(http, Refusal.Of("station-unknown", ("value", code)), 404);
            return;
        }
        await CommandEndpoint.ShowAsync(http, View(station), station.Version);
    }

    static StationView View(Station s) =>
        new(
            s.Code,
            s.Authorised.Name,
            WireWords.Of(s.State),
            s.Authorised.Authority,
            s.Authorised.ValidFrom,
            s.Authorised.ValidTo,
            StationCode.DivisionOf(s.Code),
            Divisions.Find(StationCode.DivisionOf(s.Code))?.Name,
            s.Version
        );
}
