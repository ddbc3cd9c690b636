using Ledger.Goods;
using Ledger.Kernel;

namespace Ledger.Tests.Goods;

public sealed class Changing_the_use
{
    /// <summary>The table of rules.md §4.2, in days of use.</summary>
    [Theory]
    [InlineData("2020-01-01", "2022-07-01", "taxi-small", 9)] // 2.5 years
    [InlineData("2020-01-01", "2020-04-20", "taxi-small", 8)] // 0.3 years
    [InlineData("2020-01-01", "2030-01-01", "taxi-small", 13)] // 10 years
    [InlineData("2020-01-01", "2025-01-05", "rental", 15)] // 5.01 years: 15.706, capped
    [InlineData("2020-01-01", "2036-03-15", "taxi-small", 15)] // 16.2 years: 17, capped
    [InlineData("2020-01-01", "2022-01-01", "taxi-small", 9)] // exactly 2 years: U = 2
    [InlineData("2020-01-01", "2040-01-01", "taxi-small", 15)] // 20 years: the second term is none
    public void of_a_private_car_follows_the_formula(string registered, string changed, string to, int years) =>
        Assert.Equal(
            years,
            ScrapYears.AfterUseChange("private-small", to, ScrapYears.YearsBegun(Day(registered), Day(changed)))
        );

    [Theory]
    [InlineData("taxi-small", "private-small", 8)]
    [InlineData("private-mid", "bus", 13)]
    [InlineData("rental", "private-large", 15)]
    public void keeps_or_brings_the_commercial_limit(string from, string to, int years) =>
        Assert.Equal(years, ScrapYears.AfterUseChange(from, to, 3));

    [Fact]
    public void sets_the_limit_that_later_acts_are_judged_by()
    {
        var story = Car("2020-03-15").Then(new ChangeUse("taxi-small", Day("2026-01-05")));
        var changed = (UseNatureChanged)story.History.Events[^1].Event;
        // 6 years begun: ⌊6 + 11·8/17⌋ = 11.
        Assert.Equal(
            ("private-small", "taxi-small", 11, Day("2031-03-15")),
            (changed.From, changed.To, changed.YearsAllowed, changed.LimitDate)
        );
        Assert.Equal("2031-03-15", story.State.ScrapLimit);
        Assert.Equal(
            "frozen-last-year",
            ItemScenario.Code(story.Then(ItemScenario.OpenDeal()).Decide(ItemScenario.AgreePrice, On("2030-03-15")))
        );
        Assert.False(story.Decide(ItemScenario.AgreePrice, On("2030-03-14")).IsRefused);
    }

    [Fact]
    public void that_would_be_past_its_limit_is_refused()
    {
        var story = Car("2009-06-01");
        Assert.Equal(
            "already-past-limit",
            ItemScenario.Code(story.Decide(new ChangeUse("taxi-small", Day("2026-01-05"))))
        );
    }

    [Fact]
    public void is_frozen_in_the_last_year()
    {
        var story = new ItemScenario();
        story.Then(story.Registration() with { ScrapCategory = "taxi-small", FirstRegistered = Day("2018-06-30") });
        Assert.Contains(
            story.Decide(new ChangeUse("rental", Day("2026-01-05"))).Refusals,
            r => r.Code == "frozen-last-year"
        );
    }

    [Fact]
    public void to_an_unknown_use_or_of_an_unknown_car_is_refused()
    {
        Assert.Equal(
            "value-malformed",
            ItemScenario.Code(Car("2020-03-15").Decide(new ChangeUse("spaceship", Day("2026-01-05"))))
        );
        var story = new ItemScenario();
        story.Then(story.Registration() with { ScrapCategory = null });
        Assert.Equal("value-missing", ItemScenario.Code(story.Decide(new ChangeUse("taxi-small", Day("2026-01-05")))));
        Assert.Empty(Car("2020-03-15").Decide(new ChangeUse("private-small", Day("2026-01-05"))).Events);
    }

    static ItemScenario Car(string registered)
    {
        var story = new ItemScenario();
        return story.Then(story.Registration() with { FirstRegistered = Day(registered) });
    }

    static DateOnly Day(string text) => Instants.TryParseDay(text, out var day) ? day : throw new FormatException(text);

    static DateTimeOffset On(string day) => ShanghaiDay.Start(Day(day));
}
