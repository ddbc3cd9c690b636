using Ledger.DataWipe;
using Ledger.Goods;

namespace Ledger.Tests.DataWipe;

/// <summary>Each piece of evidence reaches the rule, and what is told of a medium later takes its wipe back.</summary>
public sealed class What_a_wipe_is_worth
{
    static ItemScenario Phone() => new("electronics");

    /// <summary>A purge that its own tool has read back; less evidence is worth less.</summary>
    [Theory]
    [InlineData("whole", WipeLevel.Purge)]
    [InlineData("unchecked", WipeLevel.Clear)]
    [InlineData("unreached", WipeLevel.Clear)]
    [InlineData("short", WipeLevel.Clear)]
    [InlineData("hpa", WipeLevel.Clear)]
    [InlineData("dco", WipeLevel.Clear)]
    [InlineData("ama", WipeLevel.Clear)]
    [InlineData("hidden cleared", WipeLevel.Purge)]
    // What is not told is unknown: one level down, never good.
    [InlineData("hidden untold", WipeLevel.Clear)]
    [InlineData("bytes untold", WipeLevel.Clear)]
    [InlineData("unreached untold", WipeLevel.Clear)]
    [InlineData("residues untold", WipeLevel.Clear)]
    [InlineData("nothing told", WipeLevel.Clear)]
    [InlineData("failed", WipeLevel.None)]
    [InlineData("residues", WipeLevel.None)]
    public void follows_from_its_evidence(string kind, WipeLevel level)
    {
        var wipe = SampleCommands.Wipe();
        var (no, unknown) = (HiddenArea.Absent, HiddenArea.Unknown);
        var whole = wipe.Evidence with { Check = new(CheckMethod.Full, 10, 10, 0) };
        var evidence = kind switch
        {
            "unchecked" => wipe.Evidence,
            "unreached" => whole with { Unreached = 1 },
            "short" => whole with { BytesAddressed = 999_999 },
            "hpa" => whole with { Hidden = new(unknown, no, no) },
            "dco" => whole with { Hidden = new(no, unknown, no) },
            "ama" => whole with { Hidden = new(no, no, unknown) },
            "hidden cleared" => whole with { Hidden = new(HiddenArea.Cleared, no, no) },
            "hidden untold" => whole with { Hidden = null },
            "bytes untold" => whole with { BytesAddressed = null },
            "unreached untold" => whole with { Unreached = null },
            "residues untold" => whole with { Check = new(CheckMethod.Full, 10, 10) },
            "nothing told" => new(WipeTechnique.UfsPurge, WipeResult.Ok),
            "failed" => whole with { Result = WipeResult.Failed },
            "residues" => whole with { Check = new(CheckMethod.Full, 10, 10, 1) },
            _ => whole,
        };
        var story = Phone().Wipeable().Then(wipe with { Evidence = evidence });
        Assert.Equal(level, ((WipeAttested)story.History.Events[^1].Event).Level);
    }

    /// <summary>A clear of which nobody told how much it reached is none.</summary>
    [Theory]
    [InlineData(true, WipeLevel.Clear)]
    [InlineData(false, WipeLevel.None)]
    public void is_nothing_where_an_overwrite_does_not_tell_its_bytes(bool told, WipeLevel level)
    {
        var wipe = SampleCommands.Wipe(WipeTechnique.Overwrite);
        var story = Phone()
            .Wipeable()
            .Then(told ? wipe : wipe with { Evidence = wipe.Evidence with { BytesAddressed = null } });
        Assert.Equal(level, ((WipeAttested)story.History.Events[^1].Event).Level);
    }

    /// <summary>All bytes that there are: of how many nobody said.</summary>
    [Fact]
    public void is_less_where_the_medium_does_not_tell_its_size()
    {
        var story = Phone().Registered().Then(SampleCommands.Arrival());
        story.Then(new DeclareMedia([new(0, MediumType.Ufs, null, null)], null)).Then(SampleCommands.Consent());
        story.Clock = ItemScenario.Start.AddMinutes(12);
        var wipe = SampleCommands.Wipe();
        story.Then(wipe with { Evidence = wipe.Evidence with { Check = new(CheckMethod.Full, 10, 10, 0) } });
        Assert.Equal(WipeLevel.Clear, ((WipeAttested)story.History.Events[^1].Event).Level);
    }

    [Theory]
    [InlineData(Known.Yes, WipeLevel.Clear)]
    [InlineData(Known.No, WipeLevel.None)]
    [InlineData(Known.Unknown, WipeLevel.None)]
    public void of_a_key_thrown_away_asks_whether_all_was_written_under_it(Known always, WipeLevel level)
    {
        var story = Phone()
            .Registered()
            .Then(SampleCommands.Arrival())
            .Then(SampleCommands.Media(MediumType.Nvme))
            .Then(SampleCommands.Consent());
        story.Clock = ItemScenario.Start.AddMinutes(12);
        var wipe = SampleCommands.Wipe(WipeTechnique.SanitizeCrypto);
        story.Then(wipe with { Evidence = wipe.Evidence with { EncryptedSinceFirstUse = always } });
        Assert.Equal(level, ((WipeAttested)story.History.Events[^1].Event).Level);
    }

    /// <summary>Facts of another register may leave out what they were worth: then they are worth nothing
    /// here.</summary>
    [Fact]
    public void is_nothing_where_another_register_does_not_tell_it()
    {
        var story = Phone().Registered().Then(SampleCommands.Arrival()).Then(SampleCommands.Media());
        story
            .Observe(new WipeAttested(ItemScenario.Attestation, 0))
            .Observe(new WipeVerified(ItemScenario.Attestation));
        Assert.Equal(DataState.Attested, story.State.Data.State);
        story.Observe(new MediumDestroyed(0));
        Assert.Equal(DataState.Attested, story.State.Data.State);
        story.Observe(new MediumDestroyed(0, Level: WipeLevel.Destruct));
        Assert.Equal(DataState.Gone, story.State.Data.State);
    }

    /// <summary>Whether the verifier is somebody else with another tool cannot be known of an unknown one.</summary>
    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public void is_not_verified_where_nobody_told_who_wiped_or_with_what(bool who, bool what)
    {
        var story = Phone().Registered().Then(SampleCommands.Arrival()).Then(SampleCommands.Media());
        story.Observe(
            new WipeAttested(
                ItemScenario.Attestation,
                0,
                Evidence: SampleCommands.Wipe().Evidence,
                Tool: what ? SampleCommands.Cleaner : null,
                Operator: who ? SampleCommands.Operator : null,
                Docs: ["report"]
            )
        );
        Assert.Equal("level-not-supported-by-evidence", ItemScenario.Code(story.Decide(SampleCommands.Check())));
    }

    [Fact]
    public void rests_on_the_first_consent_that_named_it()
    {
        var story = Phone().Wipeable().Then(SampleCommands.Consent());
        Assert.DoesNotContain(story.Decide(SampleCommands.Wipe()).Verdicts, v => v.RuleId == "wipe-consent-first");
    }

    [Fact]
    public void is_checked_in_the_moment_of_its_record_and_not_before()
    {
        var story = Phone().Wiped();
        var at = story.History.Events[^1].Envelope.OccurredAt;
        Assert.False(story.Decide(SampleCommands.Check(), at).IsRefused);
        Assert.Equal(
            "value-malformed",
            ItemScenario.Code(story.Decide(SampleCommands.Check(), at.AddMilliseconds(-1)))
        );
    }

    /// <summary>A new chip in an old phone: what was wiped is gone, what came nobody has wiped.</summary>
    [Fact]
    public void is_nothing_once_the_medium_was_changed()
    {
        var story = Phone().Registered().Then(SampleCommands.Arrival());
        story.Then(
            new DeclareMedia([new(0, MediumType.Ufs, 1_000_000, null), new(1, MediumType.SdCard, 64, null)], null)
        );
        story.Then(SampleCommands.Consent());
        story.Clock = ItemScenario.Start.AddMinutes(12);
        story.Then(SampleCommands.Wipe()).Then(SampleCommands.Check()).Then(new RemoveMedium(1, ItemScenario.Third));
        story.Then(new ReplacePart("mainboard", PartOrigin.Oem, null, true));
        Assert.Equal([DataState.Uncleared, DataState.Gone], story.State.Data.Media!.Value.Select(m => m.State));
        Assert.Equal(AttestationState.Revoked, Assert.Single(story.State.Data.Attestations).State);
        Assert.Equal("wrong-state", ItemScenario.Code(story.Decide(SampleCommands.Check())));
    }

    [Fact]
    public void of_one_that_had_failed_stays_failed_when_the_medium_was_changed()
    {
        var story = Phone().Wiped().Then(SampleCommands.Check(accepted: false));
        story.Then(new ReplacePart("mainboard", PartOrigin.Oem, null, true));
        Assert.Equal(AttestationState.Failed, Assert.Single(story.State.Data.Attestations).State);
    }

    [Fact]
    public void of_a_medium_that_is_taken_out_asks_who_has_it()
    {
        var story = Phone().Wipeable();
        var refused = story.Decide(new RemoveMedium(0, null)).Refusals.Single();
        Assert.Equal(("custody-missing", "custodyTo"), (refused.Code, refused.Field));
        story.Then(new RemoveMedium(0, ItemScenario.Third));
        Assert.Equal("wrong-state", ItemScenario.Code(story.Decide(new RemoveMedium(0, ItemScenario.Third))));
        Assert.Equal("wrong-state", ItemScenario.Code(story.Decide(SampleCommands.Destruction())));
    }

    /// <summary>Only what is destroyed for certain may not turn up again; its number is free then.</summary>
    [Theory]
    [InlineData(WipeTechnique.Disintegrate, false)]
    [InlineData(WipeTechnique.Degauss, true)]
    public void keeps_the_number_of_a_medium_that_may_still_exist(WipeTechnique technique, bool kept)
    {
        var story = Phone().Wipeable("UFS-1").Then(SampleCommands.Destruction(technique));
        var key = WipeReservations.Medium(SampleCommands.Media(serial: "UFS-1").Media[0].Serial!.Handle);
        Assert.Equal(kept, story.Reservations.ContainsKey(key));
    }

    [Fact]
    public void says_where_it_stands_when_it_refuses()
    {
        var story = Phone().Registered(ItemScenario.Seller).Then(SampleCommands.Arrival()).Then(SampleCommands.Media());
        Assert.Equal("uncleared", story.Decide(SampleCommands.Media()).Refusals.Single().CurrentState);
        Assert.Equal(
            story.Last,
            story.Decide(SampleCommands.Consent(by: ItemScenario.Third)).Refusals.Single().BlockingEvent
        );
    }
}
