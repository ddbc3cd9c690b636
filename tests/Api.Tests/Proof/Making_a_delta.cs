using Api.Tests.Cli;
using Api.Tests.Http;
using Ledger.Goods.Categories;
using Ledger.Proof.Bundles;
using Ledger.Store.Exporting;
using Ledger.Store.Mapping;
using Support;

namespace Api.Tests.Proof;

/// <summary>What came after a bundle, for who has it: <c>bundle --since</c> and <c>verify --base</c>.</summary>
public sealed class Making_a_delta
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Identifiers of a thing of that category: one of each kind, and a second of the first.</summary>
    static string[] Identifiers(GoodsCategory category) =>
        [.. category.Identifiers.Append(category.Identifiers[0]).Select(NewOf)];

    static string NewOf(string kind) =>
        kind switch
        {
            "vin" => Goods.NewVin(),
            "imei" => Goods.NewImei(),
            "serial" => Goods.NewSerial(),
            _ => NewTag(),
        };

    static int tags;

    static string NewTag() =>
        $"tag:{Ledger.Kernel.Identifiers.LedgerTag.Complete($"7{Interlocked.Increment(ref tags):D10}")}";

    static async Task MappedAsync(PublishingService service)
    {
        await new HeadMapBuilder(service.Node).BuildAsync(Stop);
        await service.PublishedAsync(await service.Node.Tree.SizeAsync(Stop));
    }

    static async Task<MadeBundle> MakeAsync(PublishingService service, string item, ulong? since = null)
    {
        var policy = await File.ReadAllBytesAsync(Path.Combine(service.Folder, "policy.txt"), Stop);
        var (bundle, refusal) = await new Bundles(service.Node).MakeAsync(
            Guid.Parse(item.Split('/')[^1]),
            BundleWish.Default with
            {
                Since = since,
            },
            policy,
            Stop
        );
        Assert.Null(refusal);
        return bundle!;
    }

    static BundleVerdict Judge(PublishingService service, byte[] zip, byte[]? before) =>
        BundleVerifier.Verify(
            zip,
            File.ReadAllBytes(Path.Combine(service.Folder, "policy.txt")),
            new() { Base = before }
        );

    /// <summary>Of each category one with one identifier, one with several, and one that is given a further one between
    /// the two bundles.</summary>
    [Fact]
    public async Task Verifies_for_goods_of_every_category_and_however_many_identifiers()
    {
        await using var service = await PublishingService.StartAsync();
        var stall = await MarketClient.OpenAsync(service.Caller);
        var (one, several, added) = (new List<string>(), new List<string>(), new List<string>());
        async Task<string> RegisterAsync(GoodsCategory category, IEnumerable<string> identifiers) =>
            (
                await stall.PostAsync(
                    "/api/v1/items",
                    new
                    {
                        category = category.Code,
                        identifiers,
                        owner = stall.Owner,
                        occurredAt = Goods.Day,
                    }
                )
            ).Location;
        foreach (var category in GoodsCategory.All)
        {
            one.Add(await RegisterAsync(category, Identifiers(category)[..1]));
            several.Add(await RegisterAsync(category, Identifiers(category)));
            added.Add(await RegisterAsync(category, Identifiers(category)[..1]));
        }
        await MappedAsync(service);
        string[] items = [.. one, .. several, .. added];
        var bases = new Dictionary<string, MadeBundle>();
        foreach (var item in items)
            bases[item] = await MakeAsync(service, item);
        foreach (var item in items)
            await stall.PostAsync($"{item}/repairs", new { outcome = "fixed", occurredAt = Goods.Day });
        foreach (var (item, category) in added.Zip(GoodsCategory.All))
            await stall.PostAsync(
                $"{item}/identifiers",
                new { identifier = Identifiers(category)[^1], occurredAt = Goods.Day }
            );
        await MappedAsync(service);
        foreach (var item in items)
        {
            var delta = await MakeAsync(service, item, bases[item].Size);
            var verdict = Judge(service, delta.Bytes, bases[item].Bytes);
            Assert.True(verdict.Valid, verdict.ToJson());
            Assert.Equal(added.Contains(item) ? 2 : 1, verdict.Events.Length);
            Assert.Equal("gap(1)", Judge(service, delta.Bytes, null).Events[0].Complete);
        }
    }

    [Fact]
    public async Task Goes_through_the_command_line()
    {
        await using var service = await PublishingService.StartAsync();
        var stall = await MarketClient.OpenAsync(service.Caller);
        var vin = Goods.NewVin();
        var item = await stall.RegisterAsync("used-car", vin);
        await MappedAsync(service);
        var data = Directory.CreateTempSubdirectory("ledger-delta-").FullName;
        try
        {
            TestLedger.WriteFolder(data, TestLedger.FolderOf(service.Connection));
            var (first, delta, policy) = (Path.Combine(data, "a.zip"), Path.Combine(data, "b.zip"), Policy(service));
            Task<Ran> BundleAsync(string file, params string[] more) =>
                LedgerProgram.RunAsync([
                    "bundle",
                    vin,
                    "-o",
                    file,
                    "--json",
                    .. more,
                    "--postgres",
                    service.Connection,
                    "--data",
                    data,
                ]);
            var made = await BundleAsync(first);
            Assert.True(made.Exit == 0, made.Error);
            await stall.PostAsync($"{item}/identifiers", new { identifier = Goods.NewVin(), occurredAt = Goods.Day });
            await stall.PostAsync($"{item}/repairs", new { outcome = "fixed", occurredAt = Goods.Day });
            var size = made.Document.GetProperty("size").GetRawText();
            // No map covers them yet: who does not wait gets what was covered, who waits gets all.
            var at = await BundleAsync(Path.Combine(data, "at-once.zip"), "--since", size, "--no-wait");
            Assert.Equal((0, 0), (at.Exit, at.Document.GetProperty("events").GetInt32()));
            var waited = await BundleAsync(delta, "--since", size);
            Assert.Equal((0, 2), (waited.Exit, waited.Document.GetProperty("events").GetInt32()));
            var verified = await LedgerProgram.RunAsync("verify", delta, "--policy", policy, "--base", first);
            Assert.True(verified.Exit == 0, verified.Out);
            Assert.Equal(1, (await LedgerProgram.RunAsync("verify", delta, "--policy", policy)).Exit);
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    static string Policy(PublishingService service) => Path.Combine(service.Folder, "policy.txt");
}
