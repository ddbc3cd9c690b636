using Ledger;
using Ledger.Proof;
using Ledger.Store.Witness;

namespace Api.Hosting;

/// <summary>A witness for other people's logs over HTTP (C2SP tlog-witness, proof.md §5), on loopback: whoever opens it
/// to others puts a proxy with TLS before it.</summary>
static class WitnessServer
{
    /// <summary>63 hashes, and 100 lines of any signature that a checkpoint carries today.</summary>
    const int LargestBody = 512 * 1024;

    /// <param name="listen">An http address on loopback.</param>
    /// <param name="names">Those of loopback and of a proxy before it; null: of loopback alone.</param>
    public static WebApplication Build(WitnessHost host, Uri listen, OwnNames? names = null)
    {
        var builder = WebApplication.CreateSlimBuilder(
            new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory }
        );
        builder
            .WebHost.UseKestrelCore()
            .ConfigureKestrel(k =>
            {
                if (listen.IsDefaultPort || listen.HostNameType is UriHostNameType.Dns)
                    k.ListenLocalhost(listen.Port);
                else
                    k.Listen(System.Net.IPAddress.Parse(listen.DnsSafeHost), listen.Port);
                k.AddServerHeader = false;
                k.Limits.MaxRequestBodySize = LargestBody;
                k.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
            });
        builder
            .Logging.ClearProviders()
            .AddJsonConsole(o => o.UseUtcTimestamp = true)
            .SetMinimumLevel(LogLevel.Warning);
        // Standard output belongs to the verb.
        builder.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(o =>
            o.LogToStandardErrorThreshold = LogLevel.Trace
        );
        var app = builder.Build();
        names ??= new([]);
        app.Use(
            async (http, next) =>
            {
                if (names.Refuse(http.Request) is not { } refusal)
                {
                    await next(http);
                    return;
                }
                var text = RefusalCatalog.Say(refusal, chinese: false);
                http.Response.StatusCode = RefusalCatalog.Find(refusal.Code)!.Status;
                http.Response.ContentType = "text/plain; charset=utf-8";
                await http.Response.WriteAsync($"{text.Detail} {text.NextStep}\n", http.RequestAborted);
            }
        );
        app.MapPost("/add-checkpoint", http => AddAsync(http, host));
        app.MapGet("/{origin}/checkpoint", (HttpContext http, string origin) => NewestAsync(http, host, origin));
        return app;
    }

    static async Task AddAsync(HttpContext http, WitnessHost host)
    {
        using var body = new MemoryStream();
        try
        {
            await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        }
        catch (BadHttpRequestException error)
        {
            http.Response.StatusCode = error.StatusCode;
            http.Response.Headers.Connection = "close";
            return;
        }
        // The server's own word for a chunk whose size overflows.
        catch (IOException) when (!http.RequestAborted.IsCancellationRequested)
        {
            http.Response.StatusCode = 400;
            http.Response.Headers.Connection = "close";
            return;
        }
        // Once it began it is carried through: a caller that hangs up leaves no half answer behind.
        var answer = await host.AnswerAsync(body.ToArray(), CancellationToken.None);
        http.Response.StatusCode = answer.Status;
        http.Response.ContentType = answer.MediaType;
        await http.Response.WriteAsync(answer.Body, http.RequestAborted);
    }

    /// <summary>For monitors: the newest cosigned checkpoint of an origin, by the hash of its name.</summary>
    static async Task NewestAsync(HttpContext http, WitnessHost host, string hash)
    {
        var origin = host.Origins.FirstOrDefault(o => WitnessCore.MonitorPath(o) == $"{hash}/checkpoint");
        if (origin is null || await host.NewestAsync(origin, http.RequestAborted) is not { } head)
        {
            http.Response.StatusCode = 404;
            return;
        }
        http.Response.ContentType = "text/plain; charset=utf-8";
        http.Response.Headers.CacheControl = "no-store";
        await http.Response.WriteAsync(head.Note, http.RequestAborted);
    }
}
