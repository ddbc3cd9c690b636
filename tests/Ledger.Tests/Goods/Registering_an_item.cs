using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Rules;

namespace Ledger.Tests.Goods;

public sealed class Registering_an_item
{
    static Decision Register(string category, params string[] identifiers) =>
        new ItemScenario(category).Decide(
            new RegisterItem(ItemScenario.Item, category, [.. identifiers.Select(ItemScenario.Named)])
        );

    [Fact]
    public void takes_its_aliases()
    {
        var story = new ItemScenario("electronics");
        story.Then(
            story.Registration() with
            {
                Identifiers = [ItemScenario.Named("imei:490154203237518"), ItemScenario.Named("serial:A/1")],
            }
        );
        Assert.Equal(ItemScenario.Item.ToString(), story.Reservations[new("alias:imei", "490154203237518")]);
        Assert.Equal(ItemScenario.Item.ToString(), story.Reservations[new("alias:serial", "A/1")]);
        Assert.Equal(2, story.State.Identifiers.Length);
    }

    [Fact]
    public void writes_handles_and_no_identifier()
    {
        var story = new ItemScenario();
        var registered = (ItemRegistered)story.Decide(story.Registration()).Events[0];
        Assert.Equal(ItemScenario.Named("vin:LSVAM4187C2184847").Ref, Assert.Single(registered.Identifiers));
        Assert.DoesNotContain("LSVAM4187C2184847", registered.Identifiers[0].ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("used-car", "vin:1HGCM82643A004352", "vin-check-failed")]
    [InlineData("farm-machinery", "vin:1HGCM82643A004352", "vin-check-failed")]
    [InlineData("used-car", "vin:WVGZZZ5NZEW069297", "item-registered")]
    [InlineData("electronics", "imei:356938035643808", "imei-check-failed")]
    [InlineData("electronics", "imei:356938035643809", "item-registered")]
    [InlineData("furniture", "tag:7K3M9P2QXWAT", "tag-check-failed")]
    [InlineData("furniture", "tag:000000000016", "item-registered")]
    public void judges_check_digits(string category, string identifier, string outcome) =>
        Assert.Equal(outcome, ItemScenario.Outcome(Register(category, identifier)));

    [Fact]
    public void warns_of_a_soft_vin()
    {
        var verdict = Assert.Single(Register("used-car", "vin:WVGZZZ5NZEW069297").Verdicts);
        Assert.Equal(
            ("id-vin-check-soft", Result.Hit, Severity.Warn, "X"),
            (verdict.RuleId, verdict.Result, verdict.Severity, verdict.Inputs["computed"])
        );
    }

    [Fact]
    public void says_what_the_check_digit_should_be()
    {
        var refusal = Assert.Single(Register("used-car", "vin:1HGCM82643A004352").Refusals);
        Assert.Equal(
            ("4", "3", "id-vin-check-strict"),
            (refusal.With["found"], refusal.With["computed"], refusal.RuleId)
        );
    }

    [Fact]
    public void counts_the_phones_wrong_imeis() =>
        Assert.Equal(
            "1",
            Register("electronics", "imei:356938035643809", "imei:356938035643808").Refusals[0].With["failing"]
        );

    [Theory]
    [InlineData("boat", "vin:LSVAM4187C2184847", "category-unknown")]
    [InlineData("", "vin:LSVAM4187C2184847", "category-unknown")]
    [InlineData("Used-Car", "vin:LSVAM4187C2184847", "category-unknown")]
    [InlineData("furniture", "vin:LSVAM4187C2184847", "identifier-not-for-category")]
    [InlineData("used-car", "register:x/1", "identifier-not-for-category")]
    public void is_refused(string category, string identifier, string code) =>
        Assert.Equal(code, ItemScenario.Code(Register(category, identifier)));

    [Fact]
    public void is_refused_twice()
    {
        var story = new ItemScenario().Registered();
        Assert.Equal("item-exists", ItemScenario.Code(story.Decide(story.Registration())));
    }

    [Fact]
    public void is_refused_where_another_item_has_the_identifier()
    {
        var story = new ItemScenario();
        story.Reservations[new("alias:vin", "LSVAM4187C2184847")] = ItemScenario.Stranger.ToString();
        var refusal = Assert.Single(story.Decide(story.Registration()).Refusals);
        Assert.Equal(("item-exists", "vin:LSVAM4187C2184847"), (refusal.Code, refusal.With["value"]));
    }

    [Fact]
    public void may_take_an_identifier_back_that_was_mistyped()
    {
        var (wrong, right) = (ItemScenario.Named("vin:LSVAM4187C2184847"), ItemScenario.Named("vin:1M8GDM9AXKP042788"));
        var story = new ItemScenario().Registered();
        Assert.Equal(
            "last-identifier",
            ItemScenario.Code(story.Decide(new CorrectIdentifier(wrong, "mistyped", "photo")))
        );
        Assert.Equal(
            "identifier-not-held",
            ItemScenario.Code(story.Decide(new CorrectIdentifier(right, "x", "photo")))
        );
        story.Then(new AddIdentifier(right, "photo"));
        Assert.Equal(
            "evidence-missing",
            ItemScenario.Code(story.Decide(new CorrectIdentifier(wrong, "mistyped", null)))
        );
        var decision = story.Decide(new CorrectIdentifier(wrong, "mistyped", "photo"));
        var corrected = Assert.IsType<ItemIdentifierCorrected>(Assert.Single(decision.Events));
        Assert.Equal((story.History.Events[0].EventId, wrong.Ref), (corrected.Target, corrected.Identifier));
        // It stays bound for ever: nobody else registers under it.
        Assert.Empty(decision.Reservations);
        story.Then(new CorrectIdentifier(wrong, "mistyped", "photo"));
        Assert.Equal(right.Ref, Assert.Single(story.State.Identifiers));
        var again = story.Decide(new AddIdentifier(wrong, "photo"));
        Assert.Equal(
            ("wrong-state", "corrected"),
            (ItemScenario.Code(again), Assert.Single(again.Refusals).CurrentState)
        );
        var later = story.Then(new AddIdentifier(ItemScenario.Named("vin:WBAAY711X0KC28153"), "photo"));
        Assert.Equal(
            later.History.Events[1].EventId,
            Assert
                .IsType<ItemIdentifierCorrected>(
                    Assert.Single(later.Decide(new CorrectIdentifier(right, "mistyped", "photo")).Events)
                )
                .Target
        );
    }

    [Fact]
    public void may_add_an_identifier_later()
    {
        var vin = ItemScenario.Named("vin:1M8GDM9AXKP042788");
        var story = new ItemScenario().Registered().Then(new AddIdentifier(vin, "photo"));
        Assert.Contains(vin.Ref, story.State.Identifiers);
        Assert.Equal("nothing", ItemScenario.Outcome(story.Decide(new AddIdentifier(vin, "photo"))));
        story.Reservations[new("alias:vin", "WBAAY711X0KC28153")] = ItemScenario.Stranger.ToString();
        Assert.Equal(
            "alias-taken",
            ItemScenario.Code(story.Decide(new AddIdentifier(ItemScenario.Named("vin:WBAAY711X0KC28153"), null)))
        );
        Assert.Equal(
            "vin-check-failed",
            ItemScenario.Code(story.Decide(new AddIdentifier(ItemScenario.Named("vin:1HGCM82643A004352"), null)))
        );
    }

    [Theory]
    [InlineData(900, 1, false, "item-graded")]
    [InlineData(900, 2, false, "grade-does-not-follow-score")]
    [InlineData(950, 5, true, "item-graded")]
    [InlineData(950, 1, true, "grade-does-not-follow-score")]
    [InlineData(null, 3, false, "item-graded")]
    public void leads_to_a_grade_that_follows_the_score(int? score, int grade, bool accident, string outcome) =>
        Assert.Equal(
            outcome,
            ItemScenario.Outcome(new ItemScenario().Registered().Decide(SampleCommands.Grade(score, grade, accident)))
        );

    [Fact]
    public void asks_again_before_a_lower_reading()
    {
        var story = new ItemScenario().Registered().Then(SampleCommands.Reading(50_000));
        var refusal = Assert.Single(story.Decide(SampleCommands.Reading(49_999)).Refusals);
        Assert.Equal(
            ("odometer-needs-confirmation", "49999", "50000"),
            (refusal.Code, refusal.With["valueKm"], refusal.With["lastKm"])
        );
        var confirmed = story.Decide(SampleCommands.Reading(49_999, confirmed: true));
        Assert.Equal(OdometerVerdict.Implausible, ((OdometerObserved)confirmed.Events[0]).Verdict);
        Assert.Contains(confirmed.Verdicts, v => v.RuleId == "odo-rollback");
        Assert.Equal(
            OdometerVerdict.Plausible,
            ((OdometerObserved)story.Decide(SampleCommands.Reading(50_000)).Events[0]).Verdict
        );
    }

    [Fact]
    public void leads_to_a_first_reading_without_verdict()
    {
        var first = (OdometerObserved)new ItemScenario().Registered().Decide(SampleCommands.Reading(1)).Events[0];
        Assert.Equal((OdometerVerdict.NoVerdict, "first-reading"), (first.Verdict, first.ReasonCode));
    }
}
