using System.Buffers.Binary;
using System.Globalization;
using Api.Tests.Http;
using Ledger.Proof;
using Microsoft.Extensions.Logging;
using Support;

namespace Api.Tests.Proof;

/// <summary>The published log as a stranger fetches it.</summary>
public sealed class Publishing_the_log
{
    const string Immutable = "public, max-age=31536000, immutable";

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Gives_a_checkpoint_that_its_policy_trusts()
    {
        await using var service = await PublishingService.StartAsync();
        var note = await service.PublishedAsync(1);
        var check = service.Policy.Check(note);
        Assert.Equal(Trust.Trusted, check.Trust);
        Assert.Equal("local", Assert.Single(check.Witnesses).Witness.Name);
        var reply = (await service.Caller.GetAsync("/checkpoint")).Is(200);
        Assert.Equal("text/plain; charset=utf-8", reply.Type);
        Assert.Contains("max-age=1", reply.Headers["Cache-Control"].Split(", "));
        Assert.Equal("nosniff", reply.Headers["X-Content-Type-Options"]);
        var policy = (await service.Caller.GetAsync("/policy.txt")).Is(200);
        Assert.Equal(await File.ReadAllBytesAsync(Path.Combine(service.Folder, "policy.txt"), Stop), policy.Bytes);
    }

    [Fact]
    public async Task Lets_anybody_rebuild_each_root_from_tiles_and_entries()
    {
        await using var service = await PublishingService.StartAsync();
        var published = new List<Checkpoint>();
        foreach (var size in (ulong[])[1, 255, 256, 257, 600])
        {
            await service.GrowAsync(size);
            published.Add(PublishingService.Read(await service.PublishedAsync(size)));
            Assert.Equal(size, published[^1].Size);
            Assert.Equal(published[^1].Root, Merkle.Root(await HashesAsync(service.Caller, size)));
        }
        // Later tiles contain the earlier ones: every partial tile that was published stays.
        foreach (var old in published)
            Assert.Equal(old.Root, Merkle.Root(await HashesAsync(service.Caller, old.Size)));
        var upper = (await service.Caller.GetAsync("/tile/1/000.p/2")).Is(200);
        Assert.Equal(
            Merkle.Root((await HashesAsync(service.Caller, 600)).AsSpan(256, 256)),
            Hash.Read(upper.Bytes.AsSpan(32))
        );
        Assert.Equal(upper.Bytes[..32], (await service.Caller.GetAsync("/tile/1/000.p/1")).Is(200).Bytes);
    }

    [Fact]
    public async Task Serves_a_full_tile_from_its_file_in_the_same_bytes()
    {
        await using var service = await PublishingService.StartAsync();
        await service.GrowAsync(300);
        await service.PublishedAsync(300);
        foreach (var path in (string[])["tile/0/000", "tile/entries/000"])
        {
            var file = Path.Combine(service.Folder, "log", path);
            await Patience.UntilAsync(() => Task.FromResult(File.Exists(file)));
            var kept = await File.ReadAllBytesAsync(file, Stop);
            var served = (await service.Caller.GetAsync($"/{path}")).Is(200);
            Assert.Equal(kept, served.Bytes);
            Assert.Equal(("application/octet-stream", Immutable), (served.Type, served.Headers["Cache-Control"]));
            File.Delete(file);
            Assert.Equal(kept, (await service.Caller.GetAsync($"/{path}")).Is(200).Bytes);
        }
        var note = await File.ReadAllTextAsync(Path.Combine(service.Folder, "log", "checkpoint"), Stop);
        Assert.Equal(300UL, PublishingService.Read(note).Size);
    }

    [Fact]
    public async Task Keeps_pace_with_writes_that_never_pause()
    {
        await using var service = await PublishingService.StartAsync();
        using var enough = new CancellationTokenSource();
        var writing = Task.Run(
            async () =>
            {
                for (ulong size = 2; !enough.IsCancellationRequested; size++)
                    await service.GrowAsync(size);
            },
            Stop
        );
        var sizes = new HashSet<ulong>();
        await Patience.UntilAsync(async () =>
        {
            var reply = await service.Caller.GetAsync("/checkpoint");
            if (reply.Status == 200 && service.Policy.Check(reply.Text) is { Trust: Trust.Trusted } check)
                sizes.Add(check.Checkpoint!.Size);
            return sizes.Count > 10;
        });
        await enough.CancelAsync();
        await writing;
        Assert.Empty(service.Log.At(LogLevel.Error));
    }

    [Fact]
    public async Task Freshens_the_served_note_of_a_quiet_log_and_keeps_the_first_on_record()
    {
        await using var service = await PublishingService.StartAsync(refresh: TimeSpan.FromMilliseconds(300));
        await service.PublishedAsync(1);
        // What was served first may be refreshed already; the record is the first note there was.
        await using var row = service.Node.Database.Source.CreateCommand("select note from proof.checkpoint");
        var first = (string)(await row.ExecuteScalarAsync(Stop))!;
        var later = first;
        await Patience.UntilAsync(async () => (later = await service.PublishedAsync(1)) != first);
        Assert.Equal(PublishingService.Read(first), PublishingService.Read(later));
        Assert.True(service.Policy.Check(later).NotBefore > service.Policy.Check(first).NotBefore);
        Assert.Equal(first, await row.ExecuteScalarAsync(Stop));
    }

    [Fact]
    public async Task Is_done_by_one_node_and_taken_over_by_the_next()
    {
        var first = await PublishingService.StartAsync();
        await using var second = await PublishingService.StartAsync(connection: first.Connection);
        await first.GrowAsync(300);
        var note = await first.PublishedAsync(300);
        Assert.Equal(note, await second.PublishedAsync(300));
        Assert.Equal(first.Policy.Sha256, second.Policy.Sha256);
        Assert.False(Directory.Exists(Path.Combine(second.Folder, "log")));
        Assert.Equal(300, (await HashesAsync(second.Caller, 300)).Length);
        await first.DisposeAsync();
        await second.GrowAsync(301);
        Assert.Equal(Trust.Trusted, second.Policy.Check(await second.PublishedAsync(301)).Trust);
        // What the first one has written lies in its own folder: the second one fills its own.
        await Patience.UntilAsync(() =>
            Task.FromResult(File.Exists(Path.Combine(second.Folder, "log", "tile", "0", "000")))
        );
    }

    [Fact]
    public async Task Gives_404_for_what_no_published_checkpoint_has_and_for_any_other_path()
    {
        await using var service = await PublishingService.StartAsync();
        await service.GrowAsync(300);
        await service.PublishedAsync(300);
        (await service.Caller.GetAsync("/tile/0/001.p/44")).Is(200);
        foreach (
            var path in (string[])
                [
                    "tile/0/001",
                    "tile/0/001.p/45",
                    "tile/0/002.p/1",
                    "tile/1/000",
                    "tile/1/000.p/2",
                    "tile/2/000.p/1",
                    "tile/8/000.p/44",
                    "tile/63/000.p/1",
                    "tile/64/000",
                    "tile/00/000",
                    "tile/0/0",
                    "tile/0/x000/000",
                    "tile/0/000.p/0",
                    "tile/0/000.p/256",
                    "tile/0/000.p/01",
                    "tile/0/000/",
                    "tile/0/x018/x446/x744/x073/x709/x551/615",
                    "tile/0/x018/x446/x744/x073/x709/x551/616",
                    "tile/entries/001",
                    "tile/entries/001.p/45",
                    "tile/entries",
                    "tile/",
                ]
        )
            (await service.Caller.GetAsync($"/{path}")).Is(404);
    }

    [Fact]
    public async Task Proves_an_event_first_by_the_log_alone_and_then_by_its_witnesses()
    {
        // Nobody of the quorum answers yet.
        await using var late = new RunningWitness("late", 41);
        await using var service = await PublishingService.StartAsync(late.Line() + "quorum late\n");
        var recorded = await service.Caller.PostAsync(
            "/api/v1/items",
            new { category = "appliance", identifiers = new[] { Goods.NewSerial() } }
        );
        var id = (string)recorded.Is(201).Json["eventIds"]![0]!;
        var first = (await service.Caller.GetAsync($"/api/v1/receipts/{id}")).Is(200);
        Assert.False((bool)first.Json["witnessed"]!);
        Assert.Equal((Trust.NoQuorum, true), await CheckAsync(service, first));
        (await service.Caller.GetAsync("/checkpoint")).Is(404);

        await late.StartAsync();
        await service.PublishedAsync(2);
        var then = (await service.Caller.GetAsync($"/api/v1/receipts/{id}")).Is(200);
        Assert.True((bool)then.Json["witnessed"]!);
        Assert.Equal((id, 1L), ((string)then.Json["eventId"]!, (long)then.Json["leafIndex"]!));
        Assert.Equal((Trust.Trusted, true), await CheckAsync(service, then));
        var text = await service.Caller.GetAsync($"/api/v1/receipts/{id}", ("Accept", "text/plain"));
        Assert.Equal((string)then.Json["tlogProof"]!, text.Is(200).Text);
        (await service.Caller.GetAsync($"/api/v1/receipts/{Guid.Empty}")).Refuses(404, "not-found");
        (await service.Caller.GetAsync("/api/v1/receipts/x")).Refuses(404, "not-found");
    }

    static async Task<(Trust, bool)> CheckAsync(PublishingService service, Reply receipt)
    {
        var proof = TlogProof.Read(System.Text.Encoding.UTF8.GetBytes((string)receipt.Json["tlogProof"]!))!;
        await using var leaf = service.Node.Database.Source.CreateCommand("select body from proof.leaf where idx = 1");
        var check = proof.Verify((byte[])(await leaf.ExecuteScalarAsync(Stop))!, service.Policy);
        return (check.Trust.Trust, check.Included);
    }

    /// <summary>The leaf hashes of a size, as tiles and as entries have them.</summary>
    static async Task<Hash[]> HashesAsync(Caller caller, ulong size)
    {
        var hashes = new List<Hash>();
        for (ulong n = 0; n * 256 < size; n++)
        {
            var width = (int)Math.Min(256, size - n * 256);
            var place = string.Create(CultureInfo.InvariantCulture, $"{n:000}{(width < 256 ? $".p/{width}" : "")}");
            var tile = (await caller.GetAsync($"/tile/0/{place}")).Is(200);
            Assert.Equal(("application/octet-stream", Immutable), (tile.Type, tile.Headers["Cache-Control"]));
            var some = tile.Bytes.Chunk(32).Select(h => Hash.Read(h)).ToList();
            var entries = (await caller.GetAsync($"/tile/entries/{place}")).Is(200).Bytes;
            Assert.Equal(some, Entries(entries).Select(e => Merkle.LeafHash(e)));
            hashes.AddRange(some);
        }
        return [.. hashes];
    }

    static IEnumerable<byte[]> Entries(byte[] bundle)
    {
        for (var at = 0; at < bundle.Length; )
        {
            var length = BinaryPrimitives.ReadUInt16BigEndian(bundle.AsSpan(at));
            yield return bundle[(at + 2)..(at + 2 + length)];
            at += 2 + length;
        }
    }
}
