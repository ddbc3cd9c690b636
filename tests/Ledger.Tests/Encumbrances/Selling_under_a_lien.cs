using Ledger.Encumbrances;
using Ledger.Goods;
using Ledger.Rules;
using Ledger.Trading;

namespace Ledger.Tests.Encumbrances;

public sealed class Selling_under_a_lien
{
    static ConsentToDeal Consent(DateTimeOffset? until = null, Guid? deal = null) =>
        new(Story.Lien, Acts.Bank, deal ?? Story.Deal, until);

    static Story Opened() => new Story().Registered().Then(Acts.Pledge()).Then(Story.Meeting());

    [Fact]
    public void goes_on_with_the_lenders_consent_and_a_warning()
    {
        Assert.Equal("encumbered", Story.Code(Opened().Decide(Story.Handshake)));
        var decision = Opened().Then(Consent()).Decide(Story.Handshake);
        Assert.Contains(decision.Verdicts, v => (v.RuleId, v.Result) == ("trade-under-consent", Result.Hit));
        var story = Opened().Then(Consent()).Then(Story.Handshake).Then(Story.Payment).Then(Story.Bill());
        Assert.Equal(Life.Held, story.Then(Story.Station).State.Life);
        Assert.True(story.State.Encumbrances.IsEncumbered);
    }

    [Fact]
    public void needs_the_consent_of_every_lender()
    {
        var story = Opened().Then(Acts.Pledge(Story.Id(44))).Then(Consent());
        Assert.Equal("encumbered", Story.Code(story.Decide(Story.Handshake)));
    }

    [Fact]
    public void needs_a_consent_that_still_holds_and_is_for_this_deal()
    {
        var story = Opened();
        story.Then(Consent(until: story.Clock.AddMinutes(5)));
        Assert.False(story.Decide(Story.Handshake).IsRefused);
        Assert.Equal("encumbered", Story.Code(story.Decide(Story.Handshake, story.Clock.AddMinutes(10))));
        story.Then(Acts.Cancelling).Then(Story.Meeting() with { DealId = Story.Id(33) });
        Assert.Equal("encumbered", Story.Code(story.Decide(new AgreeDeal(Story.Id(33), 1_000, "CNY", null))));
    }

    [Fact]
    public void is_the_holders_to_allow()
    {
        Assert.Equal(
            "not-the-holder",
            Story.Code(Opened().Decide(new ConsentToDeal(Story.Lien, Acts.OtherBank, Story.Deal, null)))
        );
        Assert.Equal("deal-not-found", Story.Code(Opened().Decide(Consent(deal: Story.Stranger))));
        Assert.Equal("consent-expired", Story.Code(Opened().Decide(Consent(until: Story.Start))));
        Assert.Equal("encumbrance-not-found", Story.Code(new Story().Registered().Decide(Consent())));
    }

    [Fact]
    public void is_nobodys_to_allow_where_customs_supervise()
    {
        var story = new Story()
            .Registered()
            .Then(Acts.Pledge() with { Kind = EncumbranceKind.CustomsSupervision })
            .Then(Story.Meeting());
        Assert.Equal("encumbrance-not-found", Story.Code(story.Decide(Consent())));
    }

    [Fact]
    public void is_stopped_by_a_hold_whatever_the_lender_says() =>
        Assert.Equal(
            "held-by-authority",
            Story.Code(Opened().Then(Consent()).Then(Acts.Seizure()).Decide(Story.Handshake))
        );
}
