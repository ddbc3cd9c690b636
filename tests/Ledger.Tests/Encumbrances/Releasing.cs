using Ledger.Encumbrances;
using Ledger.Goods;
using Ledger.Rules;

namespace Ledger.Tests.Encumbrances;

public sealed class Releasing
{
    [Fact]
    public void a_lien_frees_the_item_once_the_last_is_gone()
    {
        var second = Story.Id(44);
        var story = new Story().Registered().Then(Acts.Pledge()).Then(Acts.Pledge(second)).Then(Acts.Redemption());
        Assert.Equal("encumbered", Story.Code(story.Decide(Story.Offer())));
        story.Then(new ReleaseEncumbrance(second, Acts.Bank, null));
        Assert.False(story.Decide(Story.Offer()).IsRefused);
    }

    [Fact]
    public void a_lien_is_the_holders()
    {
        var refusal = Assert.Single(
            new Story().Registered().Then(Acts.Pledge()).Decide(Acts.Redemption(Acts.OtherBank)).Refusals
        );
        Assert.Equal(("not-the-holder", "holder"), (refusal.Code, refusal.Field));
    }

    [Fact]
    public void a_hold_is_the_placing_authoritys()
    {
        var refusal = Assert.Single(
            new Story().Registered().Then(Acts.Seizure()).Decide(Acts.Lifting(HoldAuthority.Police)).Refusals
        );
        Assert.Equal(("not-the-placer", "authority"), (refusal.Code, refusal.Field));
    }

    [Fact]
    public void a_hold_frees_the_item() =>
        Assert.False(
            new Story().Registered().Then(Acts.Seizure()).Then(Acts.Lifting()).Decide(Story.Offer()).IsRefused
        );

    [Fact]
    public void what_is_not_there_is_refused()
    {
        var story = new Story().Registered();
        Assert.Equal("encumbrance-not-found", Story.Code(story.Decide(Acts.Redemption())));
        Assert.Equal("hold-not-found", Story.Code(story.Decide(Acts.Lifting())));
    }

    [Fact]
    public void what_is_not_there_is_kept_when_another_register_reports_it()
    {
        var story = new Story().Registered();
        var decision = story.Decide(new ObserveFact(new EncumbranceReleased(), null));
        Assert.Equal("encumbrance-released", Story.Outcome(decision));
        Assert.Equal(
            (Result.OutOfSequence, "held"),
            (Assert.Single(decision.Verdicts).Result, decision.Verdicts[0].Inputs["life"])
        );
        Assert.False(story.Observe(new EncumbranceReleased()).State.Encumbrances.IsEncumbered);
    }

    [Fact]
    public void without_id_takes_the_oldest_lien()
    {
        var story = new Story()
            .Registered()
            .Observe(new EncumbranceRegistered(Until: new(2027, 1, 1)))
            .Observe(new EncumbranceRegistered(Until: new(2028, 1, 1)))
            .Observe(new EncumbranceReleased());
        Assert.Equal(new DateOnly(2028, 1, 1), Assert.Single(story.State.Encumbrances.Liens).Until);
    }

    [Fact]
    public void a_renewed_hold_of_the_tax_office_takes_one_release()
    {
        var story = new Story()
            .Registered()
            .Observe(new HoldPlaced(Authority: HoldAuthority.Tax, Hold: "dvs"))
            .Observe(new HoldPlaced(Authority: HoldAuthority.Tax, Hold: "dvs", Renewed: true));
        Assert.Single(story.State.Encumbrances.Holds);
        Assert.False(story.Observe(new HoldReleased(Hold: "dvs")).State.Encumbrances.IsHeld);
    }

    [Fact]
    public void one_kind_of_hold_leaves_the_other()
    {
        var story = new Story()
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
        var story = new Story()
            .Registered()
            .Then(Acts.Pledge())
            .Observe(new EncumbranceExtended(Story.Lien, new(2029, 1, 1)));
        var lien = Assert.Single(story.State.Encumbrances.Liens);
        Assert.Equal((true, new DateOnly(2029, 1, 1)), (lien.Extended, lien.Until));
        Assert.True(story.Observe(new LesseeChanged(Story.Lien)).State.Encumbrances.IsEncumbered);
    }
}
