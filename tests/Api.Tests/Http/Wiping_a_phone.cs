using System.Text.Json;
using System.Text.Json.Nodes;
using Support;

namespace Api.Tests.Http;

/// <summary>From intake to wiped, verified, sold.</summary>
public sealed class Wiping_a_phone(RunningService running)
{
    const string Day = Goods.Day;

    static readonly int[] First = [0];

    [Fact]
    public async Task It_goes_from_intake_to_its_buyer()
    {
        var caller = await running.CallerAsync();
        var stall = await MarketClient.OpenAsync(caller);
        var imei = Goods.NewImei();
        var item = await stall.RegisterAsync("electronics", imei);
        var intake = await ReceiveAsync(stall, item);
        await DeclareAsync(stall, item);
        await ConsentAsync(stall, item, intake);

        var wiped = await WipeAsync(stall, item, intake);
        Assert.Equal("attested", await StateAsync(caller, imei));
        await stall.PostAsync($"{item}/wipe-verifications", Check(wiped.Id));
        Assert.Equal("cleared", await StateAsync(caller, imei));

        // Not before it was cleared.
        const string later = "2026-01-05T05:00:00Z";
        (await caller.PostAsync($"{item}/trades", stall.Deal(), null, ("Ledger-Site", stall.Code))).Refuses(
            422,
            "occurred-too-early"
        );
        var (deal, _) = await stall.DealAsync(item, later);
        await stall.SettleAsync(deal, 900, later);
        await stall.PostAsync($"{deal}/completions", new { occurredAt = later });
        var now = (await caller.GetAsync($"/api/v1/items/{imei}")).Is(200).Json;
        Assert.Equal(stall.Buyer, (string?)now["owner"]);
        Assert.Null(now["intake"]);
        var medium = Assert.Single(now["media"]!.AsArray())!;
        Assert.Equal(
            ("ufs", "cleared", "purge", wiped.Id),
            (
                (string?)medium["type"],
                (string?)medium["state"],
                (string?)medium["level"],
                (string?)medium["attestation"]
            )
        );

        var part = (await caller.GetAsync(wiped.Location)).Is(200).Json;
        Assert.Equal(
            ["wipe-attested.v1", "wipe-verified.v1"],
            part["events"]!.AsArray().Select(e => (string?)e!["type"])
        );
        var sold = (await caller.GetAsync($"/api/v1/items/{imei}/history")).Is(200).Items;
        Assert.DoesNotContain(sold.SelectMany(Hits), v => v == "wipe-gate-resale");
    }

    [Fact]
    public async Task Unwiped_it_is_sold_with_a_warning_before_that_day()
    {
        var caller = await running.CallerAsync();
        var stall = await MarketClient.OpenAsync(caller);
        var item = await stall.RegisterAsync("electronics");
        await stall.ListAsync(item);
        var history = (await caller.GetAsync($"{item}/history")).Is(200).Items;
        Assert.Contains(history.SelectMany(Hits), v => v == "wipe-gate-resale");
    }

    [Fact]
    public async Task The_serial_of_its_medium_stands_in_no_answer_and_in_no_event()
    {
        var caller = await running.CallerAsync();
        var stall = await MarketClient.OpenAsync(caller);
        var item = await stall.RegisterAsync("electronics");
        var serial = $"UFS-{Guid.NewGuid():N}";
        await DeclareAsync(stall, item, serial);
        Assert.DoesNotContain(
            serial,
            (await caller.GetAsync($"{item}/history")).Is(200).Text,
            StringComparison.OrdinalIgnoreCase
        );
        var other = await stall.RegisterAsync("electronics");
        var again = await caller.PostAsync($"{other}/media", Media(serial.ToLowerInvariant()));
        again.Refuses(409, "medium-bound-elsewhere");
        await stall.PostAsync($"{item}/media/0/removals", new { custodyTo = stall.Owner, occurredAt = Day });
        await stall.PostAsync($"{other}/media", Media(serial));
    }

    [Fact]
    public async Task What_the_evidence_does_not_carry_is_refused_with_what_it_does()
    {
        var (caller, stall, item, intake) = await ReadyAsync();
        var claim = Evidence(intake, "factory-reset", "purge");
        var reply = (await caller.PostAsync($"{item}/wipes", claim)).Refuses(422, "level-not-supported-by-evidence");
        Assert.Equal("wipe-level-derived", (string?)reply.Json["ruleId"]);
        (await caller.PostAsync($"{item}/wipes", Evidence(intake, "nvme-sanitize"))).Refuses(
            422,
            "technique-not-for-medium"
        );
        (await caller.PostAsync($"{item}/wipes", Evidence(Guid.NewGuid().ToString()))).Refuses(409, "intake-closed");
        await WipeAsync(stall, item, intake);
        (await caller.PostAsync($"{item}/wipes", Evidence(intake))).Refuses(409, "medium-already-attested");
    }

    /// <summary>Not told is unknown: the same purge is worth a level less for each caller who leaves something
    /// out.</summary>
    [Theory]
    [InlineData("bytesAddressed")]
    [InlineData("hidden")]
    [InlineData("unreached")]
    public async Task What_nobody_tells_costs_a_level(string untold)
    {
        var (caller, stall, item, intake) = await ReadyAsync();
        var wipe = JsonSerializer.SerializeToNode(Evidence(intake))!;
        wipe["evidence"]!.AsObject().Remove(untold);
        var wiped = await stall.PostAsync($"{item}/wipes", wipe);
        await stall.PostAsync($"{item}/wipe-verifications", Check(wiped.Id));
        var medium = Assert.Single((await caller.GetAsync(item)).Is(200).Json["media"]!.AsArray())!;
        Assert.Equal(("cleared", "clear"), ((string?)medium["state"], (string?)medium["level"]));
    }

    [Fact]
    public async Task An_overwrite_that_does_not_tell_its_bytes_is_worth_nothing()
    {
        var (caller, stall, item, intake) = await ReadyAsync();
        var wipe = JsonSerializer.SerializeToNode(Evidence(intake, "overwrite"))!;
        wipe["evidence"]!.AsObject().Remove("bytesAddressed");
        var wiped = await stall.PostAsync($"{item}/wipes", wipe);
        (
            await caller.PostAsync($"{item}/wipe-verifications", Check(wiped.Id), null, ("Ledger-Site", stall.Code))
        ).Refuses(422, "wipe-carries-nothing");
        Assert.Equal("attested", (string?)(await caller.GetAsync(item)).Is(200).Json["dataState"]);
    }

    [Fact]
    public async Task Who_wiped_does_not_verify()
    {
        var (caller, stall, item, intake) = await ReadyAsync();
        var wiped = await WipeAsync(stall, item, intake);
        var own = Check(wiped.Id, verifier: "W-01");
        var at = ("Ledger-Site", stall.Code);
        (await caller.PostAsync($"{item}/wipe-verifications", own, null, at)).Refuses(422, "verifier-is-operator");
        var residues = Check(wiped.Id, residues: 3);
        (await caller.PostAsync($"{item}/wipe-verifications", residues, null, at)).Refuses(422, "residue-found");
        var few = Check(wiped.Id, sampled: 10);
        (await caller.PostAsync($"{item}/wipe-verifications", few, null, at)).Refuses(422, "sample-too-small");
        await stall.PostAsync($"{item}/wipe-verifications", Check(wiped.Id, residues: 3, accepted: false));
        Assert.Equal("uncleared", (string?)(await caller.GetAsync(item)).Is(200).Json["dataState"]);
    }

    async Task<(Caller Caller, MarketClient Stall, string Item, string Intake)> ReadyAsync()
    {
        var caller = await running.CallerAsync();
        var stall = await MarketClient.OpenAsync(caller);
        var item = await stall.RegisterAsync("electronics");
        var intake = await ReceiveAsync(stall, item);
        await DeclareAsync(stall, item);
        await ConsentAsync(stall, item, intake);
        return (caller, stall, item, intake);
    }

    static async Task<string> ReceiveAsync(MarketClient stall, string item) =>
        (
            await stall.PostAsync(
                $"{item}/intakes",
                new
                {
                    reason = "wipe",
                    from = stall.Owner,
                    occurredAt = Day,
                }
            )
        ).Id;

    static Task<Reply> DeclareAsync(MarketClient stall, string item, string? serial = null) =>
        stall.PostAsync($"{item}/media", Media(serial));

    static object Media(string? serial) =>
        new
        {
            media = new[]
            {
                new
                {
                    ix = 0,
                    type = "ufs",
                    capacityBytes = 128_000_000_000,
                    serial,
                },
            },
            occurredAt = Day,
        };

    static Task<Reply> ConsentAsync(MarketClient stall, string item, string intake) =>
        stall.PostAsync(
            $"{item}/wipe-consents",
            new
            {
                intakeId = intake,
                media = First,
                method = "UFS purge",
                effect = "不可恢复",
                subject = stall.Owner,
                occurredAt = Day,
            }
        );

    static Task<Reply> WipeAsync(MarketClient stall, string item, string intake) =>
        stall.PostAsync($"{item}/wipes", Evidence(intake));

    static object Evidence(string intake, string technique = "ufs-purge", string? claimedLevel = null) =>
        new
        {
            intakeId = intake,
            mediumIx = 0,
            evidence = new
            {
                technique,
                result = "ok",
                bytesAddressed = 128_000_000_000,
                hidden = new
                {
                    hpa = "absent",
                    dco = "absent",
                    ama = "absent",
                },
                unreached = 0,
            },
            tool = new { name = "cleaner", version = "4.2" },
            startedAt = "2026-01-05T03:00:00Z",
            finishedAt = "2026-01-05T03:05:00Z",
            @operator = "W-01",
            claimedLevel,
            docs = new[] { Paper.Hash("report") },
        };

    static object Check(
        string attestation,
        long residues = 0,
        long sampled = 2_995,
        bool accepted = true,
        string verifier = "W-02"
    ) =>
        new
        {
            attestationId = attestation,
            check = new
            {
                method = "sampled",
                sampled,
                total = 1_000_000,
                residues,
            },
            tool = new { name = "reader", version = "1.0" },
            verifier,
            accepted,
            occurredAt = "2026-01-05T04:00:00Z",
        };

    static async Task<string?> StateAsync(Caller caller, string identifier) =>
        (string?)(await caller.GetAsync($"/api/v1/items/{identifier}")).Is(200).Json["dataState"];

    static IEnumerable<string> Hits(JsonNode e) =>
        e["verdicts"]!.AsArray().Where(v => (string?)v!["result"] == "hit").Select(v => (string)v!["ruleId"]!);
}
