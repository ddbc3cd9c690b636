using Api.Settings;
using Ledger.Kernel;

namespace Api.Hosting;

/// <summary>
/// Every request is answered in time. A driver that waits for a frozen server cannot be cancelled (it asks that server
/// to cancel, and a thread waits for the answer), so the waiting goes on without its caller: he is answered, and what
/// comes later is thrown away. At most the connections of the pool wait so.
/// </summary>
static class RequestLimit
{
    static readonly object Over = new();

    public static async Task Keep(HttpContext http, RequestDelegate next)
    {
        var limit = http.RequestServices.GetRequiredService<TimeLimits>().Request;
        var answering = next(http);
        if (await InTimeAsync(answering, limit))
        {
            await answering;
            return;
        }
        // One that has begun is on its way: a long list, a bundle.
        if (!http.Response.HasStarted)
            await TellAsync(http, limit);
        try
        {
            await answering;
        }
        catch (Exception) when (IsOver(http))
        {
            // It was answered without it.
        }
    }

    /// <summary>Whether the caller was told already that no answer came in time.</summary>
    public static bool IsOver(HttpContext http) => http.Items.ContainsKey(Over);

    static async Task<bool> InTimeAsync(Task answering, TimeSpan limit)
    {
        try
        {
            await answering.WaitAsync(limit);
            return true;
        }
        catch (TimeoutException) when (!answering.IsCompleted)
        {
            return false;
        }
        catch (Exception) when (answering.IsCompleted)
        {
            return true;
        }
    }

    static async Task TellAsync(HttpContext http, TimeSpan limit)
    {
        http.Items[Over] = true;
        http.Response.Clear();
        // Until the waiting ends nothing else is read from this connection.
        http.Response.Headers.Connection = "close";
        await Faults.AnswerAsync(
            http,
            HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method)
                ? Refusal.Of("timed-out", ("seconds", limit.TotalSeconds))
                : new("outcome-unknown")
        );
        await http.Response.CompleteAsync();
    }
}
