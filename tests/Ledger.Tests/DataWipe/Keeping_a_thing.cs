using Ledger.Custody;

namespace Ledger.Tests.DataWipe;

public sealed class Keeping_a_thing
{
    static readonly Ledger.Kernel.PartyRef Keeper = new(Story.Market, "K-9");

    static TransferCustody HandOn(Ledger.Kernel.PartyRef? from = null, string? seal = null) =>
        new(Story.Intake, from, Keeper, "B-1", seal);

    [Fact]
    public void is_one_intake_at_a_time()
    {
        var story = new Story("electronics").Registered().Then(Acts.Arrival());
        Assert.Equal("custody-held-elsewhere", Story.Code(story.Decide(Acts.Arrival(Story.Stranger))));
        Assert.Equal("intake-closed", Story.Code(story.Decide(HandOn() with { IntakeId = Story.Stranger })));
    }

    [Fact]
    public void passes_on_with_both_sides_and_the_same_seal()
    {
        var story = new Story("electronics").Registered().Then(Acts.Arrival());
        Assert.Equal("counter-signature-missing", Story.Code(story.Decide(HandOn())));
        story.Then(HandOn(seal: "S-1"), second: "other-side");
        Assert.Equal(Keeper, story.State.Custody.Open?.Keeper);
        Assert.Equal("not-the-holder", Story.Code(story.Decide(HandOn(Story.Third), second: "other-side")));
        Assert.Equal("seal-mismatch", Story.Code(story.Decide(HandOn(Keeper, "S-2"), second: "other-side")));
    }
}
