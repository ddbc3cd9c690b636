using Ledger.Encumbrances;
using Ledger.Goods;
using Ledger.Rules;

namespace Ledger.Tests.Encumbrances;

public sealed class Releasing
{
    [Fact]
    public void a_lien_frees_the_item_once_the_last_is_gone()
    {
        var second = ItemScenario.Id(44);
        var story = new ItemScenario()
            .Registered()
            .Then(SampleCommands.Pledge())
            .Then(SampleCommands.Pledge(second))
            .Then(SampleCommands.Redemption());
        Assert.Equal("encumbered", ItemScenario.Code(story.Decide(ItemScenario.Offer())));
        story.Then(new ReleaseEncumbrance(second, SampleCommands.Bank, null));
        Assert.False(story.Decide(ItemScenario.Offer()).IsRefused);
    }

    [Fact]
    public void a_lien_is_the_holders()
    {
        var refusal = Assert.Single(
            new ItemScenario()
                .Registered()
                .Then(SampleCommands.Pledge())
                .Decide(SampleCommands.Redemption(SampleCommands.OtherBank))
                .Refusals
        );
        Assert.Equal(("not-the-holder", "holder"), (refusal.Code, refusal.Field));
    }

    [Fact]
    public void a_hold_is_the_placing_authoritys()
    {
        var refusal = Assert.Single(
            new ItemScenario()
                .Registered()
                .Then(SampleCommands.Seizure())
                .Decide(SampleCommands.Lifting(HoldAuthority.Police))
                .Refusals
        );
        Assert.Equal(("not-the-placer", "authority"), (refusal.Code, refusal.Field));
    }

    [Fact]
    public void a_hold_frees_the_item() =>
        Assert.False(
            new ItemScenario()
                .Registered()
                .Then(SampleCommands.Seizure())
                .Then(SampleCommands.Lifting())
                .Decide(ItemScenario.Offer())
                .IsRefused
        );

    [Fact]
    public void what_is_not_there_is_refused()
    {
        var story = new ItemScenario().Registered();
        Assert.Equal("encumbrance-not-found", ItemScenario.Code(story.Decide(SampleCommands.Redemption())));
        Assert.Equal("hold-not-found", ItemScenario.Code(story.Decide(SampleCommands.Lifting())));
    }

    [Fact]
    public void what_is_not_there_is_kept_when_another_register_reports_it()
    {
        var story = new ItemScenario().Registered();
        var decision = story.Decide(new ObserveFact(new EncumbranceReleased(), null));
        Assert.Equal("encumbrance-released", ItemScenario.Outcome(decision));
        Assert.Equal(
            (Result.OutOfSequence, "held"),
            (Assert.Single(decision.Verdicts).Result, decision.Verdicts[0].Inputs["life"])
        );
        Assert.False(story.Observe(new EncumbranceReleased()).State.Encumbrances.IsEncumbered);
    }

    [Fact]
    public void without_id_takes_the_oldest_lien()
    {
        var story = new ItemScenario()
            .Registered()
            .Observe(new EncumbranceRegistered(Until: new(2027, 1, 1)))
            .Observe(new EncumbranceRegistered(Until: new(2028, 1, 1)))
            .Observe(new EncumbranceReleased());
        Assert.Equal(new DateOnly(2028, 1, 1), Assert.Single(story.State.Encumbrances.Liens).Until);
    }

    [Fact]
    public void a_renewed_hold_of_the_tax_office_takes_one_release()
    {
        var story = new ItemScenario()
            .Registered()
            .Observe(new HoldPlaced(Authority: HoldAuthority.Tax, Hold: "dvs"))
            .Observe(new HoldPlaced(Authority: HoldAuthority.Tax, Hold: "dvs", Renewed: true));
        Assert.Single(story.State.Encumbrances.Holds);
        Assert.False(story.Observe(new HoldReleased(Hold: "dvs")).State.Encumbrances.IsHeld);
    }

    [Fact]
    public void one_kind_of_hold_leaves_the_other()
    {
        var story = new ItemScenario()
            .Registered()
            .Observe(new HoldPlaced(Hold: "otci"))
            .Observe(new HoldPlaced(Hold: "ove"))
            .Observe(new HoldReleased(Hold: "ove"));
        Assert.Equal("otci", Assert.Single(story.State.Encumbrances.Holds).Kind);
        Assert.Contains(
            story.Decide(new ObserveFact(new HoldReleased(Hold: "dvs"), null)).Verdicts,
            v => v.Result is Result.OutOfSequence
        );
    }

    [Fact]
    public void comes_later_when_the_lien_is_extended()
    {
        var story = new ItemScenario()
            .Registered()
            .Then(SampleCommands.Pledge())
            .Observe(new EncumbranceExtended(ItemScenario.Lien, new(2029, 1, 1)));
        var lien = Assert.Single(story.State.Encumbrances.Liens);
        Assert.Equal((true, new DateOnly(2029, 1, 1)), (lien.Extended, lien.Until));
        Assert.True(story.Observe(new LesseeChanged(ItemScenario.Lien)).State.Encumbrances.IsEncumbered);
    }
}
