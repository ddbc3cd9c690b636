using Api.Pages;
using Ledger.Kernel;
using Ledger.Store.Lane;
using Npgsql;

namespace Api.Http;

/// <summary>Infrastructure faults as answers: nothing a request says gives a 5xx, a database that is away gives
/// 503.</summary>
static class Faults
{
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
        catch (Exception error) when (!http.Response.HasStarted)
        {
            var refusal = error switch
            {
                BadHttpRequestException { StatusCode: 413 } => new Refusal("body-too-large"),
                BadHttpRequestException bad => Refusal.Of("body-malformed", ("reason", bad.Message)),
                // What is stored of the log contradicts itself: no answer rests on it, and the publisher says so once.
                BrokenLogException => new Refusal("ledger-read-only"),
                NpgsqlException or TimeoutException or System.Net.Sockets.SocketException => new Refusal("unavailable"),
                _ => new Refusal("internal-error"),
            };
            if (refusal.Code is "unavailable" or "internal-error")
                http.RequestServices.GetRequiredService<ILoggerFactory>()
                    .CreateLogger("Ledger")
                    .LogError(error, "Request failed: {Method}", http.Request.Method);
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

    static Task AnswerAsync(HttpContext http, Refusal refusal) =>
        IsForProgram(http) ? Problems.WriteAsync(http, refusal) : LedgerPages.Missing(http, refusal).ExecuteAsync(http);

    static bool IsForProgram(HttpContext http) =>
        http.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal)
        || !http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal);
}
