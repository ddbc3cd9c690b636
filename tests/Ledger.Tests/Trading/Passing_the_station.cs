using Ledger.Markets;
using Ledger.Trading;

namespace Ledger.Tests.Trading;

public sealed class Passing_the_station
{
    [Fact]
    public void goes_from_submission_by_the_check_to_the_new_owner()
    {
        var story = new Story().Invoiced().Then(Acts.Submission());
        Assert.Equal(DealState.InTransfer, story.State.Trade.LiveDeal?.State);
        story.Then(Acts.VehicleCheck()).Then(Story.Station);
        Assert.Equal(Story.Buyer, story.State.Owner.Party);
        Assert.Null(story.State.Trade.LiveDeal);
    }

    [Fact]
    public void sends_a_deal_back_to_its_desk_and_takes_it_again()
    {
        var story = new Story()
            .Invoiced()
            .Then(Acts.Submission())
            .Then(new RefuseTransfer(Story.Deal, "a page is missing"));
        Assert.Equal(DealState.Invoiced, story.State.Trade.LiveDeal?.State);
        Assert.Equal("wrong-state", Story.Code(story.Decide(new RefuseTransfer(Story.Deal, "again"))));
        Assert.False(story.Decide(Acts.Submission()).IsRefused);
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public void stops_a_car_that_is_not_what_its_papers_say(bool vin, bool engine)
    {
        var story = new Story().Invoiced().Then(Acts.Submission()).Then(Acts.VehicleCheck(vin, engine));
        var refusal = Assert.Single(story.Decide(Story.Station).Refusals);
        Assert.Equal(("identity-altered", story.Last), (refusal.Code, refusal.BlockingEvent));
        // A later check that finds it in order lets it pass.
        Assert.False(story.Then(Acts.VehicleCheck()).Decide(Story.Station).IsRefused);
    }

    [Fact]
    public void needs_papers_and_a_car()
    {
        Assert.Equal(
            "papers-missing",
            Story.Code(new Story().Invoiced().Decide(Acts.Submission() with { Papers = [] }))
        );
        Assert.Equal("needs-hand-over", Story.Code(new Story("furniture").Invoiced().Decide(Acts.Submission())));
        Assert.Equal("needs-hand-over", Story.Code(new Story("furniture").Invoiced().Decide(Acts.VehicleCheck())));
    }

    [Fact]
    public void stops_what_was_seized_meanwhile()
    {
        var story = new Story().Invoiced().Then(Acts.Submission()).Then(Acts.Seizure());
        Assert.Equal("held-by-authority", Story.Code(story.Decide(Story.Station)));
    }

    /// <summary>The station that is named registers; where none is, the one that has the papers.</summary>
    [Theory]
    [InlineData(null, "ST-1", "station-not-authorised")]
    [InlineData(null, "ST-2", "")]
    [InlineData("ST-2", "ST-1", "")]
    [InlineData("ST-2", "ST-2", "station-not-authorised")]
    public void asks_whether_the_station_that_registers_may(string? named, string stopped, string refusal)
    {
        var story = new Story().Invoiced();
        story.Guards[SiteReservations.State("ST-2")] = story.Guards[SiteReservations.State("ST-1")];
        story.Then(Acts.Submission());
        story.Guards[SiteReservations.State(stopped)] = "suspended";
        var decision = story.Decide(Story.Station with { Station = named }).Told();
        Assert.Equal(refusal, string.Join(' ', decision.Refusals.Select(r => r.Code)));
    }

    [Fact]
    public void asks_no_station_where_the_papers_are_at_none()
    {
        var story = new Story().Invoiced();
        story.Guards[SiteReservations.State("ST-1")] = "suspended";
        Assert.False(story.Decide(Story.Station with { Station = null }).IsRefused);
    }
}
