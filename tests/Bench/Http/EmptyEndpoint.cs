using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Bench.Http;

/// <summary>What HTTP alone costs here: a minimal API that reads the same body and answers without doing
/// anything.</summary>
static class EmptyEndpoint
{
    public const string Verb = "empty-endpoint";

    public static Task RunAsync(int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k => k.ListenLocalhost(port));
        var app = builder.Build();
        app.MapGet("/", () => "{}");
        app.MapPost("/", (Body body) => Results.Created("/", body.Category));
        return app.RunAsync();
    }

    /// <summary>The members that the measured command sends.</summary>
    sealed record Body(string Category, string[] Identifiers, string? Make, string? Model);
}
