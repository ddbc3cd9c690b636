using System.Net;
using System.Net.Sockets;
using Api;
using Api.Settings;
using Ledger.Store;
using Marten;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Support;

/// <summary>The whole service on a real port, with the daemon, on a fresh database: tested as its users use it.</summary>
public sealed class TestService : IAsyncDisposable
{
    readonly WebApplication app;
    readonly LedgerDatabase database;

    TestService(WebApplication app, LedgerDatabase database, int port)
    {
        (this.app, this.database) = (app, database);
        Address = new($"http://127.0.0.1:{port}");
        Client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
        {
            BaseAddress = Address,
        };
    }

    public Uri Address { get; }
    public HttpClient Client { get; }
    public LedgerDatabase Database => database;
    public IServiceProvider Services => app.Services;

    public static async Task<TestService> StartAsync(
        Action<WebApplicationBuilder>? adjust = null,
        string? connection = null
    )
    {
        connection ??= await (await DatabaseServer.SharedAsync()).NewDatabaseAsync();
        var database = new LedgerDatabase(LedgerDatabase.Connect(connection), TestLedger.Handles);
        var port = FreePort();
        var app = Composition.Build(database, port, adjust);
        await LedgerRuntime.PrepareAsync(
            database,
            app.Services.GetRequiredService<IDocumentStore>(),
            CancellationToken.None
        );
        await app.StartAsync();
        return new(app, database, port);
    }

    /// <summary>Waits until every view has seen every event; fails after half a minute.</summary>
    public async Task CaughtUpAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        foreach (var view in Projections.Registry.Views)
            while (!(await Projections.Freshness.OfAsync(database, view, patience.Token)).IsCaughtUp)
                await tick.WaitForNextTickAsync(patience.Token);
    }

    static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
        await database.Source.DisposeAsync();
    }
}
