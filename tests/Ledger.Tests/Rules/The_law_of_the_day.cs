using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Rules;
using Ledger.Trading;

namespace Ledger.Tests.Rules;

public sealed class The_law_of_the_day
{
    static DateTimeOffset At(string text) =>
        Instants.TryParse(text, out var instant) ? instant : throw new ArgumentException(text, nameof(text));

    [Theory]
    [InlineData("2025-12-01T15:59:59.999Z", "item-listed", "")]
    [InlineData("2025-12-01T16:00:00.000Z", "item-listed", "wipe-gate-resale Hit Warn")]
    [InlineData("2026-12-31T15:59:59.999Z", "item-listed", "wipe-gate-resale Hit Warn")]
    [InlineData("2026-12-31T16:00:00.000Z", "data-not-wiped", "")]
    public void flips_the_wipe_gate_for_listings(string at, string outcome, string verdicts)
    {
        var story = new ItemScenario("electronics") { Clock = At("2025-06-01T00:00:00Z") }.Registered();
        var decision = story.Decide(ItemScenario.Offer(), At(at));
        Assert.Equal(outcome, ItemScenario.Outcome(decision));
        Assert.Equal(verdicts, Said(decision.Verdicts));
    }

    [Fact]
    public void stops_at_hand_over_what_was_listed_in_time()
    {
        var story = new ItemScenario("electronics")
            .Registered()
            .Then(ItemScenario.Offer())
            .Then(ItemScenario.OpenDeal())
            .Then(ItemScenario.AgreePrice)
            .Then(ItemScenario.Payment)
            .Then(ItemScenario.Invoice());
        Assert.False(story.Decide(new CompleteDeal(ItemScenario.Deal), At("2026-12-31T15:59:59.999Z")).IsRefused);
        var refusal = Assert.Single(
            story.Decide(new CompleteDeal(ItemScenario.Deal), At("2026-12-31T16:00:00Z")).Refusals
        );
        Assert.Equal(
            ("data-not-wiped", "wipe-gate-resale", "GB 46864-2025"),
            (refusal.Code, refusal.RuleId, refusal.Citation)
        );
        Assert.Equal("unknown", refusal.With["dataState"]);
    }

    [Theory]
    [InlineData("appliance")]
    [InlineData("furniture")]
    public void asks_no_wipe_of_what_bears_no_data(string category) =>
        Assert.False(
            new ItemScenario(category).Registered().Decide(ItemScenario.Offer(), At("2027-06-01T00:00:00Z")).IsRefused
        );

    [Theory]
    [InlineData("CN-51", "encumbered")]
    [InlineData("CN-11", "encumbered")]
    [InlineData("CN", "encumbered")]
    [InlineData("FR", "item-listed")]
    [InlineData("CNX", "item-listed")]
    public void of_China_speaks_about_China_only(string jurisdiction, string outcome)
    {
        var story = new ItemScenario().Registered().Then(SampleCommands.Pledge());
        Assert.Equal(outcome, ItemScenario.Outcome(story.Decide(ItemScenario.Offer(), jurisdiction: jurisdiction)));
    }

    [Theory]
    [InlineData("CN", "CN-51", true)]
    [InlineData("CN", "CN", true)]
    [InlineData("CN-51", "CN", false)]
    [InlineData("CN", "CNX", false)]
    [InlineData("CN", "FR", false)]
    [InlineData(null, "FR", true)]
    public void of_a_country_covers_its_parts(string? rule, string fact, bool covers) =>
        Assert.Equal(covers, Jurisdiction.Covers(rule, fact));

    [Fact]
    public void of_this_project_speaks_everywhere()
    {
        var story = new ItemScenario().Registered().Then(SampleCommands.Reading(50_000));
        Assert.Equal(
            "odometer-needs-confirmation",
            ItemScenario.Outcome(story.Decide(SampleCommands.Reading(49_999), jurisdiction: "FR"))
        );
    }

    [Fact]
    public void leaves_no_Chinese_verdict_on_a_French_fact()
    {
        var story = new ItemScenario().Registered();
        var transfer = new ObserveFact(new OwnershipTransferred(), null);
        Assert.Equal(["out-of-sequence"], story.Decide(transfer, jurisdiction: "FR").Verdicts.Select(v => v.RuleId));
        Assert.Contains(story.Decide(transfer).Verdicts, v => v.RuleId == "trade-three-cars");
    }

    [Fact]
    public void names_the_fact_that_is_missing()
    {
        var story = new ItemScenario().Then(new ItemScenario().Registration() with { ScrapCategory = null });
        var verdict = Assert.Single(story.Decide(ItemScenario.Offer()).Verdicts, v => v.RuleId == "scrap-years");
        Assert.Equal(("scrap-years", Result.NotEvaluated), (verdict.RuleId, verdict.Result));
        Assert.Equal("scrapCategory,firstRegistered", verdict.Inputs["missing"]);
    }

    [Theory]
    [InlineData("2027-03-14T15:59:59.999Z", false)]
    [InlineData("2027-03-14T16:00:00.000Z", true)]
    public void scraps_a_taxi_on_its_limit_day(string at, bool refused)
    {
        var story = new ItemScenario();
        story.Then(story.Registration() with { ScrapCategory = "taxi-small", FirstRegistered = new(2019, 3, 15) });
        var decision = story.Decide(ItemScenario.Offer(), At(at));
        Assert.Equal(refused ? "past-scrap-limit" : "item-listed", ItemScenario.Outcome(decision));
        if (refused)
            Assert.Equal(
                ("2027-03-15", "2027-03-15"),
                (decision.Refusals[0].With["limit"], decision.Refusals[0].With["day"])
            );
    }

    [Fact]
    public void keeps_no_identifier_in_a_verdict()
    {
        var story = new ItemScenario();
        var decision = story.Decide(
            story.Registration() with
            {
                Identifiers = [ItemScenario.Named("vin:WVGZZZ5NZEW069297")],
            }
        );
        Assert.DoesNotContain(
            "WVGZZZ5NZEW069297",
            Said(decision.Verdicts) + string.Join(' ', decision.Verdicts.SelectMany(v => v.Inputs.Values)),
            StringComparison.Ordinal
        );
        Assert.NotEmpty(decision.Verdicts);
    }

    static string Said(IEnumerable<Verdict> verdicts) =>
        string.Join(
            "; ",
            verdicts.Where(v => v.RuleId == "wipe-gate-resale").Select(v => $"{v.RuleId} {v.Result} {v.Severity}")
        );
}
