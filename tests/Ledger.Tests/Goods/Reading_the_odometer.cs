using Ledger.Goods;

namespace Ledger.Tests.Goods;

public sealed class Reading_the_odometer
{
    static ReadOdometer On(int day, long km, bool confirmed = false) =>
        new(km, DistanceUnit.Km, OdometerSource.Desk, new(2026, 1, day), null, confirmed);

    static ItemScenario At50000() => new ItemScenario().Registered().Then(On(5, 50_000));

    [Theory]
    [InlineData(6, 52_500, null)]
    [InlineData(6, 52_501, "too-fast")]
    [InlineData(6, 49_999, "rolled-back")]
    [InlineData(6, 505_000, "typo-suspected-x10")]
    [InlineData(6, 5_005, "typo-suspected-x10")]
    [InlineData(6, 31_500, "unit-change-suspected")]
    [InlineData(6, 50_000, null)]
    public void asks_again_with_the_likeliest_reason(int day, long km, string? reason)
    {
        var decision = At50000().Decide(On(day, km));
        if (reason is null)
        {
            Assert.Equal(OdometerVerdict.Plausible, ((OdometerObserved)Assert.Single(decision.Events)).Verdict);
            return;
        }
        var refusal = Assert.Single(decision.Refusals);
        Assert.Equal(("odometer-needs-confirmation", reason), (refusal.Code, refusal.With["reason"]));
        var confirmed = (OdometerObserved)Assert.Single(At50000().Decide(On(day, km, true)).Events);
        Assert.Equal((OdometerVerdict.Implausible, reason), (confirmed.Verdict, confirmed.ReasonCode));
    }

    [Fact]
    public void holds_the_next_one_against_the_last_that_was_plausible()
    {
        var story = At50000().Then(On(6, 20_000, true));
        Assert.Equal(20_000, story.State.Condition.OdometerKm);
        Assert.False(story.Decide(On(7, 50_100)).IsRefused);
        Assert.True(story.Decide(On(7, 20_100)).IsRefused);
    }
}
