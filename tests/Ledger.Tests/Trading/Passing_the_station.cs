using Ledger.Markets;
using Ledger.Trading;

namespace Ledger.Tests.Trading;

public sealed class Passing_the_station
{
    [Fact]
    public void goes_from_submission_by_the_check_to_the_new_owner()
    {
        var story = new ItemScenario().Invoiced().Then(SampleCommands.Submission());
        Assert.Equal(DealState.InTransfer, story.State.Trade.LiveDeal?.State);
        story.Then(SampleCommands.VehicleCheck()).Then(ItemScenario.Station);
        Assert.Equal(ItemScenario.Buyer, story.State.Owner.Party);
        Assert.Null(story.State.Trade.LiveDeal);
    }

    [Fact]
    public void sends_a_deal_back_to_its_desk_and_takes_it_again()
    {
        var story = new ItemScenario()
            .Invoiced()
            .Then(SampleCommands.Submission())
            .Then(new RefuseTransfer(ItemScenario.Deal, "a page is missing"));
        Assert.Equal(DealState.Invoiced, story.State.Trade.LiveDeal?.State);
        Assert.Equal("wrong-state", ItemScenario.Code(story.Decide(new RefuseTransfer(ItemScenario.Deal, "again"))));
        Assert.False(story.Decide(SampleCommands.Submission()).IsRefused);
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public void stops_a_car_that_is_not_what_its_papers_say(bool vin, bool engine)
    {
        var story = new ItemScenario()
            .Invoiced()
            .Then(SampleCommands.Submission())
            .Then(SampleCommands.VehicleCheck(vin, engine));
        var refusal = Assert.Single(story.Decide(ItemScenario.Station).Refusals);
        Assert.Equal(("identity-altered", story.Last), (refusal.Code, refusal.BlockingEvent));
        // A later check that finds it in order lets it pass.
        Assert.False(story.Then(SampleCommands.VehicleCheck()).Decide(ItemScenario.Station).IsRefused);
    }

    [Fact]
    public void needs_papers_and_a_car()
    {
        Assert.Equal(
            "papers-missing",
            ItemScenario.Code(new ItemScenario().Invoiced().Decide(SampleCommands.Submission() with { Papers = [] }))
        );
        Assert.Equal(
            "needs-hand-over",
            ItemScenario.Code(new ItemScenario("furniture").Invoiced().Decide(SampleCommands.Submission()))
        );
        Assert.Equal(
            "needs-hand-over",
            ItemScenario.Code(new ItemScenario("furniture").Invoiced().Decide(SampleCommands.VehicleCheck()))
        );
    }

    [Fact]
    public void stops_what_was_seized_meanwhile()
    {
        var story = new ItemScenario().Invoiced().Then(SampleCommands.Submission()).Then(SampleCommands.Seizure());
        Assert.Equal("held-by-authority", ItemScenario.Code(story.Decide(ItemScenario.Station)));
    }

    /// <summary>The station that is named registers; where none is, the one that has the papers.</summary>
    [Theory]
    [InlineData(null, "ST-1", "station-not-authorised")]
    [InlineData(null, "ST-2", "")]
    [InlineData("ST-2", "ST-1", "")]
    [InlineData("ST-2", "ST-2", "station-not-authorised")]
    public void asks_whether_the_station_that_registers_may(string? named, string stopped, string refusal)
    {
        var story = new ItemScenario().Invoiced();
        story.Reservations[SiteReservations.State("ST-2")] = story.Reservations[SiteReservations.State("ST-1")];
        story.Then(SampleCommands.Submission());
        story.Reservations[SiteReservations.State(stopped)] = "suspended";
        var decision = story.Decide(ItemScenario.Station with { Station = named }).Told();
        Assert.Equal(refusal, string.Join(' ', decision.Refusals.Select(r => r.Code)));
    }

    [Fact]
    public void asks_no_station_where_the_papers_are_at_none()
    {
        var story = new ItemScenario().Invoiced();
        story.Reservations[SiteReservations.State("ST-1")] = "suspended";
        Assert.False(story.Decide(ItemScenario.Station with { Station = null }).IsRefused);
    }
}
