using Ledger.Exports;

namespace Ledger.Tests.Exports;

/// <summary>A bundle says that nothing was left out, so what is on record must be in it.</summary>
public sealed class Issuing_a_bundle
{
    static IssueBundle Covering(long events) => new("5f1c", ["identifiers"], 9, events, "export", null);

    [Fact]
    public void of_all_there_is_stands_on_the_record()
    {
        var story = new ItemScenario().Registered().Then(SampleCommands.Pledge());
        var issued = Assert.IsType<BundleIssued>(Assert.Single(story.Decide(Covering(2)).Events));
        Assert.Equal(("5f1c", 9L, "export"), (issued.ManifestHash, issued.CheckpointSize, issued.Purpose));
    }

    [Fact]
    public void without_the_newest_event_is_refused()
    {
        var refusal = Assert.Single(
            new ItemScenario().Registered().Then(SampleCommands.Pledge()).Decide(Covering(1)).Refusals
        );
        Assert.Equal(
            ("item-head-not-logged", "1", "2"),
            (refusal.Code, refusal.With["covered"], refusal.With["version"])
        );
    }

    [Fact]
    public void leaves_out_only_that_others_were_issued()
    {
        var story = new ItemScenario().Registered().Then(Covering(1)).Then(Covering(1));
        Assert.Equal("bundle-issued", ItemScenario.Outcome(story.Decide(Covering(1))));
        Assert.Equal(
            "item-head-not-logged",
            ItemScenario.Code(story.Then(SampleCommands.Pledge()).Decide(Covering(1)))
        );
    }

    [Fact]
    public void moves_nothing_and_is_done_of_what_has_ended()
    {
        var before = new ItemScenario().Registered();
        var life = before.State.Life;
        Assert.Equal(life, before.Then(Covering(1)).State.Life);
        Assert.Equal(
            "bundle-issued",
            ItemScenario.Outcome(SampleCommands.State("exported").Reach(new()).Decide(Covering(2)))
        );
    }

    /// <summary>A station's bundle stands in its division, as whatever happens at a border does.</summary>
    [Fact]
    public void stands_where_it_is_issued()
    {
        var issuing = new IssueBundle("5f1c", [], 9, 1, "export", null);
        Assert.Equal("510104", issuing.PlaceOf(new("x", "STN", "ST-510104-01")).Region);
        Assert.Equal("510104", issuing.PlaceOf(new("x", "CLK", "MK-510104-0001")).Region);
        Assert.Null(issuing.PlaceOf(new("x", "ADM")).Region);
    }
}
