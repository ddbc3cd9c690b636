using Ledger.Goods;
using Ledger.Kernel;

namespace Ledger.Tests.Goods;

public sealed class Reaching_its_limit
{
    [Fact]
    public void is_recorded_from_the_first_day_past_it_and_once()
    {
        var taxi = Taxi();
        Assert.Empty(taxi.Decide(new NoteScrapLimit(), On("2027-03-14")).Events);
        var reached = Assert.IsType<ScrapLimitReached>(
            Assert.Single(taxi.Decide(new NoteScrapLimit(), On("2027-03-15")).Events)
        );
        Assert.Equal(
            ("taxi-small", new DateOnly(2027, 3, 15), "scrap-years"),
            (reached.ScrapCategory, reached.LimitDate, reached.RuleId)
        );
        taxi.Then(new NoteScrapLimit(), On("2027-03-15"));
        Assert.Equal(new DateOnly(2027, 3, 15), taxi.State.ScrapLimitReached);
        Assert.Empty(taxi.Decide(new NoteScrapLimit(), On("2027-03-16")).Events);
    }

    [Fact]
    public void follows_the_limit_that_a_change_of_use_has_set()
    {
        var story = new ItemScenario();
        story.Then(story.Registration() with { FirstRegistered = new(2020, 1, 1) });
        Assert.Empty(story.Decide(new NoteScrapLimit(), On("2090-01-01")).Events);
        story.Then(new ChangeUse("taxi-small", new(2022, 7, 1)), On("2026-01-05"));
        Assert.Empty(story.Decide(new NoteScrapLimit(), On("2028-12-31")).Events);
        var reached = Assert.IsType<ScrapLimitReached>(
            Assert.Single(story.Decide(new NoteScrapLimit(), On("2029-01-01")).Events)
        );
        Assert.Equal("scrap-use-change", reached.RuleId);
    }

    [Fact]
    public void is_nothing_to_goods_without_a_limit()
    {
        Assert.Empty(new ItemScenario("furniture").Registered().Decide(new NoteScrapLimit(), On("2090-01-01")).Events);
    }

    static ItemScenario Taxi()
    {
        var story = new ItemScenario();
        return story.Then(
            story.Registration() with
            {
                ScrapCategory = "taxi-small",
                FirstRegistered = new(2019, 3, 15),
            }
        );
    }

    static DateTimeOffset On(string day) =>
        Instants.TryParseDay(day, out var at) ? ShanghaiDay.Start(at) : throw new FormatException(day);
}
