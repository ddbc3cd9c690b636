using System.Collections.Concurrent;
using System.Globalization;
using Api.Tests.Http;
using Ledger.Goods;
using Ledger.Proof;
using Ledger.Store;
using Ledger.Store.Publishing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Support;

namespace Api.Tests.Proof;

/// <summary>A service that publishes every few milliseconds, with a policy of the test's own.</summary>
sealed class PublishingService : IAsyncDisposable
{
    static readonly DateTimeOffset Day = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);
    static int made;

    readonly TestService service;

    PublishingService(TestService service, string folder, Said said)
    {
        (this.service, Folder, Log) = (service, folder, said);
        Caller = new(service.Client);
    }

    public string Folder { get; }
    public Caller Caller { get; }
    public string Connection => Node.Database.Connections.Owner;
    public LedgerNode Node => service.Node;

    /// <summary>Lines of its log.</summary>
    public Said Log { get; }
    public TrustPolicy Policy => TrustPolicy.Read(File.ReadAllBytes(Path.Combine(Folder, "policy.txt")), out _)!;

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <param name="policy">Lines after the log's; null: the policy of a fresh installation.</param>
    public static async Task<PublishingService> StartAsync(
        string? policy = null,
        string? connection = null,
        TimeSpan? refresh = null
    )
    {
        var folder = Directory.CreateTempSubdirectory("ledger-publish-").FullName;
        var settings = new PublishingSettings(folder)
        {
            Every = TimeSpan.FromMilliseconds(25),
            WitnessCheckEvery = TimeSpan.FromMilliseconds(50),
            Refresh = refresh ?? TimeSpan.FromMinutes(10),
        };
        if (policy is not null)
            await File.WriteAllTextAsync(
                settings.PolicyFile,
                $"log {TestLedger.Keys.Log.Signer.Vkey}\n{policy}",
                TestContext.Current.CancellationToken
            );
        var said = new Said();
        void Adjust(WebApplicationBuilder builder)
        {
            builder.Logging.AddProvider(said);
            // Head maps are leaves too, and these tests count leaves.
            foreach (
                var maps in builder.Services.Where(s => s.ImplementationType == typeof(Api.Jobs.HeadMapJob)).ToList()
            )
                builder.Services.Remove(maps);
        }
        return new(await TestService.StartAsync(Adjust, connection, settings), folder, said);
    }

    /// <summary>Lets the log grow to a size.</summary>
    public async Task GrowAsync(ulong size)
    {
        var missing = (int)(size - await Node.Tree.SizeAsync(Stop));
        var commands = Enumerable.Range(0, missing).Select(_ => Register()).ToArray();
        var subjects = await Node.Vault.OpenAsync([], Stop);
        foreach (var some in commands.Chunk(200))
        {
            var outcomes = await Node.Door.WriteAsync(some, new(), subjects, false, Node.Pipeline.Now, Stop);
            Assert.All(outcomes, o => Assert.IsType<WriteOutcome.Appended>(o));
        }
        Assert.Equal(size, await Node.Tree.SizeAsync(Stop));
    }

    static DecidedCommand Register()
    {
        var key = string.Create(CultureInfo.InvariantCulture, $"published-{Interlocked.Increment(ref made)}");
        var item = TestLedger.Handles.EntityId("item", "test", key);
        return new("test", key, TestLedger.Said(key))
        {
            Expects = [new(item, 0)],
            Appends =
            [
                new(item, GoodsStreams.Item, new ItemRegistered("used-car", []), new(key, Day, "local", "ADM", "0")),
            ],
        };
    }

    /// <summary>Waits until a checkpoint of that size is served.</summary>
    public async Task<string> PublishedAsync(ulong size)
    {
        var note = "";
        await Patience.UntilAsync(async () =>
        {
            var reply = await Caller.GetAsync("/checkpoint");
            note = reply.Text;
            return reply.Status == 200 && Read(note).Size >= size;
        });
        return note;
    }

    public static Checkpoint Read(string note) => Checkpoint.Read(SignedNote.Read(note)!.Text)!;

    public async ValueTask DisposeAsync()
    {
        await service.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }
}

/// <summary>Keeps what a service logs.</summary>
sealed class Said : ILoggerProvider, ILogger
{
    readonly ConcurrentQueue<(LogLevel Level, string Text)> lines = [];

    public string[] At(LogLevel level) =>
        [
            .. lines
                .Where(l => l.Level == level && l.Text.StartsWith("Publishing", StringComparison.Ordinal))
                .Select(l => l.Text),
        ];

    public ILogger CreateLogger(string categoryName) => this;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter
    ) => lines.Enqueue((logLevel, formatter(state, exception)));

    public bool IsEnabled(LogLevel logLevel) => true;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public void Dispose() { }
}
