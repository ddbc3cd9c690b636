using Support;

namespace Api.Tests.Http;

/// <summary>Which law the ledger applies, and who has read it.</summary>
public sealed class Activating_a_rule_set
{
    [Fact]
    public async Task Takes_two_persons_and_the_set_that_runs()
    {
        await using var service = await TestService.StartAsync();
        var caller = new Caller(service.Client);
        var rules = (await caller.GetAsync("/api/v1/rules?on=2027-01-01")).Is(200).Items.ToList();
        var version = (string)rules[0]["ruleSet"]!;
        Assert.All(rules, r => Assert.Equal(version, (string?)r["ruleSet"]));
        object Read(string set) => new { version = set, changes = Changed };
        const string Sets = "/api/v1/rulesets";
        (await caller.PostAsync(Sets, Read(version))).Refuses(422, "counter-signature-missing");
        (await TwoAsync(caller, Sets, Read("5f1c"))).Refuses(422, "ruleset-hash-differs");
        Assert.Empty((await caller.GetAsync(Sets)).Is(200).Items);
        (await TwoAsync(caller, Sets, Read(version))).Is(201);
        // Said again it records nothing.
        (await TwoAsync(caller, Sets, Read(version))).Is(200);
        var active = Assert.Single((await caller.GetAsync(Sets)).Is(200).Items);
        Assert.Equal(
            (version, true, "li", "wipe-gate-resale"),
            (
                (string?)active["version"],
                (bool)active["runs"]!,
                (string?)active["secondActor"],
                (string?)Assert.Single(active["changes"]!.AsArray())
            )
        );
        Assert.NotEmpty(active["provisional"]!.AsArray());
    }

    [Fact]
    public async Task Shows_the_law_of_a_day()
    {
        await using var service = await TestService.StartAsync();
        var caller = new Caller(service.Client);
        async Task<string?> GateAsync(string day) =>
            (string?)
                Assert.Single(
                    (await caller.GetAsync($"/api/v1/rules?on={day}")).Is(200).Items,
                    r => (string?)r["id"] == "wipe-gate-resale"
                )["severity"];
        Assert.Equal(("warn", "block"), (await GateAsync("2026-12-31"), await GateAsync("2027-01-01")));
        (await caller.GetAsync("/api/v1/rules?on=soon")).Is(400);
        Assert.Contains(
            "wipe-gate-resale",
            (await caller.GetAsync("/api/v1/rules?format=csv")).Is(200).Text,
            StringComparison.Ordinal
        );
    }

    static readonly string[] Changed = ["wipe-gate-resale"];

    static Task<Reply> TwoAsync(Caller caller, string path, object body) =>
        caller.PostAsync(path, body, null, ("Ledger-Second-Actor", "li"));
}
