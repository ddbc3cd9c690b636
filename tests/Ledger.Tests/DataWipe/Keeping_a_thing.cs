using Ledger.Custody;

namespace Ledger.Tests.DataWipe;

public sealed class Keeping_a_thing
{
    static readonly Ledger.Kernel.PartyRef Keeper = new("MK-510302-0001", "K-9");

    static TransferCustody HandOn(Ledger.Kernel.PartyRef? from = null, string? seal = null) =>
        new(ItemScenario.Intake, from, Keeper, "B-1", seal);

    [Fact]
    public void is_one_intake_at_a_time()
    {
        var story = new ItemScenario("electronics").Registered().Then(SampleCommands.Arrival());
        Assert.Equal(
            "custody-held-elsewhere",
            ItemScenario.Code(story.Decide(SampleCommands.Arrival(ItemScenario.Stranger)))
        );
        Assert.Equal(
            "intake-closed",
            ItemScenario.Code(story.Decide(HandOn() with { IntakeId = ItemScenario.Stranger }))
        );
    }

    [Fact]
    public void passes_on_with_both_sides_and_the_same_seal()
    {
        var story = new ItemScenario("electronics").Registered().Then(SampleCommands.Arrival());
        Assert.Equal("counter-signature-missing", ItemScenario.Code(story.Decide(HandOn())));
        // Somebody's word is not that of whoever shall keep it.
        Assert.Equal("counter-signature-missing", ItemScenario.Code(story.Decide(HandOn(), second: "other-side")));
        story.Second = Keeper;
        story.Then(HandOn(seal: "S-1"), second: "other-side");
        Assert.Equal(Keeper, story.State.Custody.Open?.Keeper);
        // Only its keeper hands it on, and says who he is.
        Assert.Equal("not-the-holder", ItemScenario.Code(story.Decide(HandOn(Keeper, "S-1"), second: "other-side")));
        story.Self = Keeper;
        Assert.Equal(
            "not-the-holder",
            ItemScenario.Code(story.Decide(HandOn(ItemScenario.Third), second: "other-side"))
        );
        foreach (var shown in (string?[])["S-2", null])
            Assert.Equal("seal-mismatch", ItemScenario.Code(story.Decide(HandOn(Keeper, shown), second: "other-side")));
    }

    [Fact]
    public void is_taken_in_again_from_whoever_keeps_it()
    {
        var story = new ItemScenario("electronics").Registered().Then(SampleCommands.Arrival());
        var again = SampleCommands.Arrival() with { IntakeId = ItemScenario.Id(66), From = Keeper };
        Assert.Equal("custody-held-elsewhere", ItemScenario.Code(story.Decide(again)));
        story.Second = Keeper;
        story.Then(HandOn(seal: "S-1"), second: "other-side");
        // Naming its keeper is not his word.
        Assert.Equal("custody-held-elsewhere", ItemScenario.Code(story.Decide(again)));
        story.Copy().Then(again, second: "other-side");
        story.Self = Keeper;
        story.Then(again);
        Assert.Equal((ItemScenario.Id(66), null), (story.State.Custody.Open?.Id, story.State.Custody.Open?.Keeper));
    }
}
