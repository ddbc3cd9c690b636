using Ledger.Goods;
using Ledger.Kernel;

namespace Ledger.Tests.Goods;

/// <summary>What a category does not have cannot be said of it; days come in their order.</summary>
public sealed class Facts_of_a_category
{
    [Theory]
    [InlineData("furniture", "not-of-this-category")]
    [InlineData("electronics", "not-of-this-category")]
    [InlineData("used-car", "")]
    [InlineData("farm-machinery", "")]
    public void have_an_odometer_where_it_drives(string category, string refusal) =>
        Assert.Equal(
            refusal,
            string.Join(
                ' ',
                new ItemScenario(category)
                    .Registered()
                    .Decide(SampleCommands.Reading(52_000))
                    .Refusals.Select(r => r.Code)
            )
        );

    [Fact]
    public void have_the_sheet_of_a_car_where_it_is_one() =>
        Assert.Equal(
            "not-of-this-category",
            ItemScenario.Code(new ItemScenario("furniture").Registered().Decide(SampleCommands.Disclosing()))
        );

    [Theory]
    [InlineData("firstRegistered")]
    [InlineData("scrapCategory")]
    [InlineData("fuel")]
    public void are_not_said_at_the_registration_of_another(string member)
    {
        var sofa = new ItemScenario("furniture");
        var said = sofa.Registration() with
        {
            FirstRegistered = member == "firstRegistered" ? new(2020, 3, 15) : null,
            ScrapCategory = member == "scrapCategory" ? "private-small" : null,
            Fuel = member == "fuel" ? "petrol" : null,
        };
        var refusal = Assert.Single(sofa.Decide(said).Refusals);
        Assert.Equal(("value-not-allowed", member), (refusal.Code, refusal.Field));
    }

    [Theory]
    [InlineData("2020-03-15", "")]
    [InlineData("2020-03-16", "days-out-of-order")]
    public void let_a_car_be_made_before_it_is_registered(string made, string refusal)
    {
        var story = new ItemScenario();
        var car = story.Registration() with { ProductionDate = Day(made) };
        Assert.Equal(refusal, string.Join(' ', story.Decide(car).Refusals.Select(r => r.Code)));
    }

    [Theory]
    [InlineData("2026-01-05", "")]
    [InlineData("2026-01-04", "days-out-of-order")]
    public void end_no_sooner_than_they_begin(string last, string refusal)
    {
        var story = new ItemScenario().Registered();
        foreach (
            var command in (ItemCommand[])
                [
                    ItemScenario.Offer() with
                    {
                        EndsOn = Day(last),
                    },
                    new RecordPeriodicInspection("annual", true, Day(last), null),
                    new AppraiseItem(7_000_000, "CNY", "market", Day(last), ItemScenario.Third),
                ]
        )
            Assert.Equal(refusal, string.Join(' ', story.Decide(command).Refusals.Select(r => r.Code)));
    }

    [Fact]
    public void let_a_car_be_transferred_no_sooner_than_it_was_first_registered()
    {
        var story = new ItemScenario().Invoiced().Checked();
        var early = ItemScenario.Station with { RegisteredOn = new(2020, 3, 14) };
        Assert.Equal("days-out-of-order", ItemScenario.Code(story.Decide(early)));
        Assert.False(story.Decide(early with { RegisteredOn = new(2020, 3, 15) }).IsRefused);
    }

    [Fact]
    public void let_nobody_sell_to_himself_in_a_register_either() =>
        Assert.Equal(
            "buyer-is-seller",
            ItemScenario.Code(
                new ItemScenario().Decide(
                    new ItemScenario().Sold(ItemScenario.Sale(ItemScenario.Seller, ItemScenario.Seller))
                )
            )
        );

    static DateOnly Day(string text) => Instants.TryParseDay(text, out var day) ? day : throw new FormatException(text);
}
