using Api.Hosting;
using Ledger.Kernel;
using Ledger.Markets;
using Ledger.Store;
using Projections.Regulator;

namespace Api;

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
            .MapCommand<StationBody>("/", Authorise)
            .Describe<AuthoriseStation>(
                "Authorise a registration station",
                Examples.Station,
                "station-malformed",
                "division-unknown"
            );
        stations
            .MapCommand<SiteReasonBody>("/{code}/suspensions", Suspend)
            .Describe<SuspendStation>(
                "Suspend a registration station at once",
                Examples.SiteReason,
                "station-not-found"
            );
        stations
            .MapGet("/{code}", OneAsync)
            .Describe("One registration station", null)
            .Produces<StationView>()
            .Produces<ProblemBody>(404, Problems.MediaType);
    }

    static Plan Authorise(Incoming<StationBody> i)
    {
        var (b, f) = (i.Body, i.Fields);
        var authorising = new AuthoriseStation(
            b.Code,
            f.Needed(b.Name, "name"),
            f.Needed(b.Authority, "authority"),
            f.Texts(b.Services, "services"),
            f.Day(b.ValidFrom, "validFrom"),
            f.Day(b.ValidTo, "validTo")
        );
        return Of(i, authorising, b.OccurredAt);
    }

    static Plan Suspend(Incoming<SiteReasonBody> i)
    {
        var suspending = i.Body.For(i.Fields, (r, b) => new SuspendStation(i.PathText("code"), r, b));
        return Of(i, (StationCommand)suspending, i.Body.OccurredAt);
    }

    static Plan Of<T>(Incoming<T> i, StationCommand command, string? at)
        where T : class
    {
        if (StationCode.Check(command.Code) is { } malformed)
            i.Fields.Add(malformed.At("code"));
        return Plan.At($"/api/v1/stations/{command.Code}", command.Code, command) with { OccurredAt = at };
    }

    static async Task OneAsync(HttpContext http, string code, LedgerNode node)
    {
        if (StationCode.Check(code) is { } malformed)
        {
            await Problems.WriteAsync(http, malformed.At("code"));
            return;
        }
        var stream = new StreamOfKind(StationCommand.StreamOf(code, node.Database.Handles), MarketStreams.Station);
        if (await RegisterQuery.NowAsync(node.Reader, stream, http.RequestAborted) is not { } station)
        {
            await Problems.WriteAsync(http, Refusal.Of("station-not-found", ("value", code)));
            return;
        }
        await CommandEndpoint.ShowAsync(http, View(station), station.Version);
    }

    /// <summary>A station as the register has it.</summary>
    public static StationView View(RegisterRow r) =>
        new(
            r.Code,
            r.Name,
            r.State,
            r.Authority,
            r.ValidFrom,
            r.ValidTo,
            r.Division!,
            Divisions.Find(r.Division)?.Name,
            r.Version
        );
}
