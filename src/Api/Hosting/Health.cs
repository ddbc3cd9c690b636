using Ledger.Kernel;

namespace Api.Hosting;

/// <summary><c>live</c> is the process alone, never the database; <c>ready</c> is all that a write and a read
/// need.</summary>
static class Health
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/health/live", () => Results.Text("live")).ExcludeFromDescription();
        app.MapGet("/health/ready", ReadyAsync).ExcludeFromDescription();
    }

    static async Task ReadyAsync(HttpContext http, Readiness readiness)
    {
        var state = await readiness.AskAsync();
        http.Response.StatusCode = state.Ready ? 200 : 503;
        if (!state.Ready)
            http.Response.Headers.RetryAfter = "1";
        await http.Response.WriteAsJsonAsync(state, WireJson.Options, http.RequestAborted);
    }
}
