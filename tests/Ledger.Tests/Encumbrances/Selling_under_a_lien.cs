using Ledger.Encumbrances;
using Ledger.Goods;
using Ledger.Rules;
using Ledger.Trading;

namespace Ledger.Tests.Encumbrances;

public sealed class Selling_under_a_lien
{
    static ConsentToDeal Consent(DateTimeOffset? until = null, Guid? deal = null) =>
        new(ItemScenario.Lien, SampleCommands.Bank, deal ?? ItemScenario.Deal, until);

    static ItemScenario Opened() =>
        new ItemScenario().Registered().Then(SampleCommands.Pledge()).Then(ItemScenario.OpenDeal());

    [Fact]
    public void goes_on_with_the_lenders_consent_and_a_warning()
    {
        Assert.Equal("encumbered", ItemScenario.Code(Opened().Decide(ItemScenario.AgreePrice)));
        var decision = Opened().Then(Consent()).Decide(ItemScenario.AgreePrice);
        Assert.Contains(decision.Verdicts, v => (v.RuleId, v.Result) == ("trade-under-consent", Result.Hit));
        var story = Opened()
            .Then(Consent())
            .Then(ItemScenario.AgreePrice)
            .Then(ItemScenario.Payment)
            .Then(ItemScenario.Invoice());
        Assert.Equal(Life.Held, story.Checked().Then(ItemScenario.Station).State.Life);
        Assert.True(story.State.Encumbrances.IsEncumbered);
    }

    [Fact]
    public void needs_the_consent_of_every_lender()
    {
        var story = Opened().Then(SampleCommands.Pledge(ItemScenario.Id(44))).Then(Consent());
        Assert.Equal("encumbered", ItemScenario.Code(story.Decide(ItemScenario.AgreePrice)));
    }

    [Fact]
    public void needs_a_consent_that_still_holds_and_is_for_this_deal()
    {
        var story = Opened();
        story.Then(Consent(until: story.Clock.AddMinutes(5)));
        Assert.False(story.Decide(ItemScenario.AgreePrice).IsRefused);
        Assert.Equal(
            "encumbered",
            ItemScenario.Code(story.Decide(ItemScenario.AgreePrice, story.Clock.AddMinutes(10)))
        );
        // Put before its end and told after it: nobody can say any more that it was in time.
        Assert.Equal(
            "encumbered",
            ItemScenario.Code(
                story.Decide(ItemScenario.AgreePrice, story.Clock.AddMinutes(1), now: story.Clock.AddMinutes(10))
            )
        );
        story.Then(SampleCommands.Cancelling).Then(ItemScenario.OpenDeal() with { DealId = ItemScenario.Id(33) });
        Assert.Equal(
            "encumbered",
            ItemScenario.Code(story.Decide(new AgreeDeal(ItemScenario.Id(33), 1_000, "CNY", null)))
        );
    }

    [Fact]
    public void is_the_holders_to_allow()
    {
        Assert.Equal(
            "not-the-holder",
            ItemScenario.Code(
                Opened().Decide(new ConsentToDeal(ItemScenario.Lien, SampleCommands.OtherBank, ItemScenario.Deal, null))
            )
        );
        Assert.Equal("deal-not-found", ItemScenario.Code(Opened().Decide(Consent(deal: ItemScenario.Stranger))));
        Assert.Equal("consent-expired", ItemScenario.Code(Opened().Decide(Consent(until: ItemScenario.Start))));
        Assert.Equal("encumbrance-not-found", ItemScenario.Code(new ItemScenario().Registered().Decide(Consent())));
    }

    [Fact]
    public void is_nobodys_to_allow_where_customs_supervise()
    {
        var story = new ItemScenario()
            .Registered()
            .Then(SampleCommands.Pledge() with { Kind = EncumbranceKind.CustomsSupervision })
            .Then(ItemScenario.OpenDeal());
        Assert.Equal("encumbrance-not-found", ItemScenario.Code(story.Decide(Consent())));
    }

    [Fact]
    public void is_stopped_by_a_hold_whatever_the_lender_says() =>
        Assert.Equal(
            "held-by-authority",
            ItemScenario.Code(Opened().Then(Consent()).Then(SampleCommands.Seizure()).Decide(ItemScenario.AgreePrice))
        );
}
