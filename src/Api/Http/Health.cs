using Ledger.Kernel;
using Ledger.Store;
using Projections;

namespace Api.Http;

/// <summary><c>live</c> is the process alone, never the database; <c>ready</c> is all that a write and a read
/// need.</summary>
static class Health
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/health/live", () => Results.Text("live")).ExcludeFromDescription();
        app.MapGet("/health/ready", ReadyAsync).ExcludeFromDescription();
    }

    static async Task ReadyAsync(HttpContext http, LedgerDatabase database, LedgerNode node)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        patience.CancelAfter(Patience);
        var ready = false;
        var views = new Dictionary<string, AsOf>();
        try
        {
            // A standby answers reads but takes no writes.
            await using var command = database.Source.CreateCommand(
                $"select not pg_is_in_recovery() and exists (select from {LedgerDatabase.Schema}.about)"
            );
            ready = await command.ExecuteScalarAsync(patience.Token) is true;
            foreach (var view in Registry.Views)
                views[view.Name] = await Freshness.OfAsync(database, view, patience.Token) is var f
                    ? new(f.Sequence, f.Newest)
                    : new(0, 0);
        }
        catch (Exception error)
            when (error
                    is Npgsql.NpgsqlException
                        or OperationCanceledException
                        or System.Net.Sockets.SocketException
                        or TimeoutException
            )
        {
            ready = false;
        }
        // Rolled back or forked: nothing is written or signed until a person mends it (proof.md §4).
        var fault = node.State.Broken;
        ready = ready && fault is null;
        http.Response.StatusCode = ready ? 200 : 503;
        if (!ready)
            http.Response.Headers.RetryAfter = "1";
        await http.Response.WriteAsJsonAsync(
            new
            {
                ready,
                views,
                fault,
            },
            WireJson.Options,
            http.RequestAborted
        );
    }
}
