using System.IO.Compression;
using System.Net;
using Api.Tests.Http;
using Ledger.Operations;
using Ledger.Proof;
using Ledger.Proof.Bundles;
using Ledger.Store.Mapping;

namespace Api.Tests.Proof;

/// <summary>A bundle that is handed out stands on the item's own record, and can be made again as it was.</summary>
public sealed class Issuing_a_bundle
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    static readonly object Export = new { purpose = "出口报关", recipient = "HG-01" };

    [Fact]
    public async Task Puts_it_on_record_and_gives_the_same_again()
    {
        await using var service = await PublishingService.StartAsync();
        var caller = service.Caller;
        var stall = await MarketClient.OpenAsync(caller);
        var item = await stall.RegisterAsync("appliance");
        // Whoever asks waits for the map that he needs.
        var issued = await stall.PostAsync($"{item}/bundles", Export);
        var zip = (await caller.GetAsync(issued.Location)).Is(200);
        Assert.Equal("application/zip", zip.Type);
        Assert.True(Judge(service, zip).Valid);
        // What came after the map is in the next one.
        await stall.ListAsync(item);
        var again = (await caller.GetAsync(issued.Location)).Is(200);
        Assert.Equal(zip.Bytes, again.Bytes);

        var rows = (await caller.GetAsync($"{item}/bundles")).Is(200).Items;
        var row = Assert.Single(rows);
        Assert.Equal(
            ("出口报关", $"{stall.Code}/HG-01", "item-listed"),
            ((string?)row["purpose"], (string?)row["recipient"], (string?)Assert.Single(row["since"]!.AsArray()))
        );
        Assert.Equal(Manifest(zip), (string?)row["manifestHash"]);
        Assert.Equal(["identifiers"], row["fieldsDisclosed"]!.AsArray().Select(f => (string?)f));
        // The next one shows that there was one before.
        var next = await stall.PostAsync($"{item}/bundles", Export);
        Assert.Contains(
            "bundle-issued.v1",
            Judge(service, await caller.GetAsync(next.Location)).Events.Select(e => e.Type)
        );
    }

    /// <summary>Its page tells what the events of the bundle say of the thing, and what of that is only stated.</summary>
    [Fact]
    public async Task Tells_people_its_facts_in_both_languages()
    {
        await using var service = await PublishingService.StartAsync();
        var stall = await MarketClient.OpenAsync(service.Caller);
        var car = await stall.RegisterAsync();
        await stall.PostAsync(
            $"{car}/odometer-readings",
            new
            {
                valueKm = 52_000,
                source = "desk",
                observedOn = "2026-01-05",
                occurredAt = Goods.Day,
            }
        );
        var issued = await stall.PostAsync($"{car}/bundles", Export);
        var zip = (await service.Caller.GetAsync(issued.Location)).Is(200);
        using var archive = new ZipArchive(new MemoryStream(zip.Bytes));
        using var text = new StreamReader(archive.GetEntry("report.html")!.Open());
        var page = WebUtility.HtmlDecode(await text.ReadToEndAsync(Stop));
        foreach (
            var told in (string[])
                [
                    "品类：二手车；厂牌：大众",
                    "Category: Used cars; Make: 大众",
                    "读数（公里）：52,000；读表日：2026-01-05",
                    "Reading (km): 52,000",
                    "平台代为登记，仅为陈述",
                    "only stated",
                ]
        )
            Assert.Contains(told, page, StringComparison.Ordinal);
    }

    /// <summary>The licence stands on the batch: the bundle of each of its cars shows it, with leaf and proof.</summary>
    [Fact]
    public async Task Shows_the_licence_of_a_car_that_goes_abroad()
    {
        await using var service = await PublishingService.StartAsync();
        var caller = service.Caller;
        var exporter = await Exporting_a_car.ApprovedAsync(caller);
        var (car, id) = await Exporting_a_car.NotedAsync(caller);
        var batch = await Exporting_a_car.DraftAsync(caller, exporter);
        await Exporting_a_car.AddAsync(caller, batch, id);
        await Exporting_a_car.SaysAsync(
            caller,
            batch,
            "applications",
            new { prohibitionsChecked = true, occurredAt = Goods.Day }
        );
        await Exporting_a_car.SaysAsync(caller, batch, "licences", Exporting_a_car.Licence());
        await Exporting_a_car.SaysAsync(caller, batch, "customs-declarations", Exporting_a_car.Customs(1));
        var body = new
        {
            purpose = "出口报关",
            recipient = "HG-01",
            disclose = (string[])["licenceNo"],
        };
        var issued = (await caller.PostAsync($"{car}/bundles", body)).Is(201);
        var zip = (await caller.GetAsync(issued.Location)).Is(200);
        var verdict = Judge(service, zip);
        Assert.True(verdict.Valid, verdict.ToJson());
        Assert.Equal(
            ["batch-item-added.v1", "customs-declared.v1", "export-licence-applied.v1", "export-licence-granted.v1"],
            verdict.Linked.Select(l => l.Type).Order(StringComparer.Ordinal)
        );
        Assert.All(verdict.Linked, l => Assert.Equal(("on-behalf", "not-asked"), (l.SaidBy, l.Complete)));
        using var archive = new ZipArchive(new MemoryStream(zip.Bytes));
        Assert.Equal(8, archive.Entries.Count(e => e.FullName.StartsWith("linked/", StringComparison.Ordinal)));
        using var text = new StreamReader(archive.GetEntry("report.html")!.Open());
        var page = WebUtility.HtmlDecode(await text.ReadToEndAsync(Stop));
        Assert.Contains("有效期至：2026-12-31", page, StringComparison.Ordinal);
        Assert.Contains("其他记录链中的关联事件", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gives_a_repeat_the_first_answer()
    {
        await using var service = await PublishingService.StartAsync();
        var stall = await MarketClient.OpenAsync(service.Caller);
        var item = await stall.RegisterAsync("appliance");
        await MappedAsync(service);
        var key = Goods.NewKey();
        var first = (await service.Caller.PostAsync($"{item}/bundles", Export, key)).Is(201);
        await MappedAsync(service);
        var repeat = (await service.Caller.PostAsync($"{item}/bundles", Export, key)).Is(201);
        Assert.Equal((first.Location, first.Text), (repeat.Location, repeat.Text));
        Assert.Single((await service.Caller.GetAsync($"{item}/bundles")).Is(200).Items);
    }

    [Fact]
    public async Task Asks_what_it_is_for_and_knows_only_its_own()
    {
        await using var service = await PublishingService.StartAsync();
        var stall = await MarketClient.OpenAsync(service.Caller);
        var item = await stall.RegisterAsync("appliance");
        (await service.Caller.PostAsync($"{item}/bundles", new { purpose = " " })).Refuses(422, "value-missing");
        (await service.Caller.GetAsync($"{item}/bundles/{Guid.NewGuid()}")).Refuses(404, "bundle-not-found");
        var nothing = $"/api/v1/items/{Guid.NewGuid()}";
        (await service.Caller.GetAsync($"{nothing}/bundle")).Refuses(404, "item-not-found");
        (await service.Caller.GetAsync($"{nothing}/bundles")).Refuses(404, "item-not-found");
        (await service.Caller.PostAsync($"{nothing}/bundles", Export)).Refuses(404, "item-not-found");
        Assert.Empty((await service.Caller.GetAsync($"{item}/bundles")).Is(200).Items);
    }

    /// <summary>Two cars under one number: each bundle tells of the conflict, and stands under the policy.</summary>
    [Fact]
    public async Task Of_a_car_whose_number_another_bears_tells_of_it()
    {
        await using var service = await PublishingService.StartAsync();
        var stall = await MarketClient.OpenAsync(service.Caller);
        var vin = Goods.NewVin();
        var first = await stall.RegisterAsync("used-car", vin);
        var conflict = new
        {
            identifier = vin,
            evidence = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            make = "大众",
            occurredAt = Goods.Day,
        };
        var second = (await stall.PostAsync($"{first}/identity-conflicts", conflict)).Location;
        await MappedAsync(service);
        foreach (var item in (string[])[first, second])
        {
            var issued = await stall.PostAsync($"{item}/bundles", Export);
            var verdict = Judge(service, (await service.Caller.GetAsync(issued.Location)).Is(200));
            Assert.True(verdict.Valid, verdict.ToJson());
            Assert.Contains("identity-conflict-raised.v1", verdict.Events.Select(e => e.Type));
        }
    }

    [Fact]
    public async Task Gives_it_again_however_many_maps_came_since()
    {
        await using var service = await PublishingService.StartAsync();
        var stall = await MarketClient.OpenAsync(service.Caller);
        var item = await stall.RegisterAsync("appliance");
        await MappedAsync(service);
        var issued = await stall.PostAsync($"{item}/bundles", Export);
        for (var maps = 0; maps < 5; maps++)
        {
            await stall.PostAsync($"{item}/repairs", new { outcome = "fixed", occurredAt = Goods.Day });
            await MappedAsync(service);
            (await service.Caller.GetAsync(issued.Location)).Is(200);
        }
    }

    /// <summary>Readers who wait share one map, and one is made each two seconds at most.</summary>
    [Fact]
    public async Task Waits_with_others_for_one_map()
    {
        await using var service = await PublishingService.StartAsync();
        var stall = await MarketClient.OpenAsync(service.Caller);
        var items = new List<string>();
        for (var i = 0; i < 8; i++)
            items.Add(await stall.RegisterAsync("appliance"));
        var began = await MapsAsync(service);
        var bundles = await Task.WhenAll(items.Select(item => service.Caller.GetAsync($"{item}/bundle")));
        Assert.All(bundles, b => Assert.True(Judge(service, b).Valid));
        Assert.InRange(await MapsAsync(service) - began, 1, 2);
    }

    static async Task<int> MapsAsync(PublishingService service) =>
        (await service.Node.Reader.StreamAsync(new HeadMapBuilder(service.Node).Stream, Stop)).Count(e =>
            e.Event is HeadMapped
        );

    static async Task MappedAsync(PublishingService service)
    {
        await new HeadMapBuilder(service.Node).BuildAsync(Stop);
        await service.PublishedAsync(await service.Node.Tree.SizeAsync(Stop));
    }

    static BundleVerdict Judge(PublishingService service, Reply zip) =>
        BundleVerifier.Verify(zip.Is(200).Bytes, File.ReadAllBytes(Path.Combine(service.Folder, "policy.txt")), new());

    static string Manifest(Reply zip)
    {
        using var archive = new System.IO.Compression.ZipArchive(new MemoryStream(zip.Bytes));
        using var manifest = archive.GetEntry("manifest.json")!.Open();
        using var bytes = new MemoryStream();
        manifest.CopyTo(bytes);
        return Hash.Of(bytes.ToArray()).ToHex();
    }
}
