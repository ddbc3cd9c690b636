using Ledger.DataWipe;
using Ledger.Goods;
using Ledger.Rules;
using Ledger.Trading;

namespace Ledger.Tests.DataWipe;

public sealed class Wiping_a_medium
{
    static readonly DateTimeOffset BlockingDay = new(2026, 12, 31, 16, 0, 0, TimeSpan.Zero);

    static ItemScenario Phone() => new("electronics");

    [Fact]
    public void goes_from_intake_to_sale_where_every_step_is_taken()
    {
        var story = Phone().Wipeable();
        Assert.Equal(DataState.Uncleared, story.State.Data.State);
        story.Then(SampleCommands.Wipe());
        Assert.Equal(DataState.Attested, story.State.Data.State);
        story.Then(SampleCommands.Check());
        Assert.Equal(DataState.Cleared, story.State.Data.State);
        story.Then(ItemScenario.Offer(), BlockingDay);
        Assert.Equal(Life.Listed, story.State.Life);
    }

    [Theory]
    [InlineData("received")]
    [InlineData("uncleared")]
    [InlineData("attested")]
    [InlineData("wipe failed")]
    public void is_asked_for_before_a_listing_from_the_day_of_the_law(string state)
    {
        var story = SampleCommands.State(state).Reach(Phone());
        Assert.Equal("data-not-wiped", ItemScenario.Code(story.Decide(ItemScenario.Offer(), BlockingDay)));
        Assert.Equal(
            "item-listed",
            ItemScenario.Outcome(story.Decide(ItemScenario.Offer(), BlockingDay.AddMilliseconds(-1)))
        );
    }

    [Fact]
    public void carries_the_level_that_the_evidence_does_and_more_once_somebody_has_looked()
    {
        var story = Phone().Wiped();
        var attested = (WipeAttested)story.History.Events[^1].Event;
        // Without a check a purge is worth a clear.
        Assert.Equal(WipeLevel.Clear, attested.Level);
        story.Then(SampleCommands.Check());
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
            story.Reservations[row] = usedFor;
        var decision = story.Decide(SampleCommands.Wipe());
        Assert.False(decision.IsRefused);
        Assert.Equal(warned, decision.Verdicts.Any(v => (v.RuleId, v.Result) == ("wipe-report-reused", Result.Hit)));
        story.Then(SampleCommands.Wipe());
        Assert.Equal(usedFor ?? "cleaner/2026-01-05", story.Reservations[row]);
    }

    [Fact]
    public void warns_of_one_used_report_among_several()
    {
        var story = Phone().Wipeable();
        story.Reservations[WipeReservations.Reports(["old"]).Single()] = "cleaner/2026-01-04";
        var decision = story.Decide(SampleCommands.Wipe() with { Docs = ["report", "old"] });
        Assert.Contains(decision.Verdicts, v => (v.RuleId, v.Result) == ("wipe-report-reused", Result.Hit));
    }

    /// <summary>What was attested of one stay says nothing of the next: it may have been used in between.</summary>
    [Fact]
    public void stands_for_its_own_medium_and_stay()
    {
        var story = Phone().Wiped();
        var attested = (WipeAttested)story.History.Events[^1].Event;
        story.Append(attested with { AttestationId = ItemScenario.Id(61), IntakeId = ItemScenario.Id(60) });
        Assert.Equal(ItemScenario.Attestation, story.State.Data.Live(0, ItemScenario.Intake)!.Id);
        Assert.Equal(ItemScenario.Id(61), story.State.Data.Live(0, ItemScenario.Id(60))!.Id);
        Assert.Null(story.State.Data.Live(1, ItemScenario.Intake));
        Assert.Null(story.State.Data.Live(0, ItemScenario.Stranger));
    }

    [Fact]
    public void refuses_a_claim_that_the_evidence_does_not_carry()
    {
        var refusal = Assert.Single(
            Phone().Wipeable().Decide(SampleCommands.Wipe(WipeTechnique.FactoryReset, WipeLevel.Clear)).Refusals
        );
        Assert.Equal("level-not-supported-by-evidence", refusal.Code);
        Assert.Equal(("clear", "none"), (refusal.With["claimed"], refusal.With["derived"]));
    }

    [Fact]
    public void by_factory_reset_is_recorded_but_can_never_pass()
    {
        var story = Phone().Wipeable().Then(SampleCommands.Wipe(WipeTechnique.FactoryReset));
        var refusal = Assert.Single(story.Decide(SampleCommands.Check()).Refusals);
        Assert.Equal(("wipe-carries-nothing", "evidence.technique"), (refusal.Code, refusal.With["missing"]));
    }

    [Fact]
    public void that_carries_nothing_says_what_is_missing_and_is_wiped_again()
    {
        var poor = SampleCommands.Wipe() with { Docs = [] };
        var story = Phone().Wipeable().Then(poor with { Evidence = poor.Evidence with { Result = WipeResult.Failed } });
        var refusal = Assert.Single(story.Decide(SampleCommands.Check()).Refusals);
        Assert.Equal(("wipe-carries-nothing", "docs, evidence.result"), (refusal.Code, refusal.With["missing"]));
        var again = SampleCommands.Wipe() with { AttestationId = ItemScenario.Id(88) };
        story.Then(again).Then(SampleCommands.Check() with { AttestationId = again.AttestationId });
        Assert.Equal(DataState.Cleared, story.State.Data.State);
        // What carries a level is not attested twice.
        Assert.Equal("wrong-state", ItemScenario.Code(story.Decide(SampleCommands.Check())));
    }

    [Theory]
    [InlineData(WipeTechnique.NvmeSanitize, "technique-not-for-medium")]
    [InlineData(WipeTechnique.SanitizeBlock, "technique-not-for-medium")]
    [InlineData(WipeTechnique.Overwrite, "")]
    public void needs_a_technique_for_its_medium(WipeTechnique technique, string code) =>
        Assert.Equal(
            code,
            string.Join(' ', Phone().Wipeable().Decide(SampleCommands.Wipe(technique)).Refusals.Select(r => r.Code))
        );

    [Fact]
    public void needs_consent_before_its_start_from_the_day_of_the_law()
    {
        var story = Phone().Registered().Then(SampleCommands.Arrival()).Then(SampleCommands.Media());
        var wipe = SampleCommands.Wipe();
        var late = wipe with { StartedAt = BlockingDay, FinishedAt = BlockingDay.AddMinutes(1) };
        Assert.Equal("consent-missing", ItemScenario.Code(story.Decide(late, BlockingDay.AddMinutes(1))));
        var warned = story.Decide(wipe, ItemScenario.Start.AddMinutes(12));
        Assert.Equal(
            "wipe-consent-first Hit Warn",
            string.Join(' ', warned.Verdicts.Select(v => $"{v.RuleId} {v.Result} {v.Severity}"))
        );
        // One millisecond after the start is too late.
        story.Then(SampleCommands.Consent(), BlockingDay.AddMilliseconds(1));
        Assert.Equal("consent-missing", ItemScenario.Code(story.Decide(late, BlockingDay.AddMinutes(1))));
    }

    [Fact]
    public void rests_on_the_consent_of_its_own_intake()
    {
        var story = Phone().Wiped().Then(SampleCommands.Check());
        story
            .Then(ItemScenario.OpenDeal())
            .Then(ItemScenario.AgreePrice)
            .Then(ItemScenario.Payment)
            .Then(ItemScenario.Invoice());
        story.Then(new CompleteDeal(ItemScenario.Deal));
        Assert.Null(story.State.Custody.Open);
        // Its buyer may sell it on without ever bringing it in: what was wiped for him says nothing of him.
        Assert.Equal(DataState.Cleared, story.State.Data.State);
        Assert.Equal(DataState.Uncleared, story.State.Data.StateForTrade);
        Assert.Equal("data-not-wiped", ItemScenario.Code(story.Decide(ItemScenario.Offer(), BlockingDay)));
        var again = ItemScenario.Id(66);
        story.Then(SampleCommands.Arrival(again));
        // Whoever had it since may have left something on it.
        Assert.Equal(DataState.Uncleared, story.State.Data.State);
        Assert.Equal("intake-closed", ItemScenario.Code(story.Decide(SampleCommands.Wipe(id: ItemScenario.Id(67)))));
        var second = SampleCommands.Wipe(id: ItemScenario.Id(67), intake: again) with
        {
            StartedAt = BlockingDay,
            FinishedAt = BlockingDay.AddMinutes(1),
        };
        Assert.Equal("consent-missing", ItemScenario.Code(story.Decide(second, BlockingDay.AddMinutes(1))));
    }

    [Fact]
    public void is_attested_once_an_intake_and_again_after_a_failure()
    {
        var story = Phone().Wiped();
        var again = SampleCommands.Wipe(id: ItemScenario.Id(67));
        Assert.Equal("medium-already-attested", ItemScenario.Code(story.Decide(again)));
        story.Then(SampleCommands.Check(accepted: false));
        Assert.Equal(DataState.Uncleared, story.State.Data.State);
        Assert.False(story.Decide(again).IsRefused);
    }

    [Fact]
    public void that_took_no_time_or_less_than_its_bus_allows_is_refused()
    {
        var story = new ItemScenario("electronics")
            .Registered()
            .Then(SampleCommands.Arrival())
            .Then(SampleCommands.Media(MediumType.SsdSata));
        story.Then(SampleCommands.Consent());
        story.Clock = ItemScenario.Start.AddMinutes(12);
        var wipe = SampleCommands.Wipe(WipeTechnique.Overwrite);
        Assert.Equal(
            "duration-not-plausible",
            ItemScenario.Code(story.Decide(wipe with { FinishedAt = wipe.StartedAt }))
        );
        var big = wipe with { Evidence = wipe.Evidence with { BytesAddressed = 36_000_000_001 } };
        Assert.Equal("duration-not-plausible", ItemScenario.Code(story.Decide(big)));
        Assert.False(
            story.Decide(wipe with { Evidence = wipe.Evidence with { BytesAddressed = 36_000_000_000 } }).IsRefused
        );
    }

    /// <summary>Whomever the body names as the verifier.</summary>
    [Fact]
    public void is_not_verified_by_the_person_who_recorded_the_wipe() =>
        Assert.Equal(
            "verifier-is-operator",
            ItemScenario.Code(Phone().Wiped().Decide(SampleCommands.Check(), actor: ItemScenario.Clerk))
        );

    [Theory]
    [InlineData("Cleaner", "4.2", true)]
    [InlineData("cleaner", "v4.2", true)]
    [InlineData("CLEANER ", "4.2.0", true)]
    [InlineData("ｃｌｅａｎｅｒ", "４.２", true)]
    [InlineData("clean-er", "4.2", true)]
    [InlineData("cleaner", "4.20", false)]
    [InlineData("cleaner 2", "4.2", false)]
    public void is_verified_with_the_same_tool_however_that_is_written(string name, string version, bool same) =>
        Assert.Equal(same, new WipeTool("cleaner", "4.2").IsSame(new(name, version)));

    [Fact]
    public void is_verified_with_the_same_tool_where_it_is_the_same_file() =>
        Assert.True(new WipeTool("cleaner", "4.2", "ab").IsSame(new("reader", "1.0", "ab")));

    [Fact]
    public void is_verified_by_somebody_else_with_something_else()
    {
        var story = Phone().Wiped();
        Assert.Equal(
            "verifier-is-operator",
            ItemScenario.Code(story.Decide(SampleCommands.Check(by: SampleCommands.Operator)))
        );
        Assert.Equal("same-tool", ItemScenario.Code(story.Decide(SampleCommands.Check(tool: SampleCommands.Cleaner))));
        Assert.False(
            story.Decide(SampleCommands.Check(tool: SampleCommands.Cleaner with { Version = "4.3" })).IsRefused
        );
        Assert.Equal("sample-too-small", ItemScenario.Code(story.Decide(SampleCommands.Check(sampled: 2_994))));
        Assert.Equal(
            "attestation-not-found",
            ItemScenario.Code(story.Decide(SampleCommands.Check(id: ItemScenario.Stranger)))
        );
    }

    [Fact]
    public void with_residues_cannot_pass_and_its_failure_is_recorded()
    {
        var story = Phone().Wiped();
        Assert.Equal("residue-found", ItemScenario.Code(story.Decide(SampleCommands.Check(residues: 1))));
        Assert.Equal(
            "wipe-failed",
            ItemScenario.Outcome(story.Decide(SampleCommands.Check(residues: 1, accepted: false)))
        );
        // Even the operator's own word that it failed counts.
        Assert.Equal(
            "wipe-failed",
            ItemScenario.Outcome(story.Decide(SampleCommands.Check(accepted: false, by: SampleCommands.Operator)))
        );
    }

    [Fact]
    public void of_two_is_not_enough()
    {
        var story = Phone().Registered().Then(SampleCommands.Arrival());
        story.Then(
            new DeclareMedia([new(0, MediumType.Ufs, 1_000_000, null), new(1, MediumType.SdCard, 64, null)], null)
        );
        story.Then(SampleCommands.Consent());
        story.Clock = ItemScenario.Start.AddMinutes(12);
        story.Then(SampleCommands.Wipe()).Then(SampleCommands.Check());
        Assert.Equal(DataState.Uncleared, story.State.Data.State);
        Assert.Equal("data-not-wiped", ItemScenario.Code(story.Decide(ItemScenario.Offer(), BlockingDay)));
        story.Then(new RemoveMedium(1, ItemScenario.Third));
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
        var decision = story.Decide(SampleCommands.Destruction(technique));
        Assert.Equal(level, ((MediumDestroyed)Assert.Single(decision.Events)).Level);
        Assert.Equal(level is WipeLevel.None, decision.Verdicts.Any(v => v.RuleId == "wipe-technique-accepted"));
        Assert.Equal(state, story.Then(SampleCommands.Destruction(technique)).State.Data.State);
    }

    [Fact]
    public void destroyed_without_photo_and_weight_is_not_gone()
    {
        var story = Phone().Wipeable().Then(SampleCommands.Destruction() with { WeightGrams = null });
        Assert.Equal(DataState.Uncleared, story.State.Data.State);
    }

    [Fact]
    public void in_another_item_cannot_be_declared_here()
    {
        var story = Phone().Wipeable("UFS-1");
        var key = WipeReservations.Medium(SampleCommands.Media(serial: "UFS-1").Media[0].Serial!.Handle);
        Assert.Equal(ItemScenario.Item.ToString(), story.Reservations[key]);
        var other = Phone();
        other.Reservations[key] = ItemScenario.Stranger.ToString();
        Assert.Equal(
            "medium-bound-elsewhere",
            ItemScenario.Code(other.Registered().Decide(SampleCommands.Media(serial: "UFS-1")))
        );
        // Taken out, it may turn up elsewhere.
        story.Then(new RemoveMedium(0, ItemScenario.Third));
        Assert.DoesNotContain(key, story.Reservations);
    }

    [Fact]
    public void is_declared_once_with_a_reason_where_there_is_none()
    {
        var story = Phone().Registered();
        Assert.Equal("media-none-needs-reason", ItemScenario.Code(story.Decide(new DeclareMedia([], null))));
        Assert.Equal(
            "medium-twice",
            ItemScenario.Code(
                story.Decide(
                    new DeclareMedia([new(0, MediumType.Ufs, 1, null), new(0, MediumType.SdCard, 1, null)], null)
                )
            )
        );
        story.Then(new DeclareMedia([], "a bare phone shell"));
        Assert.Equal(DataState.None, story.State.Data.State);
        Assert.Equal("media-already-declared", ItemScenario.Code(story.Decide(SampleCommands.Media())));
        Assert.Equal("item-listed", ItemScenario.Outcome(story.Decide(ItemScenario.Offer(), BlockingDay)));
    }

    [Fact]
    public void is_agreed_to_by_the_owner()
    {
        var story = Phone().Registered(ItemScenario.Seller).Then(SampleCommands.Arrival()).Then(SampleCommands.Media());
        Assert.Equal("not-the-owner", ItemScenario.Code(story.Decide(SampleCommands.Consent(by: ItemScenario.Third))));
        Assert.Equal(
            "medium-not-found",
            ItemScenario.Code(story.Decide(SampleCommands.Consent() with { Media = [7] }))
        );
        Assert.False(story.Decide(SampleCommands.Consent()).IsRefused);
    }

    [Fact]
    public void of_a_car_is_advised()
    {
        var decision = new ItemScenario().Registered().Decide(ItemScenario.Offer());
        Assert.Contains(decision.Verdicts, v => v is { RuleId: "wipe-car-carriers", Severity: Severity.Warn });
    }
}
