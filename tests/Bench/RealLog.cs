using Ledger.Goods;
using Ledger.Proof;
using Ledger.Store;
using Ledger.Store.Mapping;
using Ledger.Store.Publishing;
using Microsoft.Extensions.Logging.Abstractions;
using Support;

namespace Bench;

/// <summary>A log of real leaves, written through the lane while it is published, and mapped at its end; one item in it
/// has fifty events, spread over the log.</summary>
sealed class RealLog : IAsyncDisposable
{
    public const int ItemEvents = 50;
    const int Parts = 5,
        Callers = 32;

    readonly Publication publication;

    RealLog(TestLedger ledger, LaneLoad load, string folder)
    {
        (Ledger, Load) = (ledger, load);
        publication = new(ledger.Node, new(folder));
        var houseWitness = ledger.Node.Witness.Vkey;
        Policy = $"log {TestLedger.Keys.Log.Signer.Vkey}\nwitness local {houseWitness}\nquorum local\n";
        File.WriteAllText(publication.Settings.PolicyFile, Policy);
    }

    public TestLedger Ledger { get; }
    public LaneLoad Load { get; }
    public Guid Item { get; } = TestLedger.Handles.EntityId("item", "bench", "of fifty events");
    public string Policy { get; }

    /// <summary>With the policy, and the published log in it.</summary>
    public PublishingSettings Folder => publication.Settings;

    /// <param name="leaves">Of the load; those of the item and of the log itself come to them.</param>
    public static async Task<RealLog> WriteAsync(Server server, Settings settings, int leaves)
    {
        var ledger = await server.LedgerAsync();
        var folder = Directory.CreateDirectory(Path.Combine(server.Folder, "published")).FullName;
        var log = new RealLog(ledger, new(ledger, settings.Seed, leaves), folder);
        try
        {
            await log.FillAsync(leaves);
            return log;
        }
        catch
        {
            await log.DisposeAsync();
            throw;
        }
    }

    async Task FillAsync(int leaves)
    {
        using var end = new CancellationTokenSource();
        using var nobody = new HttpClient();
        var publisher = new Publisher(Ledger.Node, publication, nobody, NullLogger.Instance);
        var publishing = publisher.RunAsync(end.Token);
        for (var part = 0; part < Parts; part++)
        {
            for (var n = 0; n < ItemEvents / Parts; n++)
                await RecordAsync(part * ItemEvents / Parts + n);
            await GrowAsync(leaves / Parts);
        }
        await new HeadMapBuilder(Ledger.Node).BuildAsync(default);
        await PublishedAsync(publishing);
        await end.CancelAsync();
        try
        {
            await publishing;
        }
        catch (OperationCanceledException) { }
    }

    async Task RecordAsync(int version)
    {
        var named = TestLedger.Name("serial:HAIER/BCD-215-0050");
        var key = $"fifty-{version}";
        var command =
            version == 0
                ? LaneLoad.CommandOf(Item, 0, new ItemRegistered("appliance", [named.Ref], "海尔", "BCD-215"), key) with
                {
                    Texts = [named.Identifier],
                }
                : LaneLoad.CommandOf(Item, version, new ItemGraded("GB/T 30323-2013", 905, 1, false), key);
        if (await Ledger.WriteAsync(command) is not [WriteOutcome.Appended])
            throw new InvalidOperationException($"Event {version + 1} of the item was not recorded.");
    }

    Task GrowAsync(int leaves)
    {
        var left = leaves;
        async Task CallAsync(int caller)
        {
            while (Interlocked.Decrement(ref left) >= 0)
            while (!await Load.OneAsync(caller) && Load.Wrong == 0) { }
        }
        return Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(() => CallAsync(caller))));
    }

    /// <summary>Waits until the newest head is published and the full tiles are files.</summary>
    async Task PublishedAsync(Task publishing)
    {
        var size = await Ledger.Node.Tree.SizeAsync(default);
        var last = new TilePath(null, size / Tile.Width - 1, Tile.Width);
        while (publication.Log.Size < size || !publication.Log.Files.Has(last))
        {
            if (publishing.IsCompleted || !Ledger.Node.State.IsGood)
                throw new InvalidOperationException("The log could not be published.");
            await Task.Delay(50);
        }
    }

    /// <summary>The bytes of each leaf, in order.</summary>
    public async Task<List<byte[]>> BodiesAsync()
    {
        var bodies = new List<byte[]>();
        await using var read = Ledger.Database.Source.CreateCommand("select body from proof.leaf order by idx");
        await using var rows = await read.ExecuteReaderAsync();
        while (await rows.ReadAsync())
            bodies.Add(rows.GetFieldValue<byte[]>(0));
        return bodies;
    }

    public ValueTask DisposeAsync() => Ledger.DisposeAsync();
}
