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
        var story = new ItemScenario().Invoiced().Checked().Then(SampleCommands.Seizure());
        Assert.Equal("held-by-authority", ItemScenario.Code(story.Decide(ItemScenario.Station)));
    }

    /// <summary>The station that has the papers registers, and no other, whether it is named or not.</summary>
    [Theory]
    [InlineData(null, "ST-1", "station-not-authorised")]
    [InlineData(null, "ST-2", "")]
    [InlineData("ST-1", "ST-2", "")]
    [InlineData("ST-2", "ST-1", "not-at-this-station")]
    public void asks_whether_the_station_that_registers_may(string? named, string stopped, string refusal)
    {
        var story = new ItemScenario().Invoiced();
        story.Reservations[SiteReservations.State("ST-2")] = story.Reservations[SiteReservations.State("ST-1")];
        story.Checked();
        story.Reservations[SiteReservations.State(stopped)] = "suspended";
        var decision = story.Decide(ItemScenario.Station with { Station = named }).Told();
        Assert.Equal(refusal, string.Join(' ', decision.Refusals.Select(r => r.Code)));
    }

    [Fact]
    public void needs_submitted_papers_and_a_check_of_the_car_since_then()
    {
        var story = new ItemScenario().Invoiced();
        Assert.Equal("transfer-not-submitted", ItemScenario.Code(story.Decide(ItemScenario.Station)));
        // A look at the car before its papers came is no check of them.
        story.Then(SampleCommands.VehicleCheck()).Then(SampleCommands.Submission());
        Assert.Equal("vehicle-not-checked", ItemScenario.Code(story.Decide(ItemScenario.Station)));
        story.Then(SampleCommands.VehicleCheck()).Then(new RefuseTransfer(ItemScenario.Deal, "a page is missing"));
        Assert.Equal("transfer-not-submitted", ItemScenario.Code(story.Decide(ItemScenario.Station)));
        story.Then(SampleCommands.Submission());
        Assert.Equal("vehicle-not-checked", ItemScenario.Code(story.Decide(ItemScenario.Station)));
        Assert.False(story.Then(SampleCommands.VehicleCheck()).Decide(ItemScenario.Station).IsRefused);
    }

    /// <summary>The station that sent the papers back has none.</summary>
    [Fact]
    public void of_a_court_names_no_station_that_sent_the_papers_back()
    {
        var story = new ItemScenario().Invoiced().Checked().Then(new RefuseTransfer(ItemScenario.Deal, "seized"));
        story.Reservations[SiteReservations.State("ST-1")] = SiteStates.Suspended;
        story.Then(ItemScenario.Station with { Via = TransferVia.Court, Station = null, Papers = ["hash"] });
        Assert.Null(((OwnershipTransferred)story.History.Events[^1].Event).Station);
    }

    [Theory]
    [InlineData(TransferVia.Court)]
    [InlineData(TransferVia.Auction)]
    [InlineData(TransferVia.ForeignRegister)]
    public void goes_by_the_paper_of_a_court_an_auction_or_a_foreign_register(TransferVia via)
    {
        var story = new ItemScenario().Invoiced();
        var transfer = ItemScenario.Station with { Via = via, Station = null };
        Assert.Equal("papers-missing", ItemScenario.Code(story.Decide(transfer)));
        Assert.Equal(
            "needs-station-transfer",
            ItemScenario.Code(story.Decide(transfer with { Via = TransferVia.HandOver, Papers = ["hash"] }))
        );
        story.Then(transfer with { Papers = ["hash"] });
        Assert.Equal(ItemScenario.Buyer, story.State.Owner.Party);
        Assert.Equal("hash", story.History.Events[^1].Event.Facts?["papers"]);
    }
}
