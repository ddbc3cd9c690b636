using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Rules;

namespace Ledger.Tests.Goods;

public sealed class Registering_an_item
{
    static Decision Register(string category, params string[] identifiers) =>
        new Story(category).Decide(new RegisterItem(Story.Item, category, [.. identifiers.Select(Story.Named)]));

    [Fact]
    public void takes_its_aliases()
    {
        var story = new Story("electronics");
        story.Then(
            story.Registration() with
            {
                Identifiers = [Story.Named("imei:490154203237518"), Story.Named("serial:A/1")],
            }
        );
        Assert.Equal(Story.Item.ToString(), story.Guards[new("alias:imei", "490154203237518")]);
        Assert.Equal(Story.Item.ToString(), story.Guards[new("alias:serial", "A/1")]);
        Assert.Equal(2, story.State.Identifiers.Length);
    }

    [Fact]
    public void writes_handles_and_no_identifier()
    {
        var story = new Story();
        var registered = (ItemRegistered)story.Decide(story.Registration()).Events[0];
        Assert.Equal(Story.Named("vin:LSVAM4187C2184847").Ref, Assert.Single(registered.Identifiers));
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
        Assert.Equal(outcome, Story.Outcome(Register(category, identifier)));

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
        Assert.Equal(code, Story.Code(Register(category, identifier)));

    [Fact]
    public void is_refused_twice()
    {
        var story = new Story().Registered();
        Assert.Equal("item-exists", Story.Code(story.Decide(story.Registration())));
    }

    [Fact]
    public void is_refused_where_another_item_has_the_identifier()
    {
        var story = new Story();
        story.Guards[new("alias:vin", "LSVAM4187C2184847")] = Story.Stranger.ToString();
        var refusal = Assert.Single(story.Decide(story.Registration()).Refusals);
        Assert.Equal(("item-exists", "vin:LSVAM4187C2184847"), (refusal.Code, refusal.With["value"]));
    }

    [Fact]
    public void may_take_an_identifier_back_that_was_mistyped()
    {
        var (wrong, right) = (Story.Named("vin:LSVAM4187C2184847"), Story.Named("vin:1M8GDM9AXKP042788"));
        var story = new Story().Registered();
        Assert.Equal("last-identifier", Story.Code(story.Decide(new CorrectIdentifier(wrong, "mistyped", "photo"))));
        Assert.Equal("identifier-not-held", Story.Code(story.Decide(new CorrectIdentifier(right, "x", "photo"))));
        story.Then(new AddIdentifier(right, "photo"));
        Assert.Equal("evidence-missing", Story.Code(story.Decide(new CorrectIdentifier(wrong, "mistyped", null))));
        var decision = story.Decide(new CorrectIdentifier(wrong, "mistyped", "photo"));
        var corrected = Assert.IsType<ItemIdentifierCorrected>(Assert.Single(decision.Events));
        Assert.Equal((story.History.Events[0].EventId, wrong.Ref), (corrected.Target, corrected.Identifier));
        // It stays bound for ever: nobody else registers under it.
        Assert.Empty(decision.Guards);
        story.Then(new CorrectIdentifier(wrong, "mistyped", "photo"));
        Assert.Equal(right.Ref, Assert.Single(story.State.Identifiers));
        var again = story.Decide(new AddIdentifier(wrong, "photo"));
        Assert.Equal(("wrong-state", "corrected"), (Story.Code(again), Assert.Single(again.Refusals).CurrentState));
        var later = story.Then(new AddIdentifier(Story.Named("vin:WBAAY711X0KC28153"), "photo"));
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
        var vin = Story.Named("vin:1M8GDM9AXKP042788");
        var story = new Story().Registered().Then(new AddIdentifier(vin, "photo"));
        Assert.Contains(vin.Ref, story.State.Identifiers);
        Assert.Equal("nothing", Story.Outcome(story.Decide(new AddIdentifier(vin, "photo"))));
        story.Guards[new("alias:vin", "WBAAY711X0KC28153")] = Story.Stranger.ToString();
        Assert.Equal(
            "alias-taken",
            Story.Code(story.Decide(new AddIdentifier(Story.Named("vin:WBAAY711X0KC28153"), null)))
        );
        Assert.Equal(
            "vin-check-failed",
            Story.Code(story.Decide(new AddIdentifier(Story.Named("vin:1HGCM82643A004352"), null)))
        );
    }

    [Theory]
    [InlineData(900, 1, false, "item-graded")]
    [InlineData(900, 2, false, "grade-does-not-follow-score")]
    [InlineData(950, 5, true, "item-graded")]
    [InlineData(950, 1, true, "grade-does-not-follow-score")]
    [InlineData(null, 3, false, "item-graded")]
    public void leads_to_a_grade_that_follows_the_score(int? score, int grade, bool accident, string outcome) =>
        Assert.Equal(outcome, Story.Outcome(new Story().Registered().Decide(Acts.Grade(score, grade, accident))));

    [Fact]
    public void asks_again_before_a_lower_reading()
    {
        var story = new Story().Registered().Then(Acts.Reading(50_000));
        var refusal = Assert.Single(story.Decide(Acts.Reading(49_999)).Refusals);
        Assert.Equal(
            ("odometer-needs-confirmation", "49999", "50000"),
            (refusal.Code, refusal.With["valueKm"], refusal.With["lastKm"])
        );
        var confirmed = story.Decide(Acts.Reading(49_999, confirmed: true));
        Assert.Equal(OdometerVerdict.Implausible, ((OdometerObserved)confirmed.Events[0]).Verdict);
        Assert.Contains(confirmed.Verdicts, v => v.RuleId == "odo-rollback");
        Assert.Equal(
            OdometerVerdict.Plausible,
            ((OdometerObserved)story.Decide(Acts.Reading(50_000)).Events[0]).Verdict
        );
    }

    [Fact]
    public void leads_to_a_first_reading_without_verdict()
    {
        var first = (OdometerObserved)new Story().Registered().Decide(Acts.Reading(1)).Events[0];
        Assert.Equal((OdometerVerdict.NoVerdict, "first-reading"), (first.Verdict, first.ReasonCode));
    }
}
