using Api.Hosting;
using Api.Jobs;
using Api.Lists;
using Api.Pages;
using Api.Settings;
using Ledger.Store;
using Ledger.Store.Mapping;
using Ledger.Store.Publishing;
using Microsoft.AspNetCore.DataProtection;
using Npgsql;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Projections;
using Scalar.AspNetCore;

namespace Api;

/// <summary>Services in the order they lean on each other, then routes.</summary>
static class Composition
{
    public static WebApplication Build(
        LedgerNode node,
        PublishingSettings publishing,
        int port,
        Action<WebApplicationBuilder>? adjust = null
    )
    {
        var builder = WebApplication.CreateSlimBuilder(
            new WebApplicationOptions
            {
                ContentRootPath = AppContext.BaseDirectory,
                WebRootPath = Path.Combine(AppContext.BaseDirectory, "wwwroot"),
                ApplicationName = typeof(Composition).Assembly.GetName().Name,
            }
        );
        builder
            .WebHost.UseKestrelCore()
            .ConfigureKestrel(k =>
            {
                // Until accounts exist callers state who they are: loopback only.
                k.ListenLocalhost(port);
                k.AddServerHeader = false;
                k.Limits.MaxRequestBodySize = CommandReading.LargestBody;
                k.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
            });
        builder
            .Logging.ClearProviders()
            .AddJsonConsole(o => o.UseUtcTimestamp = true)
            .SetMinimumLevel(LogLevel.Warning);
        BoundLog(builder.Services);
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(40));
        builder.Services.AddSingleton(TimeLimits.Default);
        AddStore(builder.Services, node);
        ProofLog.Add(builder.Services, node, publishing);
        AddEdge(builder.Services);
        AddTelemetry(builder.Services);
        adjust?.Invoke(builder);
        var names = OwnNames.Read(builder.Configuration[OwnNames.Setting]);
        var app = builder.Build();
        Use(app, names);
        return app;
    }

    /// <summary>Whatever writes to the console goes through the bound.</summary>
    static void BoundLog(IServiceCollection services)
    {
        var console = services.Single(s => s.ServiceType == typeof(ILoggerProvider));
        services.Remove(console);
        services.AddSingleton<ILoggerProvider>(given => new BoundedLog(
            (ILoggerProvider)ActivatorUtilities.CreateInstance(given, console.ImplementationType!),
            given.GetRequiredService<TimeProvider>()
        ));
    }

    static void AddStore(IServiceCollection services, LedgerNode node)
    {
        var database = node.Database;
        services.AddSingleton(node.Clock);
        services.AddSingleton(node);
        services.AddSingleton(database);
        services.AddSingleton(node.Reader);
        services.AddSingleton(node.Door);
        services.AddSingleton(node.Pipeline);
        services.AddSingleton(node.Receipts);
        services.AddSingleton<ViewTables>();
        services.AddSingleton<Readiness>();
        services.AddHostedService<RefusalCounting>();
        services.AddHostedService<ViewLag>();
        services.AddHostedService<ViewFeeding>();
        services.AddHostedService<HeldStreamSweep>();
        services.AddSingleton(new HeadMapBuilder(node));
        services.AddHostedService<HeadMapJob>();
        services.AddHostedService<LeafKeyWatch>();
        services.AddHostedService<IncidentSweep>();
        services.AddHostedService<DailySweep>();
        services.AddHostedService<SuspicionSweep>();
        services.AddHostedService<ReconciliationJob>();
    }

    static void AddEdge(IServiceCollection services)
    {
        services.AddRazorComponents();
        // Pages ask for it although nothing is protected before sign-in: its keys need not outlive the process.
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        services.AddOpenApi(
            "v1",
            o =>
            {
                o.AddOperationTransformer(OpenApiWords.Transform);
                o.AddSchemaTransformer(OpenApiAnswers.Shape);
                o.AddDocumentTransformer(OpenApiWords.Introduce);
            }
        );
        services.ConfigureHttpJsonOptions(o =>
        {
            Ledger.Kernel.WireJson.Shape(o.SerializerOptions);
            // As the door reads a body: a number in quotes is a text.
            o.SerializerOptions.NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.Strict;
        });
    }

    static void AddTelemetry(IServiceCollection services)
    {
        var exports = Environment.GetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT") is { Length: > 0 };
        var telemetry = services
            .AddOpenTelemetry()
            .WithMetrics(m =>
            {
                m.AddMeter(Ledger.Telemetry.Name, "Npgsql")
                    .AddRuntimeInstrumentation()
                    .AddAspNetCoreInstrumentation()
                    .AddPrometheusExporter();
                if (exports)
                    m.AddOtlpExporter();
            });
        // A span of each statement costs a tenth of a command: none is made for nobody.
        if (exports)
            telemetry.WithTracing(t =>
                t.AddSource(Ledger.Telemetry.Name).AddAspNetCoreInstrumentation().AddNpgsql().AddOtlpExporter()
            );
    }

    static void Use(WebApplication app, OwnNames names)
    {
        app.Use(RequestLimit.Keep);
        app.Use(Faults.Catch);
        app.Use(SecurityHeaders.Add);
        app.Use(names.CheckAsync);
        app.Use(PathAsSent.Check);
        app.Use(Language.Remember);
        app.UseStatusCodePages(async context => await Faults.GiveBodyAsync(context.HttpContext));
        app.UseStaticFiles();
        app.UseRouting();
        app.Use(PathAsSent.Bind);
        app.Use(ReadEntrance.Check);
        app.MapOpenApi("/openapi/{documentName}.json");
        app.MapScalarApiReference(
            "/docs",
            o =>
                o.WithTitle("Trade ledger")
                    .WithOpenApiRoutePattern("/openapi/{documentName}.json")
                    // The page asks nothing of anybody else: no fonts, no assistant, no counting of its readers.
                    .DisableAgent()
                    .DisableDefaultFonts()
                    .DisableMcp()
                    .DisableTelemetry()
                    .HideDeveloperTools()
                    .HideClientButton()
        );
        app.MapPrometheusScrapingEndpoint("/metrics");
        var api = app.MapGroup("/api/v1");
        Items.Map(api);
        ItemPartPaths.Map(api);
        ItemBundles.Map(api);
        Stations.Map(api);
        Incidents.Map(api);
        Exporters.Map(api);
        ExportBatches.Map(api);
        ItemExports.Map(api);
        IdentityConflicts.Map(api);
        Custodies.Map(api);
        Wipes.Map(api);
        Trades.Map(api);
        Transfers.Map(api);
        ItemFacts.Map(api);
        PublicItems.Map(api);
        AfterSales.Map(api);
        Encumbrances.Map(api);
        Corrections.Map(api);
        Markets.Map(api);
        PartyKeys.Map(api);
        Parties.Map(api);
        Issuers.Map(api);
        AppliedLaw.Map(api);
        Cases.Map(api);
        CreditFiles.Map(api);
        CreditCards.Map(api);
        LedgerLists.Map(api);
        Indicators.Map(api);
        ItemVerdictList.Map(api);
        ProofLog.Map(app, api);
        Health.Map(app);
        LedgerPages.Map(app);
    }
}
