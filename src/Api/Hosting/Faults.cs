using Api.Pages;
using Ledger;
using Ledger.Kernel;
using Ledger.Store.Lane;
using Npgsql;

namespace Api.Hosting;

/// <summary>Infrastructure faults as answers: nothing a request says gives a 5xx, a database that is away gives
/// 503.</summary>
static class Faults
{
    static readonly object Recorded = new();

    /// <summary>From here on a fault leaves the caller with a command that may be recorded.</summary>
    public static void MayBeRecorded(HttpContext http) => http.Items[Recorded] = true;

    /// <summary>The database, the house witness or the way to them, not what was asked.</summary>
    public static bool IsAway(Exception error) =>
        error switch
        {
            // 22 a value, 23 a constraint, 42 a statement that is none: what was asked, and so a bug of ours.
            PostgresException { SqlState: [var one, var two, ..] } => (one, two)
                is not (('2', '2') or ('2', '3') or ('4', '2')),
            _ => error
                is NpgsqlException
                    or TimeoutException
                    or IOException
                    or OperationCanceledException
                    or System.Net.Sockets.SocketException,
        };

    public static async Task Catch(HttpContext http, RequestDelegate next)
    {
        try
        {
            await next(http);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The caller is gone: nobody to answer.
        }
        catch (Exception error) when (!http.Response.HasStarted && !RequestLimit.IsOver(http))
        {
            var refusal = error switch
            {
                BadHttpRequestException { StatusCode: 413 } => new Refusal("body-too-large"),
                BadHttpRequestException => BodyFaults.Unread,
                Ledger.Store.Vault.UnreadableTextException => new Refusal("text-unreadable"),
                // Recorded, but what proves it cannot be had now: the same request settles it.
                _ when IsAway(error) && http.Items.ContainsKey(Recorded) => new("outcome-unknown"),
                _ when IsAway(error) => new("unavailable"),
                // What is stored of the log contradicts itself: no answer rests on it.
                BrokenLogException => new("ledger-read-only"),
                _ => new Refusal("internal-error"),
            };
            var log = http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("Ledger");
            if (refusal.Code is "internal-error" or "text-unreadable")
                log.LogError(error, "Request failed: {Method}", http.Request.Method);
            else if (RefusalCatalog.Find(refusal.Code)!.Status == 503)
                log.LogWarning("Request not served, {Code}: {Why}", refusal.Code, error.Message);
            http.Response.Clear();
            await AnswerAsync(http, refusal);
        }
    }

    /// <summary>An answer without a body gets one: problem details for programs, a page for people.</summary>
    public static Task GiveBodyAsync(HttpContext http) =>
        IsForProgram(http)
            ? Problems.ForStatusAsync(http)
            : AnswerAsync(
                http,
                http.Response.StatusCode switch
                {
                    405 => new("method-not-allowed"),
                    413 => new("body-too-large"),
                    _ => new Refusal("not-found"),
                }
            );

    /// <summary>Problem details for programs, a page for people.</summary>
    public static Task AnswerAsync(HttpContext http, Refusal refusal) =>
        IsForProgram(http) ? Problems.WriteAsync(http, refusal) : LedgerPages.Missing(http, refusal).ExecuteAsync(http);

    static bool IsForProgram(HttpContext http) =>
        http.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal)
        || !http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal);
}
