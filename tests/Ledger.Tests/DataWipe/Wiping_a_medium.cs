using Ledger.DataWipe;
using Ledger.Goods;
using Ledger.Rules;
using Ledger.Trading;

namespace Ledger.Tests.DataWipe;

public sealed class Wiping_a_medium
{
    static readonly DateTimeOffset BlockingDay = new(2026, 12, 31, 16, 0, 0, TimeSpan.Zero);

    static Story Phone() => new("electronics");

    [Fact]
    public void goes_from_intake_to_sale_where_every_step_is_taken()
    {
        var story = Phone().Wipeable();
        Assert.Equal(DataState.Uncleared, story.State.Data.State);
        story.Then(Acts.Wipe());
        Assert.Equal(DataState.Attested, story.State.Data.State);
        story.Then(Acts.Check());
        Assert.Equal(DataState.Cleared, story.State.Data.State);
        story.Then(Story.Offer(), BlockingDay);
        Assert.Equal(Life.Listed, story.State.Life);
    }

    [Theory]
    [InlineData("received")]
    [InlineData("uncleared")]
    [InlineData("attested")]
    [InlineData("wipe failed")]
    public void is_asked_for_before_a_listing_from_the_day_of_the_law(string state)
    {
        var story = Acts.State(state).Reach(Phone());
        Assert.Equal("data-not-wiped", Story.Code(story.Decide(Story.Offer(), BlockingDay)));
        Assert.Equal("item-listed", Story.Outcome(story.Decide(Story.Offer(), BlockingDay.AddMilliseconds(-1))));
    }

    [Fact]
    public void carries_the_level_that_the_evidence_does_and_more_once_somebody_has_looked()
    {
        var story = Phone().Wiped();
        var attested = (WipeAttested)story.History.Events[^1].Event;
        // Without a check a purge is worth a clear.
        Assert.Equal(WipeLevel.Clear, attested.Level);
        story.Then(Acts.Check());
        Assert.Equal(WipeLevel.Purge, ((WipeVerified)story.History.Events[^1].Event).Level);
        Assert.Equal(WipeLevel.Purge, Assert.Single(story.State.Data.Attestations).Level);
    }

    /// <summary>One run may report on many devices; another run's report says nothing of this one.</summary>
    [Theory]
    [InlineData(null, false)]
    [InlineData("cleaner/2026-01-05", false)]
    [InlineData("cleaner/2026-01-04", true)]
    [InlineData("shredder/2026-01-05", true)]
    public void warns_of_a_report_that_was_used_for_another_run(string? usedFor, bool warned)
    {
        var story = Phone().Wipeable();
        var row = WipeReservations.Reports(["report"]).Single();
        if (usedFor is not null)
            story.Guards[row] = usedFor;
        var decision = story.Decide(Acts.Wipe());
        Assert.False(decision.IsRefused);
        Assert.Equal(warned, decision.Verdicts.Any(v => (v.RuleId, v.Result) == ("wipe-report-reused", Result.Hit)));
        story.Then(Acts.Wipe());
        Assert.Equal(usedFor ?? "cleaner/2026-01-05", story.Guards[row]);
    }

    [Fact]
    public void warns_of_one_used_report_among_several()
    {
        var story = Phone().Wipeable();
        story.Guards[WipeReservations.Reports(["old"]).Single()] = "cleaner/2026-01-04";
        var decision = story.Decide(Acts.Wipe() with { Docs = ["report", "old"] });
        Assert.Contains(decision.Verdicts, v => (v.RuleId, v.Result) == ("wipe-report-reused", Result.Hit));
    }

    /// <summary>What was attested of one stay says nothing of the next: it may have been used in between.</summary>
    [Fact]
    public void stands_for_its_own_medium_and_stay()
    {
        var story = Phone().Wiped();
        var attested = (WipeAttested)story.History.Events[^1].Event;
        story.Append(attested with { AttestationId = Story.Id(61), IntakeId = Story.Id(60) });
        Assert.Equal(Story.Attestation, story.State.Data.Live(0, Story.Intake)!.Id);
        Assert.Equal(Story.Id(61), story.State.Data.Live(0, Story.Id(60))!.Id);
        Assert.Null(story.State.Data.Live(1, Story.Intake));
        Assert.Null(story.State.Data.Live(0, Story.Stranger));
    }

    [Fact]
    public void refuses_a_claim_that_the_evidence_does_not_carry()
    {
        var refusal = Assert.Single(
            Phone().Wipeable().Decide(Acts.Wipe(WipeTechnique.FactoryReset, WipeLevel.Clear)).Refusals
        );
        Assert.Equal("level-not-supported-by-evidence", refusal.Code);
        Assert.Equal(("clear", "none"), (refusal.With["claimed"], refusal.With["derived"]));
    }

    [Fact]
    public void by_factory_reset_is_recorded_but_can_never_pass()
    {
        var story = Phone().Wipeable().Then(Acts.Wipe(WipeTechnique.FactoryReset));
        Assert.Equal("level-not-supported-by-evidence", Story.Code(story.Decide(Acts.Check())));
    }

    [Theory]
    [InlineData(WipeTechnique.NvmeSanitize, "technique-not-for-medium")]
    [InlineData(WipeTechnique.SanitizeBlock, "technique-not-for-medium")]
    [InlineData(WipeTechnique.Overwrite, "")]
    public void needs_a_technique_for_its_medium(WipeTechnique technique, string code) =>
        Assert.Equal(
            code,
            string.Join(' ', Phone().Wipeable().Decide(Acts.Wipe(technique)).Refusals.Select(r => r.Code))
        );

    [Fact]
    public void needs_consent_before_its_start_from_the_day_of_the_law()
    {
        var story = Phone().Registered().Then(Acts.Arrival()).Then(Acts.Media());
        var wipe = Acts.Wipe();
        var late = wipe with { StartedAt = BlockingDay, FinishedAt = BlockingDay.AddMinutes(1) };
        Assert.Equal("consent-missing", Story.Code(story.Decide(late, BlockingDay.AddMinutes(1))));
        var warned = story.Decide(wipe, Story.Start.AddMinutes(12));
        Assert.Equal(
            "wipe-consent-first Hit Warn",
            string.Join(' ', warned.Verdicts.Select(v => $"{v.RuleId} {v.Result} {v.Severity}"))
        );
        // One millisecond after the start is too late.
        story.Then(Acts.Consent(), BlockingDay.AddMilliseconds(1));
        Assert.Equal("consent-missing", Story.Code(story.Decide(late, BlockingDay.AddMinutes(1))));
    }

    [Fact]
    public void rests_on_the_consent_of_its_own_intake()
    {
        var story = Phone().Wiped().Then(Acts.Check());
        story.Then(Story.Meeting()).Then(Story.Handshake).Then(Story.Payment).Then(Story.Bill());
        story.Then(new CompleteDeal(Story.Deal));
        Assert.Null(story.State.Custody.Open);
        // Its buyer may sell it on without ever bringing it in: what was wiped for him says nothing of him.
        Assert.Equal(DataState.Cleared, story.State.Data.State);
        Assert.Equal(DataState.Uncleared, story.State.Data.StateForTrade);
        Assert.Equal("data-not-wiped", Story.Code(story.Decide(Story.Offer(), BlockingDay)));
        var again = Story.Id(66);
        story.Then(Acts.Arrival(again));
        // Whoever had it since may have left something on it.
        Assert.Equal(DataState.Uncleared, story.State.Data.State);
        Assert.Equal("intake-closed", Story.Code(story.Decide(Acts.Wipe(id: Story.Id(67)))));
        var second = Acts.Wipe(id: Story.Id(67), intake: again) with
        {
            StartedAt = BlockingDay,
            FinishedAt = BlockingDay.AddMinutes(1),
        };
        Assert.Equal("consent-missing", Story.Code(story.Decide(second, BlockingDay.AddMinutes(1))));
    }

    [Fact]
    public void is_attested_once_an_intake_and_again_after_a_failure()
    {
        var story = Phone().Wiped();
        var again = Acts.Wipe(id: Story.Id(67));
        Assert.Equal("medium-already-attested", Story.Code(story.Decide(again)));
        story.Then(Acts.Check(accepted: false));
        Assert.Equal(DataState.Uncleared, story.State.Data.State);
        Assert.False(story.Decide(again).IsRefused);
    }

    [Fact]
    public void that_took_no_time_or_less_than_its_bus_allows_is_refused()
    {
        var story = new Story("electronics").Registered().Then(Acts.Arrival()).Then(Acts.Media(MediumType.SsdSata));
        story.Then(Acts.Consent());
        story.Clock = Story.Start.AddMinutes(12);
        var wipe = Acts.Wipe(WipeTechnique.Overwrite);
        Assert.Equal("duration-not-plausible", Story.Code(story.Decide(wipe with { FinishedAt = wipe.StartedAt })));
        var big = wipe with { Evidence = wipe.Evidence with { BytesAddressed = 36_000_000_001 } };
        Assert.Equal("duration-not-plausible", Story.Code(story.Decide(big)));
        Assert.False(
            story.Decide(wipe with { Evidence = wipe.Evidence with { BytesAddressed = 36_000_000_000 } }).IsRefused
        );
    }

    [Fact]
    public void is_verified_by_somebody_else_with_something_else()
    {
        var story = Phone().Wiped();
        Assert.Equal("verifier-is-operator", Story.Code(story.Decide(Acts.Check(by: Acts.Operator))));
        Assert.Equal("same-tool", Story.Code(story.Decide(Acts.Check(tool: Acts.Cleaner))));
        Assert.False(story.Decide(Acts.Check(tool: Acts.Cleaner with { Version = "4.3" })).IsRefused);
        Assert.Equal("sample-too-small", Story.Code(story.Decide(Acts.Check(sampled: 2_994))));
        Assert.Equal("attestation-not-found", Story.Code(story.Decide(Acts.Check(id: Story.Stranger))));
    }

    [Fact]
    public void with_residues_cannot_pass_and_its_failure_is_recorded()
    {
        var story = Phone().Wiped();
        Assert.Equal("residue-found", Story.Code(story.Decide(Acts.Check(residues: 1))));
        Assert.Equal("wipe-failed", Story.Outcome(story.Decide(Acts.Check(residues: 1, accepted: false))));
        // Even the operator's own word that it failed counts.
        Assert.Equal("wipe-failed", Story.Outcome(story.Decide(Acts.Check(accepted: false, by: Acts.Operator))));
    }

    [Fact]
    public void of_two_is_not_enough()
    {
        var story = Phone().Registered().Then(Acts.Arrival());
        story.Then(
            new DeclareMedia([new(0, MediumType.Ufs, 1_000_000, null), new(1, MediumType.SdCard, 64, null)], null)
        );
        story.Then(Acts.Consent());
        story.Clock = Story.Start.AddMinutes(12);
        story.Then(Acts.Wipe()).Then(Acts.Check());
        Assert.Equal(DataState.Uncleared, story.State.Data.State);
        Assert.Equal("data-not-wiped", Story.Code(story.Decide(Story.Offer(), BlockingDay)));
        story.Then(new RemoveMedium(1, Story.Third));
        Assert.Equal(DataState.Cleared, story.State.Data.State);
    }

    [Theory]
    [InlineData(WipeTechnique.Disintegrate, WipeLevel.Destruct, DataState.Gone)]
    [InlineData(WipeTechnique.Melt, WipeLevel.Destruct, DataState.Gone)]
    [InlineData(WipeTechnique.Shred, WipeLevel.None, DataState.Uncleared)]
    [InlineData(WipeTechnique.Degauss, WipeLevel.None, DataState.Uncleared)]
    public void by_destruction_counts_where_the_technique_does(
        WipeTechnique technique,
        WipeLevel level,
        DataState state
    )
    {
        var story = Phone().Wipeable();
        var decision = story.Decide(Acts.Destruction(technique));
        Assert.Equal(level, ((MediumDestroyed)Assert.Single(decision.Events)).Level);
        Assert.Equal(level is WipeLevel.None, decision.Verdicts.Any(v => v.RuleId == "wipe-technique-accepted"));
        Assert.Equal(state, story.Then(Acts.Destruction(technique)).State.Data.State);
    }

    [Fact]
    public void destroyed_without_photo_and_weight_is_not_gone()
    {
        var story = Phone().Wipeable().Then(Acts.Destruction() with { WeightGrams = null });
        Assert.Equal(DataState.Uncleared, story.State.Data.State);
    }

    [Fact]
    public void in_another_item_cannot_be_declared_here()
    {
        var story = Phone().Wipeable("UFS-1");
        var key = WipeReservations.Medium(Acts.Media(serial: "UFS-1").Media[0].Serial!.Handle);
        Assert.Equal(Story.Item.ToString(), story.Guards[key]);
        var other = Phone();
        other.Guards[key] = Story.Stranger.ToString();
        Assert.Equal("medium-bound-elsewhere", Story.Code(other.Registered().Decide(Acts.Media(serial: "UFS-1"))));
        // Taken out, it may turn up elsewhere.
        story.Then(new RemoveMedium(0, Story.Third));
        Assert.DoesNotContain(key, story.Guards);
    }

    [Fact]
    public void is_declared_once_with_a_reason_where_there_is_none()
    {
        var story = Phone().Registered();
        Assert.Equal("media-none-needs-reason", Story.Code(story.Decide(new DeclareMedia([], null))));
        Assert.Equal(
            "medium-twice",
            Story.Code(
                story.Decide(
                    new DeclareMedia([new(0, MediumType.Ufs, 1, null), new(0, MediumType.SdCard, 1, null)], null)
                )
            )
        );
        story.Then(new DeclareMedia([], "a bare phone shell"));
        Assert.Equal(DataState.None, story.State.Data.State);
        Assert.Equal("media-already-declared", Story.Code(story.Decide(Acts.Media())));
        Assert.Equal("item-listed", Story.Outcome(story.Decide(Story.Offer(), BlockingDay)));
    }

    [Fact]
    public void is_agreed_to_by_the_owner()
    {
        var story = Phone().Registered(Story.Seller).Then(Acts.Arrival()).Then(Acts.Media());
        Assert.Equal("not-the-owner", Story.Code(story.Decide(Acts.Consent(by: Story.Third))));
        Assert.Equal("medium-not-found", Story.Code(story.Decide(Acts.Consent() with { Media = [7] })));
        Assert.False(story.Decide(Acts.Consent()).IsRefused);
    }

    [Fact]
    public void of_a_car_is_advised()
    {
        var decision = new Story().Registered().Decide(Story.Offer());
        Assert.Contains(decision.Verdicts, v => v is { RuleId: "wipe-car-carriers", Severity: Severity.Warn });
    }
}
