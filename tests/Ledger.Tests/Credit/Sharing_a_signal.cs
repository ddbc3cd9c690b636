using System.Globalization;
using Ledger.Credit;
using Ledger.Kernel;
using Ledger.Parties;
using Support;

namespace Ledger.Tests.Credit;

public sealed class Sharing_a_signal
{
    const string Source = "market-office",
        Subject = "MK-510100-0007/K-1";

    static readonly Guid Id = ItemScenario.Id(700);

    static readonly Guid Party = PartyCommand.StreamOf(Subject, Scenario.Handles);

    readonly Scenario scenario = new() { Now = At("2026-01-05") };

    static DateTimeOffset At(string day) =>
        ShanghaiDay.Start(DateOnly.Parse(day, CultureInfo.InvariantCulture)).AddHours(10);

    CreditFile File => scenario.Fold(Party, CreditFile.Fold);

    string Do(CreditCommand command, string actor = Source) => scenario.Says(command, actor);

    static ShareSignal Signal(
        string kind = "administrative-penalty",
        SignalTier? tier = SignalTier.Ordinary,
        string? expires = null,
        string? ended = null
    ) =>
        new(
            Party,
            Id,
            new PartyRef("MK-510100-0007", "K-1"),
            SubjectKind.Seller,
            kind,
            "成都市市场监督管理局",
            "doc",
            "第二十三条",
            ended is null ? null : DateOnly.Parse(ended, CultureInfo.InvariantCulture),
            expires is null ? null : DateOnly.Parse(expires, CultureInfo.InvariantCulture),
            tier,
            false,
            []
        );

    string Share(ShareSignal signal, bool person = false, params string[] classes) =>
        Do(signal with { IsPerson = person, DataClasses = [.. classes] });

    static GiveConsent Consent(Guid id, string purpose, bool separately = true) =>
        new(Party, id, purpose, null, null, null, separately);

    static NotifyOfSignal Notice(string kind) => new(Party, Id, kind, "letter");

    static ObjectToSignal Objection => new(Party, Id, "untrue");

    static AnswerObjection Answer(ObjectionOutcome outcome = ObjectionOutcome.Unmarked) =>
        new(Party, Id, outcome, null);

    static WithdrawSignal Withdrawal => new(Party, Id, "error");

    static StateOnSignal Statement(Guid? id = null) => new(Party, id ?? Id, "paid meanwhile");

    [Fact]
    public void gives_it_the_last_day_that_the_law_allows()
    {
        Assert.Equal("credit-signal-shared", Share(Signal()));
        Assert.Equal(new DateOnly(2027, 1, 5), File.Of(Id)!.Shared.ExpiresOn);
        Assert.True(File.Of(Id)!.IsShownOn(new(2027, 1, 5)));
        Assert.False(File.Of(Id)!.IsShownOn(new(2027, 1, 6)));
        Assert.Equal("nothing", Share(Signal()));
    }

    [Fact]
    public void is_one_for_each_notice()
    {
        Assert.Equal("credit-signal-shared", Share(Signal()));
        Assert.Equal("nothing", Share(Signal()));
        Assert.Equal("notice-used", Share(Signal("court-enforcement", null)));
        Assert.Equal("notice-used", Do(Signal(), "another-office"));
    }

    [Theory]
    [InlineData("court-enforcement", null, "2021-11-23", "2026-11-23", "credit-signal-shared")]
    [InlineData("court-enforcement", null, "2021-11-23", "2026-11-24", "display-too-long")]
    [InlineData("court-enforcement", null, null, null, "credit-signal-shared")]
    [InlineData("administrative-penalty", SignalTier.Minor, null, "2026-04-05", "credit-signal-shared")]
    [InlineData("administrative-penalty", SignalTier.Minor, null, "2026-04-06", "display-too-long")]
    [InlineData("administrative-penalty", null, null, null, "value-missing")]
    [InlineData("court-enforcement", SignalTier.Minor, null, null, "value-not-allowed")]
    [InlineData("licence-held", null, null, null, "value-missing")]
    [InlineData("licence-held", null, null, "2030-01-01", "credit-signal-shared")]
    [InlineData("seller-score", null, null, null, "score-not-allowed")]
    [InlineData("gossip", null, null, null, "kind-not-in-vocabulary")]
    public void answers_by_its_kind_and_clock(
        string kind,
        SignalTier? tier,
        string? ended,
        string? expires,
        string expected
    ) => Assert.Equal(expected, Share(Signal(kind, tier, expires, ended)));

    [Fact]
    public void names_its_legal_basis() => Assert.Equal("basis-missing", Share(Signal() with { LegalBasis = " " }));

    [Fact]
    public void carries_no_data_that_may_not_be_collected() =>
        Assert.Equal("banned-data-class", Share(Signal(), classes: ["trade", "religion"]));

    [Fact]
    public void asks_for_consent_where_the_law_does_not_make_it_public()
    {
        var broken = Signal("contract-broken", null);
        Assert.Equal("consent-missing", Share(broken));
        var consent = Consent(ItemScenario.Id(5), "credit-sharing") with
        {
            Recipients = [Source],
            Until = new(2026, 6, 30),
        };
        Assert.Equal("separate-consent-needed", Do(consent with { Separately = false }, Subject));
        Assert.Equal("purpose-not-in-list", Do(consent with { Purpose = "curiosity" }, Subject));
        Assert.Equal("consent-given", Do(consent, Subject));
        Assert.Equal("credit-signal-shared", Share(broken));
    }

    [Fact]
    public void stops_with_the_consent()
    {
        Do(Consent(ItemScenario.Id(5), "credit-sharing"), Subject);
        Assert.Equal("consent-not-found", Do(new WithdrawConsent(Party, ItemScenario.Id(6)), Subject));
        Do(new WithdrawConsent(Party, ItemScenario.Id(5)), Subject);
        Assert.Equal("nothing", Do(new WithdrawConsent(Party, ItemScenario.Id(5)), Subject));
        Assert.Equal("consent-missing", Share(Signal("contract-broken", null)));
    }

    [Fact]
    public void tells_a_person_before_it_speaks_against_them()
    {
        Assert.Equal("prior-notice-missing", Share(Signal(), person: true));
        Do(Notice("court-enforcement"));
        Assert.Equal("prior-notice-missing", Share(Signal(), person: true));
        Do(Notice("administrative-penalty"));
        Assert.Equal("credit-signal-shared", Share(Signal(), person: true));
    }

    [Fact]
    public void is_objected_to_by_its_subject_marked_at_once_and_answered_by_its_source()
    {
        Share(Signal());
        scenario.Now = At("2026-03-02");
        Assert.Equal("not-the-subject", Do(Objection));
        Assert.Equal("objection-filed + objection-marked", Do(Objection, Subject));
        Assert.Equal((SignalState.Objected, new DateOnly(2026, 3, 22)), (File.Of(Id)!.State, File.Of(Id)!.DueOn));
        Assert.Equal("already-open", Do(Objection, Subject));
        Assert.Equal("not-the-source", Do(Answer(), "another"));
        Assert.Equal("objection-resolved", Do(Answer()));
        Assert.Equal("wrong-state", Do(Answer()));
        Do(Objection, Subject);
        Do(Answer(ObjectionOutcome.Corrected));
        Assert.False(File.Of(Id)!.IsShownOn(new(2026, 3, 3)));
    }

    [Theory]
    [InlineData(SignalTier.Minor, "2026-01-06", "credit-repaired")]
    [InlineData(SignalTier.Ordinary, "2026-04-05", "publicity-period-running")]
    [InlineData(SignalTier.Ordinary, "2026-04-06", "credit-repaired")]
    [InlineData(SignalTier.Serious, "2027-01-05", "publicity-period-running")]
    [InlineData(SignalTier.Serious, "2027-01-06", "credit-repaired")]
    public void is_repaired_once_the_least_publicity_is_over(SignalTier tier, string day, string expected)
    {
        Share(Signal(tier: tier));
        scenario.Now = At(day);
        Assert.Equal(expected, Do(new RepairSignal(Party, Id, "done")));
    }

    [Fact]
    public void ends_on_the_day_of_the_law_and_is_hidden_whatever_the_timer_did()
    {
        Share(Signal(tier: SignalTier.Minor));
        var expiring = new ExpireSignal(Party, Id);
        scenario.Now = At("2026-04-05");
        Assert.Equal("nothing", Do(expiring));
        Assert.Empty(ReadingDecider.Shown(File, true, new(2026, 4, 6)));
        scenario.Now = At("2026-09-01");
        Assert.Equal("credit-signal-expired", Do(expiring));
        var late = Assert.IsType<CreditSignalExpired>(scenario.Of(Party)[^1].Event);
        Assert.Equal(new DateOnly(2026, 4, 6), late.ExpiredOn);
        Assert.Equal("nothing", Do(expiring));
    }

    [Fact]
    public void is_withdrawn_by_its_source_alone()
    {
        Share(Signal());
        Assert.Equal("not-the-source", Do(Withdrawal, "another"));
        Do(Withdrawal);
        Assert.Equal("wrong-state", Do(Statement(), Subject));
        Assert.Equal("signal-not-found", Do(Statement(ItemScenario.Id(9)), Subject));
    }

    [Fact]
    public void is_read_for_a_purpose_with_consent_or_on_a_basis()
    {
        Share(Signal());
        Do(Consent(ItemScenario.Id(5), "credit-sharing"), Subject);
        Share(Signal("contract-broken", null) with { SignalId = ItemScenario.Id(701) });
        (CreditFileRead?, Refusal?) Read(string? purpose, string? basis) =>
            ReadingDecider.Read(new(Party, purpose, basis), File, "dealer", new(2026, 1, 5));
        Assert.Equal("purpose-missing", Read(null, null).Item2!.Code);
        Assert.Equal("consent-missing", Read("hire", null).Item2!.Code);
        Assert.Equal(
            (1, (Guid?)null),
            Read("hire", "第二十二条").Item1 is { } open ? (open.Count!.Value, open.Consent) : default
        );
        Do(Consent(ItemScenario.Id(6), "loan"), Subject);
        Assert.Equal("consent-missing", Read("hire", null).Item2!.Code);
        Assert.Equal(
            (2, (Guid?)ItemScenario.Id(6)),
            Read("loan", null).Item1 is { } all ? (all.Count!.Value, all.Consent) : default
        );
    }

    [Theory]
    [InlineData("buyer-rank")]
    [InlineData("Credit-Rating")]
    [InlineData("seller-grade")]
    public void is_never_a_score_by_whatever_name(string kind) =>
        Assert.Equal("score-not-allowed", Share(Signal(kind, null)));

    [Theory]
    [InlineData(SignalTier.Serious, "2022-06-01", "2027-06-01")]
    [InlineData(SignalTier.Ordinary, "2025-12-01", "2027-01-05")]
    [InlineData(SignalTier.Serious, null, "2029-01-05")]
    public void ends_by_whichever_clock_runs_out_first(SignalTier tier, string? ended, string last)
    {
        Share(Signal(tier: tier, ended: ended));
        Assert.Equal(DateOnly.Parse(last, CultureInfo.InvariantCulture), File.Of(Id)!.Shared.ExpiresOn);
    }

    [Theory]
    [InlineData("2026-01-05", "credit-signal-shared")]
    [InlineData("2026-01-06", "value-out-of-range")]
    public void speaks_of_an_act_that_is_over_or_goes_on(string ended, string expected) =>
        Assert.Equal(expected, Share(Signal("court-enforcement", null, ended: ended)));

    [Fact]
    public void leaves_the_others_as_they_are()
    {
        var other = ItemScenario.Id(701);
        Share(Signal());
        Share(Signal("court-enforcement", null) with { SignalId = other });
        Do(Withdrawal);
        Assert.Equal((SignalState.Withdrawn, SignalState.Live), (File.Of(Id)!.State, File.Of(other)!.State));
        foreach (var (consent, purpose) in new[] { (ItemScenario.Id(5), "loan"), (ItemScenario.Id(6), "hire") })
            Do(Consent(consent, purpose), Subject);
        Do(new WithdrawConsent(Party, ItemScenario.Id(5)), Subject);
        Assert.Equal([true, false], File.Consents.Select(c => c.Withdrawn));
    }

    [Fact]
    public void is_neither_stated_on_by_a_stranger_nor_withdrawn_under_an_objection()
    {
        Share(Signal());
        Assert.Equal("not-the-subject", Do(Statement(), "another"));
        Assert.Equal("credit-statement-recorded", Do(Statement(), Subject));
        Do(Objection, Subject);
        var again = scenario.First(Objection, Subject);
        Assert.Equal(File.Of(Id)!.Event, Assert.Single(again.Refusals).BlockingEvent);
        var withdrawn = scenario.First(Withdrawal, Source);
        Assert.Equal(
            ("wrong-state", "objected", File.Of(Id)!.Event),
            (ItemScenario.Code(withdrawn), withdrawn.Refusals[0].CurrentState, withdrawn.Refusals[0].BlockingEvent)
        );
    }

    [Fact]
    public void is_agreed_to_once_and_by_another_only_with_the_text()
    {
        var consent = Consent(ItemScenario.Id(5), "loan");
        scenario.Site = Sites.Market;
        var unseen = scenario.First(consent, "another");
        Assert.Equal(("evidence-missing", "textHash"), (ItemScenario.Code(unseen), unseen.Refusals[0].Field));
        Assert.Equal("consent-given", Do(consent with { TextHash = "h", Recipients = ["bank"] }, "another"));
        scenario.Site = null;
        Assert.Equal("nothing", Do(consent, Subject));
    }

    [Fact]
    public void shows_without_consent_what_the_law_makes_public_and_says_on_which_basis()
    {
        Share(Signal());
        Do(Consent(ItemScenario.Id(5), "credit-sharing"), Subject);
        Share(Signal("contract-broken", null) with { SignalId = ItemScenario.Id(701) });
        var open = Assert.Single(ReadingDecider.Shown(File, false, new(2026, 1, 5)));
        Assert.Equal("administrative-penalty", open.Shared.Kind);
        Do(Consent(ItemScenario.Id(6), "loan"), Subject);
        (CreditFileRead?, Refusal?) Read(string? purpose) =>
            ReadingDecider.Read(new(Party, purpose, "第二十二条"), File, "dealer", new(2026, 1, 5));
        Assert.Equal(("第二十二条", null), (Read("hire").Item1!.Basis, Read("loan").Item1!.Basis));
        Assert.Equal("purpose", Read(" ").Item2!.Field);
    }
}
