using Ledger.Goods;
using Ledger.Trading;

namespace Ledger.Tests.Goods;

public sealed class Disclosing_a_car
{
    [Fact]
    public void comes_before_a_listing()
    {
        var story = new Story { Discloses = false }.Registered();
        Assert.Equal("disclosure-incomplete", Story.Code(story.Decide(Story.Offer())));
        story.Then(Acts.Disclosing());
        var sheet = story.Last;
        story.Then(Story.Offer());
        Assert.Equal(sheet, ((ItemListed)story.History.Events[^1].Event).Disclosure);
    }

    [Fact]
    public void needs_an_answer_to_each_of_nine_and_not_checked_is_one()
    {
        var story = new Story { Discloses = false }
            .Registered()
            .Append(Acts.Sheet() with { Other = null });
        var refusal = Assert.Single(story.Decide(Story.Offer()).Refusals);
        Assert.Equal(("disclosure-incomplete", "8"), (refusal.Code, refusal.With["disclosedFields"]));
    }

    [Fact]
    public void comes_before_a_deal_is_agreed()
    {
        var story = new Story { Discloses = false }.Opened();
        Assert.Equal("disclosure-incomplete", Story.Code(story.Decide(Story.Handshake)));
        story.Then(Acts.Disclosing()).Then(Story.Handshake);
        Assert.NotNull(((DealAgreed)story.History.Events[^1].Event).Disclosure);
    }

    [Theory]
    [InlineData("appliance")]
    [InlineData("electronics")]
    public void is_asked_of_cars_only(string category) =>
        Assert.False(new Story(category).Registered().Decide(Story.Offer()).IsRefused);

    [Fact]
    public void cannot_deny_what_the_ledger_knows()
    {
        var story = new Story().Registered().Then(new RecordBrand(Brand.Accident, "insurer", null));
        Assert.Equal("contradicts-ledger", Story.Code(story.Decide(Acts.Disclosing())));
        Assert.False(story.Decide(Acts.Disclosing(Disclosed.Yes)).IsRefused);
        Assert.False(story.Decide(Acts.Disclosing(Disclosed.NotChecked)).IsRefused);
        var pledged = new Story().Registered().Then(Acts.Pledge());
        var denied = Acts.Disclosing(mortgage: Disclosed.No);
        var refusal = Assert.Single(pledged.Decide(denied).Refusals);
        Assert.Equal(("contradicts-ledger", pledged.Last), (refusal.Code, refusal.BlockingEvent));
    }
}
