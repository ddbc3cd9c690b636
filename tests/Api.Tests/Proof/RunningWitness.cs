using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Api.Hosting;
using Ledger.Proof;
using Ledger.Store.Witness;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Support;

namespace Api.Tests.Proof;

/// <summary>A witness that answers over HTTP, and can be killed and started again.</summary>
sealed class RunningWitness(string name, byte seed) : IAsyncDisposable
{
    readonly int port = FreePort();
    WebApplication? app;
    WitnessHost? host;

    public string Name => name;
    public string Folder { get; set; } = Directory.CreateTempSubdirectory("ledger-witness-").FullName;
    public Uri Address => new($"http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}");
    public Cosigner Cosigner { get; } = new($"{name}.example.org/w", new Ed25519Key(Seed(seed)));

    /// <summary>The lines of a policy: a witness without address is known, but not asked.</summary>
    public string Line(bool asked = true) => $"witness {name} {Cosigner.Vkey}{(asked ? $" {Address}" : "")}\n";

    public async Task StartAsync()
    {
        host = new([NoteVerifier.Read(TestLedger.Keys.Log.Signer.Vkey)!], Cosigner, Folder, TimeProvider.System);
        app = WitnessServer.Build(host, Address);
        await app.StartAsync();
    }

    public Task<CosignedHead?> NewestAsync() =>
        host!.NewestAsync(TestLedger.Keys.Log.Origin, TestContext.Current.CancellationToken);

    public async Task KillAsync()
    {
        await app!.DisposeAsync();
        host!.Dispose();
        app = null;
    }

    public static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    public static byte[] Seed(byte value) => [.. Enumerable.Repeat(value, 32)];

    public async ValueTask DisposeAsync()
    {
        if (app is not null)
            await KillAsync();
        Directory.Delete(Folder, recursive: true);
    }
}

/// <summary>A dishonest witness: it cosigns whatever it is sent.</summary>
sealed class YesWitness : IAsyncDisposable
{
    readonly WebApplication app;
    readonly Cosigner cosigner = new("yes.example.org/w", new Ed25519Key(RunningWitness.Seed(99)));
    readonly string address = $"http://127.0.0.1:{RunningWitness.FreePort().ToString(CultureInfo.InvariantCulture)}";
    readonly System.Collections.Concurrent.ConcurrentBag<Checkpoint> seen = [];

    YesWitness()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        app = builder.Build();
        app.Urls.Add(address);
        app.MapPost(
            "/add-checkpoint",
            async (HttpRequest request) =>
            {
                using var reader = new StreamReader(request.Body, Encoding.UTF8);
                var body = await reader.ReadToEndAsync(request.HttpContext.RequestAborted);
                var text = SignedNote.Read(body[(body.IndexOf("\n\n", StringComparison.Ordinal) + 2)..])!.Text;
                seen.Add(Checkpoint.Read(text)!);
                return SignedNote.Line(text, cosigner.At(1_767_751_300));
            }
        );
    }

    public string Line => $"witness yes {cosigner.Vkey} {address}\n";

    /// <summary>How often it was asked for a checkpoint of that root.</summary>
    public int Asked(Hash root) => seen.Count(c => c.Root == root);

    public static async Task<YesWitness> StartAsync()
    {
        var yes = new YesWitness();
        await yes.app.StartAsync();
        return yes;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
