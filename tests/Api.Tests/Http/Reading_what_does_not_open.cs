using System.IO.Compression;
using System.Text.Json.Nodes;
using Ledger.Store.Auditing;
using Ledger.Store.Mapping;
using Ledger.Store.Vault;
using Projections;
using Support;

namespace Api.Tests.Http;

/// <summary>
/// A ledger of which some texts were written with a key that is not there any more, as versions left it that made a
/// lost <c>kek-1</c> anew: what does not open is shown as such, all else is answered, and the audit names the rows.
/// </summary>
public sealed class Reading_what_does_not_open : IAsyncLifetime
{
    TestService service = null!;
    Caller caller = null!;
    MarketClient lost = null!,
        kept = null!;
    string lostCar = "",
        keptCar = "";

    static readonly (string, string)[] Asking =
    [
        .. People.Headers("REG"),
        ("Ledger-Purpose", "inspection"),
        ("Ledger-Basis", "art. 33"),
        ("Ledger-Case", "2026-17"),
    ];

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var connection = await TestLedger.NewAsync();
        service = await TestService.StartAsync(connection: connection);
        caller = new(service.Client);
        // Opened before the first text: nothing tells yet that its key is another one.
        await using (
            var other = await TestService.StartAsync(
                connection: connection,
                keys: TestLedger.KeysOf(TestLedger.Handles, kek: 99)
            )
        )
        {
            var there = new Caller(other.Client);
            lost = await MarketClient.OpenAsync(there);
            lostCar = await lost.RegisterAsync();
            await lost.ListAsync(lostCar);
        }
        kept = await MarketClient.OpenAsync(caller);
        keptCar = await kept.RegisterAsync();
        await kept.ListAsync(keptCar);
        await service.CaughtUpAsync();
    }

    [Fact]
    public async Task A_list_shows_the_others_and_says_which_is_unreadable()
    {
        var rows = (await caller.GetAsync("/api/v1/regulator/histories", Asking)).Is(200).Items.ToList();
        Assert.Equal([ClearText.Closed], Identifiers(rows, lostCar));
        Assert.StartsWith("vin:", Assert.Single(Identifiers(rows, keptCar)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("xlsx")]
    public async Task A_file_of_the_list_is_whole(string format)
    {
        var reply = (await caller.GetAsync($"/api/v1/regulator/histories?format={format}", Asking)).Is(200);
        if (format != "csv")
            return;
        Assert.Contains(ClearText.Closed, reply.Text, StringComparison.Ordinal);
        Assert.Contains("vin:", reply.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_of_the_list_leads_to_the_item_by_its_own_id()
    {
        var page = (
            await caller.GetAsync("/regulator/histories?purpose=supervision", [("Accept", "text/html"), .. Asking])
        )
            .Is(200)
            .Text;
        Assert.DoesNotContain($"/items/{Uri.EscapeDataString(ClearText.Closed)}", page, StringComparison.Ordinal);
        Assert.Contains($"/items/{lostCar.Split('/')[^1]}", page, StringComparison.Ordinal);
        Assert.Contains(ClearText.Closed, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_item_and_its_history_are_answered()
    {
        var item = (await caller.GetAsync(lostCar)).Is(200).Json;
        Assert.Equal(["vin:(unreadable)"], item["identifiers"]!.AsArray().Select(i => (string?)i));
        Assert.Equal($"{lost.Code}/(unreadable)", (string?)item["owner"]);
        var history = (await caller.GetAsync($"{lostCar}/history")).Is(200).Text;
        Assert.Contains("vin:(unreadable)", history, StringComparison.Ordinal);
        Assert.Contains($"{lost.Code}/(unreadable)", history, StringComparison.Ordinal);
        Assert.Contains(
            ClearText.Closed,
            (await caller.GetAsync(lostCar.Replace("/api/v1", "", StringComparison.Ordinal), ("Accept", "text/html")))
                .Is(200)
                .Text,
            StringComparison.Ordinal
        );
        Assert.Equal(kept.Owner, (string?)(await caller.GetAsync(keptCar)).Is(200).Json["owner"]);
    }

    [Fact]
    public async Task A_command_that_would_say_something_of_it_records_nothing()
    {
        var before = await EventsAsync();
        var deal = await caller.PostAsync(
            $"{lostCar}/trades",
            new
            {
                seller = lost.Owner,
                sellerKind = "person",
                buyer = kept.Buyer,
                buyerKind = "person",
                occurredAt = Goods.Day,
            },
            null,
            ("Ledger-Site", lost.Code)
        );
        deal.Refuses(503, "text-unreadable");
        // Nor does the party become a second one under its old word.
        (
            await caller.PostAsync(
                "/api/v1/items",
                new
                {
                    category = "appliance",
                    identifiers = new[] { Goods.NewSerial() },
                    owner = lost.Owner,
                    occurredAt = Goods.Day,
                },
                null,
                ("Ledger-Site", lost.Code)
            )
        ).Refuses(503, "text-unreadable");
        Assert.Equal(before, await EventsAsync());
    }

    [Fact]
    public async Task Its_bundle_is_made_and_the_page_in_it_says_what_is_missing()
    {
        await new HeadMapBuilder(service.Node).BuildAsync(Stop);
        var zip = await Patience.FoundAsync(async () =>
            await caller.GetAsync($"{lostCar}/bundle") is { Status: 200 } made ? made : null
        );
        using var archive = new ZipArchive(new MemoryStream(zip.Bytes));
        var page = archive.Entries.Single(e => e.Name.EndsWith(".html", StringComparison.Ordinal));
        using var text = new StreamReader(await page.OpenAsync(Stop));
        Assert.Contains(
            "do not open with the platform's keys",
            await text.ReadToEndAsync(Stop),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_audit_names_each_row_and_ends()
    {
        using var witness = TestLedger.Witness(TestLedger.FolderOf(service.Database.Connections.Owner));
        var audit = new Audit(
            service.Database,
            async stop => new(witness.Vkey, await witness.NewestAsync(TestLedger.Keys.Log.Origin, stop)),
            [new ViewAudit(service.Database)],
            _ => { }
        );
        var report = await audit.RunAsync(new(0, true, null), Stop);
        Assert.NotEmpty(report.Findings);
        Assert.All(report.Findings, f => Assert.Equal(FindingKinds.Disclosure, f.Kind));
        var item = lostCar.Split('/')[^1];
        Assert.Contains(report.Findings, f => f.Detail.Contains($"subject {item}", StringComparison.Ordinal));
        Assert.Contains(report.Findings, f => f.Stream == Guid.Parse(item) && f.LeafIndex is not null);
        Assert.DoesNotContain(report.Findings, f => f.Stream == Guid.Parse(keptCar.Split('/')[^1]));
    }

    /// <summary>Without head maps: the service publishes one when its time has come.</summary>
    async Task<long> EventsAsync()
    {
        await using var command = service.Database.Source.CreateCommand(
            "select count(*) from ledger.mt_events where type <> 'head-map.v1'"
        );
        return (long)(await command.ExecuteScalarAsync(Stop))!;
    }

    static string?[] Identifiers(List<JsonNode> rows, string item) =>
        [
            .. rows.Single(r => item.EndsWith((string)r["itemId"]!, StringComparison.Ordinal))["identifiers"]!
                .AsArray()
                .Select(i => (string?)i),
        ];

    public ValueTask DisposeAsync() => service.DisposeAsync();
}
