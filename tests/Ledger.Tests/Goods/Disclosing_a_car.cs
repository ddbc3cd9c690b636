using Ledger.Goods;
using Ledger.Trading;

namespace Ledger.Tests.Goods;

public sealed class Disclosing_a_car
{
    [Fact]
    public void comes_before_a_listing()
    {
        var story = new ItemScenario { Discloses = false }.Registered();
        Assert.Equal("disclosure-incomplete", ItemScenario.Code(story.Decide(ItemScenario.Offer())));
        story.Then(SampleCommands.Disclosing());
        var sheet = story.Last;
        story.Then(ItemScenario.Offer());
        Assert.Equal(sheet, ((ItemListed)story.History.Events[^1].Event).Disclosure);
    }

    [Fact]
    public void needs_an_answer_to_each_of_nine_and_not_checked_is_one()
    {
        var story = new ItemScenario { Discloses = false }
            .Registered()
            .Append(SampleCommands.Sheet() with { Other = null });
        var refusal = Assert.Single(story.Decide(ItemScenario.Offer()).Refusals);
        Assert.Equal(("disclosure-incomplete", "8"), (refusal.Code, refusal.With["disclosedFields"]));
    }

    [Fact]
    public void comes_before_a_deal_is_agreed()
    {
        var story = new ItemScenario { Discloses = false }.Opened();
        Assert.Equal("disclosure-incomplete", ItemScenario.Code(story.Decide(ItemScenario.AgreePrice)));
        story.Then(SampleCommands.Disclosing()).Then(ItemScenario.AgreePrice);
        Assert.NotNull(((DealAgreed)story.History.Events[^1].Event).Disclosure);
    }

    [Theory]
    [InlineData("appliance")]
    [InlineData("electronics")]
    public void is_asked_of_cars_only(string category) =>
        Assert.False(new ItemScenario(category).Registered().Decide(ItemScenario.Offer()).IsRefused);

    [Fact]
    public void cannot_deny_what_the_ledger_knows()
    {
        var story = new ItemScenario().Registered().Then(new RecordBrand(Brand.Accident, "insurer", null));
        Assert.Equal("contradicts-ledger", ItemScenario.Code(story.Decide(SampleCommands.Disclosing())));
        Assert.False(story.Decide(SampleCommands.Disclosing(Disclosed.Yes)).IsRefused);
        Assert.False(story.Decide(SampleCommands.Disclosing(Disclosed.NotChecked)).IsRefused);
        var pledged = new ItemScenario().Registered().Then(SampleCommands.Pledge());
        var denied = SampleCommands.Disclosing(mortgage: Disclosed.No);
        var refusal = Assert.Single(pledged.Decide(denied).Refusals);
        Assert.Equal(("contradicts-ledger", pledged.Last), (refusal.Code, refusal.BlockingEvent));
    }
}
