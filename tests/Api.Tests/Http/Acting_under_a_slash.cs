using Ledger.Store.Auditing;
using Support;

namespace Api.Tests.Http;

/// <summary>Who acts without a site is the scope of the words it uses for parties; its reference may hold a slash, and
/// so
/// may a market's word.</summary>
public sealed class Acting_under_a_slash
{
    static object Appliance(string owner) =>
        new
        {
            category = "appliance",
            identifiers = new[] { Goods.NewSerial() },
            owner,
            occurredAt = Goods.Day,
        };

    static async Task<string> RegisterAsync(Caller caller, string actor, string owner) =>
        (await caller.PostAsync("/api/v1/items", Appliance(owner), null, ("Ledger-Actor", actor))).Is(201).Location;

    static async Task<string?> OwnerAsync(Caller caller, string item) =>
        (string?)(await caller.GetAsync(item)).Is(200).Json["owner"];

    static async Task<AuditReport> AuditAsync(TestService service)
    {
        await service.CaughtUpAsync();
        var node = service.Node;
        using var witness = TestLedger.Witness(Directory.CreateTempSubdirectory("ledger-none-").FullName);
        var audit = new Audit(
            node.Database,
            _ => Task.FromResult(new HouseWitnessWord(witness.Vkey, null)),
            [new Projections.ViewAudit(node.Database)],
            _ => { }
        );
        return await audit.RunAsync(new(0, true, null), CancellationToken.None);
    }

    [Fact]
    public async Task Is_answered_each_time_and_audited_true()
    {
        await using var service = await TestService.StartAsync();
        var caller = new Caller(service.Client);
        const string Actor = "MK-510100-0007/K-118";
        var items = new List<string>();
        for (var n = 0; n < 3; n++)
            items.Add(await RegisterAsync(caller, Actor, "K-500"));
        var reason = new { outcome = "fixed", occurredAt = Goods.Day };
        (await caller.PostAsync($"{items[0]}/repairs", reason, null, ("Ledger-Actor", Actor))).Is(201);
        foreach (var item in items)
            Assert.Equal("/MK-510100-0007%2FK-118/K-500", await OwnerAsync(caller, item));
        var history = (await caller.GetAsync($"{items[0]}/history")).Is(200).Items.First();
        Assert.Equal("/MK-510100-0007%2FK-118/K-500", (string?)history["facts"]!["owner"]);
        var report = await AuditAsync(service);
        Assert.Empty(report.Findings.Select(f => f.Detail));
        Assert.Empty(report.Notes);
    }

    /// <summary>Whichever comes first.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Two_parties_of_one_text_stay_two(bool marketFirst)
    {
        await using var service = await TestService.StartAsync();
        var caller = new Caller(service.Client);
        (string Actor, string Owner, string Text)[] parties =
        [
            ("MK-510100-0007/K-118", "K-500", "/MK-510100-0007%2FK-118/K-500"),
            ("MK-510100-0007", "K-118/K-500", "MK-510100-0007/K-118/K-500"),
        ];
        var items = new Dictionary<string, string>();
        foreach (var (actor, owner, text) in marketFirst ? parties.Reverse() : parties)
        foreach (var _ in (int[])[1, 2])
            items[text] = await RegisterAsync(caller, actor, owner);
        foreach (var (text, item) in items)
            Assert.Equal(text, await OwnerAsync(caller, item));
        await service.CaughtUpAsync();
        foreach (var (text, item) in items)
        {
            var found = (await caller.GetAsync($"/api/v1/regulator/histories?party={Uri.EscapeDataString(text)}"))
                .Is(200)
                .Items.Select(h => (string?)h["itemId"])
                .ToList();
            Assert.Equal(2, found.Count);
            Assert.Contains(item.Split('/')[^1], found);
        }
        Assert.Empty((await AuditAsync(service)).Findings.Select(f => f.Detail));
    }
}
