using Api.Http;
using Api.Pages.Regulator;
using Api.Pages.Shared;
using Ledger.Store;
using Ledger.Store.Postgres;
using Projections;
using Projections.Regulator;
using static Api.Pages.LedgerPages;

namespace Api.Pages;

/// <summary>The regulator's pages.</summary>
static class RegulatorPages
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/regulator/histories", HistoriesAsync);
        pages.MapGet("/regulator/alerts", AlertsAsync);
        pages.MapGet("/regulator/accesses", AccessesAsync);
        pages.MapGet("/regulator/stations", StationsAsync);
        pages.MapGet("/regulator/register", RegisterAsync);
        pages.MapGet("/regulator/indicators", IndicatorsAsync);
        pages.MapGet("/regulator/rules", RulesAsync);
        pages.MapGet("/regulator/cases", CasesAsync);
    }

    static async Task<IResult> HistoriesAsync(HttpContext http, LedgerNode node)
    {
        var database = node.Database;
        var asked = http.Request.Query.ToDictionary(q => q.Key, q => q.Value.ToString(), StringComparer.Ordinal);
        var (filter, limit, cursor, fault) = await Views.HistoriesFilterAsync(http, node.Pipeline);
        if (fault is not null)
            return Show<HistoriesPage>(http, new() { ["Asked"] = asked, ["Refusal"] = fault }, 400);
        var page = await new HistoryQuery(database).ReadAsync(filter!, limit, cursor, http.RequestAborted);
        if (
            await Accesses.RecordAsync(http, node, "histories", [.. page.Items.Select(i => i.ItemId)]) is { } unrecorded
        )
            return Show<HistoriesPage>(
                http,
                new() { ["Asked"] = asked, ["Refusal"] = unrecorded },
                LedgerPages.StatusOf(unrecorded)
            );
        return Show<HistoriesPage>(
            http,
            new()
            {
                ["Asked"] = asked,
                ["Page"] = page,
                ["Freshness"] = await Freshness.OfAsync(database, Registry.Find("events")!, http.RequestAborted),
            }
        );
    }

    static Task<IResult> AlertsAsync(HttpContext http, LedgerDatabase database)
    {
        var (filter, limit, cursor, fault) = MoreViews.Alerts(http);
        return OfViewAsync<AlertsPage>(
            http,
            database,
            "alerts",
            filter,
            fault,
            "Page",
            async stop => await new AlertQuery(database).ReadAsync(filter, limit, cursor, stop)
        );
    }

    static Task<IResult> StationsAsync(HttpContext http, LedgerDatabase database)
    {
        var (filter, fault) = StockViews.Stations(http);
        return OfViewAsync<StationsPage>(
            http,
            database,
            "transfers",
            filter,
            fault,
            "Entries",
            async stop => await new StationQuery(database).ReadAsync(filter, stop)
        );
    }

    static async Task<IResult> RegisterAsync(HttpContext http, LedgerNode node)
    {
        var (filter, asked) = RegisterView.Asked(http);
        var shown = new Dictionary<string, object?> { ["Filter"] = filter, ["Refusal"] = asked.Fault };
        if (asked.Fault is not null)
            return Show<RegisterPage>(http, shown, 400);
        var entries = await new RegisterView(node).ReadAsync(filter, http.RequestAborted);
        shown["Entries"] = entries;
        shown["Page"] = RegisterView.PageOf(entries, asked.Limit, asked.Cursor);
        return Show<RegisterPage>(http, shown);
    }

    static async Task<IResult> IndicatorsAsync(HttpContext http, LedgerNode node)
    {
        var (within, period, fault) = Indicators.Filter(http, node.Pipeline.Now);
        var stop = http.RequestAborted;
        return Show<IndicatorsPage>(
            http,
            new()
            {
                ["Within"] = within,
                ["Period"] = period,
                ["Refusal"] = fault,
                ["Entries"] = fault is null ? await new IndicatorQuery(node).ReadAsync(within, period, stop) : null,
                ["Freshness"] = await Freshness.OfAsync(node.Database, Registry.Find("sales")!, stop),
            },
            fault is null ? 200 : 400
        );
    }

    static Task<IResult> CasesAsync(HttpContext http, LedgerNode node)
    {
        var (filter, asked) = Cases.Asked(http);
        return OfPageAsync<CasesPage>(
            http,
            filter,
            asked,
            async stop => await Cases.ReadAsync(node, filter, asked.Limit, asked.Cursor, stop)
        );
    }

    static async Task<IResult> RulesAsync(HttpContext http, LedgerNode node)
    {
        var (on, fault) = Rulesets.Asked(http, node.Pipeline.Now);
        return Show<RulesPage>(
            http,
            new()
            {
                ["On"] = on,
                ["Newest"] = await Rulesets.ReadAsync(node, http.RequestAborted) is [var newest, ..] ? newest : null,
                ["LastRun"] = await new Reconciler(node).NewestAsync(http.RequestAborted),
                ["Refusal"] = fault,
            },
            fault is null ? 200 : 400
        );
    }

    static Task<IResult> AccessesAsync(HttpContext http, LedgerNode node)
    {
        var (filter, asked) = Accesses.Asked(http, node.Pipeline.Now);
        return OfPageAsync<AccessesPage>(
            http,
            filter,
            asked,
            async stop => await Accesses.ReadAsync(node, filter, asked.Limit, asked.Cursor, stop)
        );
    }

    /// <summary>A list that is read from no view.</summary>
    static async Task<IResult> OfPageAsync<TPage>(
        HttpContext http,
        object filter,
        PageAsked asked,
        Func<CancellationToken, Task<object>> read
    )
        where TPage : LedgerPage =>
        asked.Fault is not null
            ? Show<TPage>(http, new() { ["Filter"] = filter, ["Refusal"] = asked.Fault }, 400)
            : Show<TPage>(http, new() { ["Filter"] = filter, ["Page"] = await read(http.RequestAborted) });
}
