using Api.Hosting;
using Ledger.Kernel;
using Ledger.Proof;
using Ledger.Store;
using Ledger.Store.Lane;
using Ledger.Store.Mapping;
using Ledger.Store.Publishing;

namespace Api;

/// <summary>The published log (C2SP tlog-tiles, proof.md §3) and the proof of one event. What is published never
/// changes, so others may keep it for ever; only the checkpoint moves.</summary>
static class ProofLog
{
    const string Moves = "public, max-age=1",
        Stays = "public, max-age=31536000, immutable",
        Text = "text/plain; charset=utf-8";

    /// <summary>What the endpoints need, and the service that publishes.</summary>
    public static void Add(IServiceCollection services, LedgerNode node, PublishingSettings settings)
    {
        services.AddSingleton(settings);
        var publication = new Publication(node, settings);
        services.AddSingleton(publication);
        services.AddSingleton(s => new HeadMapWaiting(node, s.GetRequiredService<HeadMapBuilder>())
        {
            Logged = publication.Ask,
        });
        services.AddHostedService<LogPublishing>();
    }

    public static void Map(IEndpointRouteBuilder app, IEndpointRouteBuilder api)
    {
        app.MapGet("/checkpoint", CheckpointAsync).ExcludeFromDescription();
        app.MapGet("/tile/{**path}", TileAsync).ExcludeFromDescription();
        app.MapGet("/policy.txt", PolicyAsync).ExcludeFromDescription();
        api.MapGet("/receipts/{eventId}", ReceiptAsync)
            .WithTags("Proof")
            .Describe("The proof that an event is in the log", null, "ledger-read-only")
            .WithMetadata(new AlsoAs("text/plain"))
            .Produces<LeafProof>()
            .Produces<ProblemBody>(404, Problems.MediaType);
    }

    static Task CheckpointAsync(HttpContext http, Publication publication) =>
        publication.Log.Served is { } served ? TextAsync(http, served.Note, Moves) : MissingAsync(http);

    static async Task TileAsync(HttpContext http, Publication publication)
    {
        // As it was sent: another spelling of a path is another path.
        var path = http.Request.Path.Value![1..];
        var bytes = TilePath.Read(path) is { } tile
            ? await publication.Tiles.ReadAsync(tile, http.RequestAborted)
            : null;
        if (bytes is null)
        {
            await MissingAsync(http);
            return;
        }
        http.Response.ContentType = "application/octet-stream";
        http.Response.ContentLength = bytes.Length;
        http.Response.Headers.CacheControl = Stays;
        await http.Response.Body.WriteAsync(bytes, http.RequestAborted);
    }

    /// <summary>A copy for convenience: a reader has his policy from elsewhere.</summary>
    static async Task PolicyAsync(HttpContext http, Publication publication)
    {
        var file = publication.Settings.PolicyFile;
        if (File.Exists(file))
            await TextAsync(http, await File.ReadAllTextAsync(file, http.RequestAborted), "no-cache");
        else
            await MissingAsync(http);
    }

    static async Task ReceiptAsync(HttpContext http, string eventId, Publication publication)
    {
        try
        {
            if (
                !Guid.TryParseExact(eventId, "D", out var id)
                || await publication.Proofs.OfAsync(id, http.RequestAborted) is not { } proof
            )
                await MissingAsync(http);
            else if (http.Request.Headers.Accept.ToString().StartsWith("text/plain", StringComparison.Ordinal))
                await TextAsync(http, proof.TlogProof, "no-store");
            else
                await http.Response.WriteAsJsonAsync(proof, WireJson.Options, http.RequestAborted);
        }
        catch (BrokenLogException)
        {
            await Problems.WriteAsync(http, new Refusal("ledger-read-only"));
        }
    }

    static Task TextAsync(HttpContext http, string text, string cache)
    {
        http.Response.ContentType = Text;
        http.Response.Headers.CacheControl = cache;
        return http.Response.WriteAsync(text, http.RequestAborted);
    }

    static Task MissingAsync(HttpContext http) => Problems.WriteAsync(http, new Refusal("not-found"));
}

/// <summary>Publishes as long as the service runs.</summary>
sealed class LogPublishing(LedgerNode node, Publication publication, ILoggerFactory loggers) : BackgroundService
{
    /// <summary>A witness answers in one line; whoever sends more is none.</summary>
    const int LongestAnswer = 64 * 1024;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
        };
        using var client = new HttpClient(handler) { MaxResponseContentBufferSize = LongestAnswer };
        await new Publisher(node, publication, client, loggers.CreateLogger("Ledger")).RunAsync(stoppingToken);
    }
}
