using Api.Tests.Http;
using Ledger.Proof;
using Ledger.Proof.Bundles;
using Ledger.Store.Mapping;
using Support;

namespace Api.Tests.Proof;

/// <summary>A database writer hides a lien: no bundle that verifies as complete goes out, and the node is not ready any
/// more.</summary>
public sealed class Bundling_what_somebody_changed
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>With <c>$key</c> and <c>$bucket</c> of the item.</summary>
    [Theory]
    [InlineData("delete from proof.map where key = $key and t = (select max(t) from proof.map where key = $key)")]
    [InlineData("update proof.map set n = n - 1, idx = idx - 1 where key = $key")]
    [InlineData("delete from proof.map where key = $key")]
    [InlineData("delete from proof.map_bucket where bucket = $bucket")]
    [InlineData(
        """
            delete from proof.map where key = $key and t = (select max(t) from proof.map where key = $key);
            delete from proof.map_bucket where bucket = $bucket
                and t = (select max(t) from proof.map_bucket where bucket = $bucket)
            """
    )]
    public async Task Is_refused_and_ends_readiness(string lie)
    {
        await using var service = await PublishingService.StartAsync();
        var stall = await MarketClient.OpenAsync(service.Caller);
        var item = await stall.RegisterAsync("appliance");
        await MapAsync(service);
        await stall.PostAsync(
            $"{item}/encumbrances",
            new
            {
                kind = "mortgage",
                holder = Roll.Bank,
                since = "2026-01-05",
                occurredAt = Goods.Day,
            }
        );
        await MapAsync(service);
        var whole = (await service.Caller.GetAsync($"{item}/bundle")).Is(200);
        var verdict = BundleVerifier.Verify(
            whole.Bytes,
            await File.ReadAllBytesAsync(Path.Combine(service.Folder, "policy.txt"), Stop),
            new()
        );
        Assert.True(verdict.Valid, verdict.ToJson());
        Assert.Equal(2, verdict.Events.Length);
        var key = TestLedger.Handles.OfStream(Guid.Parse(item["/api/v1/items/".Length..]));
        await Tampering.AsOwnerAsync(
            service.Connection,
            lie.Replace("$key", $@"'\x{Convert.ToHexStringLower(key)}'::bytea", StringComparison.Ordinal)
                .Replace("$bucket", $"{HeadMapEntry.BucketOf(Hash.Read(key))}", StringComparison.Ordinal)
        );
        (await service.Caller.GetAsync($"{item}/bundle")).Refuses(503, "ledger-read-only");
        var ready = (await service.Caller.GetAsync("/health/ready")).Is(503);
        Assert.Equal("forked", (string?)ready.Json["fault"]!["fault"]);
    }

    static async Task MapAsync(PublishingService service)
    {
        await new HeadMapBuilder(service.Node).BuildAsync(Stop);
        await service.PublishedAsync(await service.Node.Tree.SizeAsync(Stop));
    }
}
