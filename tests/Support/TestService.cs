using System.Net;
using System.Net.Sockets;
using Api;
using Api.Settings;
using Ledger.Store;
using Ledger.Store.Postgres;
using Ledger.Store.Publishing;
using Ledger.Store.Witness;
using Microsoft.AspNetCore.Builder;

namespace Support;

/// <summary>The whole service on a real port, with its views, on a fresh database: tested as its users use
/// it.</summary>
public sealed class TestService : IAsyncDisposable
{
    readonly WebApplication app;
    readonly LedgerNode node;
    readonly WitnessHost witness;

    TestService(WebApplication app, LedgerNode node, WitnessHost witness, int port)
    {
        (this.app, this.node, this.witness) = (app, node, witness);
        Address = new($"http://127.0.0.1:{port}");
        Client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
        {
            BaseAddress = Address,
        };
    }

    public Uri Address { get; }
    public HttpClient Client { get; }
    public LedgerDatabase Database => node.Database;
    public LedgerNode Node => node;
    public IServiceProvider Services => app.Services;

    public static async Task<TestService> StartAsync(
        Action<WebApplicationBuilder>? adjust = null,
        string? connection = null,
        PublishingSettings? publishing = null,
        LedgerKeys? keys = null,
        TimeProvider? clock = null
    )
    {
        // A log begins with the node's key, at its clock's time.
        connection ??=
            keys is null && clock is null
                ? await TestLedger.NewAsync()
                : await (await DatabaseServer.SharedAsync()).NewDatabaseAsync();
        var folder = TestLedger.FolderOf(connection);
        var witness = TestLedger.Witness(folder);
        publishing ??= new(folder);
        if (!File.Exists(publishing.PolicyFile))
            await File.WriteAllTextAsync(
                publishing.PolicyFile,
                KeyFiles.Policy(TestLedger.Keys.Log, new HouseWitness(witness, TestLedger.Keys.Log.Origin))
            );
        var node = await LedgerNode.OpenAsync(
            new(LedgerConnections.From(connection), keys ?? TestLedger.Keys),
            new HouseWitness(witness, TestLedger.Keys.Log.Origin),
            clock ?? TimeProvider.System,
            Projections.ViewTables.Ddl,
            CancellationToken.None
        );
        await new Projections.ViewTables(node.Database).PrepareAsync(CancellationToken.None);
        var port = FreePort();
        var app = Composition.Build(node, publishing, port, adjust);
        await app.StartAsync();
        return new(app, node, witness, port);
    }

    /// <summary>Waits until every view has seen every event.</summary>
    public async Task CaughtUpAsync()
    {
        using var patience = new CancellationTokenSource(Patience.Long);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        foreach (var view in Projections.Registry.Views)
            while (!(await Projections.Freshness.OfAsync(Database, view, patience.Token)).IsCaughtUp)
                await tick.WaitForNextTickAsync(patience.Token);
    }

    /// <summary>A port on loopback that nobody listens on.</summary>
    public static int FreePort()
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
        await node.DisposeAsync();
        witness.Dispose();
    }
}
