using Ledger.Goods;
using Ledger.Trading;

namespace Ledger.Tests.Trading;

public sealed class Taking_into_stock
{
    static TakeIntoStock Purchase { get; } = new(ItemScenario.Third, StockMode.Purchase, 100, "CNY");

    [Theory]
    [InlineData("used-car")]
    [InlineData("electronics")]
    public void makes_nobody_the_owner_of_what_is_somebody_elses(string category)
    {
        var story = new ItemScenario(category).Registered(ItemScenario.Seller);
        var refusal = Assert.Single(story.Decide(Purchase).Refusals);
        Assert.Equal(("dealer-not-owner", "dealer", story.Last), (refusal.Code, refusal.Field, refusal.BlockingEvent));
    }

    [Fact]
    public void is_the_owners_act()
    {
        var story = new ItemScenario().Registered(ItemScenario.Third).Then(Purchase);
        Assert.Equal((Life.Stocked, ItemScenario.Third), (story.State.Life, story.State.Owner.Party));
    }

    /// <summary>A car passes by a station: nobody buys one of nobody.</summary>
    [Fact]
    public void of_a_car_whose_owner_nobody_told_is_no_purchase() =>
        Assert.Equal("dealer-not-owner", ItemScenario.Code(new ItemScenario().Registered().Decide(Purchase)));

    [Fact]
    public void of_a_phone_whose_owner_nobody_told_makes_the_dealer_its_owner_unless_it_is_held()
    {
        var story = new ItemScenario("electronics").Registered().Then(SampleCommands.Seizure());
        Assert.Equal("held-by-authority", ItemScenario.Code(story.Decide(Purchase)));
        Assert.Equal(ItemScenario.Third, new ItemScenario("electronics").Registered().Then(Purchase).State.Owner.Party);
    }

    [Fact]
    public void on_consignment_leaves_the_owner_as_he_is()
    {
        var story = new ItemScenario().Registered(ItemScenario.Seller).Then(Purchase with { Mode = StockMode.Consign });
        Assert.Equal((Life.Stocked, ItemScenario.Seller), (story.State.Life, story.State.Owner.Party));
    }
}
