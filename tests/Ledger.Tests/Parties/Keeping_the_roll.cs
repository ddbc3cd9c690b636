using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Parties;
using Ledger.Rules;

namespace Ledger.Tests.Parties;

/// <summary>Who a party is, what it may do, and until when.</summary>
public sealed class Keeping_the_roll
{
    const string Code = "914403001922038216";

    /// <summary>A genuine code of the pilot batch, whose check does not fit.</summary>
    const string Pilot = "91350100M0001TGQXM";

    static readonly Guid Stream = PartyCommand.StreamOf(Code, Scenario.Handles);

    /// <summary>A party's stream and the reservations of all licences, as commands make them.</summary>
    sealed class Roll(string reference = Code)
    {
        readonly Scenario scenario = new();

        public Dictionary<ReservationKey, string> Reservations
        {
            get => scenario.Reservations;
            init => scenario = new() { Reservations = value };
        }

        public DateOnly Today { get; set; } = new(2026, 6, 1);

        public PartyOnRoll? Party =>
            scenario.Fold(PartyCommand.StreamOf(reference, Scenario.Handles), PartyOnRoll.Fold);

        public string Refused(PartyCommand c, string actor = "office")
        {
            scenario.Now = ShanghaiDay.Start(Today);
            return scenario.Refused(c with { Party = reference }, actor);
        }

        public Roll Do(PartyCommand c)
        {
            scenario.Now = ShanghaiDay.Start(Today);
            scenario.Do(c with { Party = reference });
            return this;
        }

        public Roll Registered(string? uscc = Code) => Do(Registering(PartyNature.Organisation, uscc));
    }

    static RegisterParty Registering(PartyNature kind, string? uscc) => new(Code, kind, uscc, "公司");

    static RecordLicence Accreditation(string from, string to, string number = "L1") =>
        new(Code, LicenceKind.Accreditation, number, "CNAS", null, Day(from), Day(to));

    static DateOnly Day(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", null);

    [Fact]
    public void enters_a_party_once()
    {
        Assert.Equal("party-not-found", new Roll().Refused(new EndRole(Code, "APR", "left")));
        Assert.Equal("party-exists", new Roll().Registered().Refused(Registering(PartyNature.Organisation, Code)));
    }

    [Theory]
    [InlineData(PartyNature.Organisation, Code, "")]
    [InlineData(PartyNature.StateBody, Code, "")]
    [InlineData(PartyNature.Person, null, "")]
    [InlineData(PartyNature.Person, Code, "uscc-malformed")]
    [InlineData(PartyNature.Organisation, null, "uscc-malformed")]
    [InlineData(PartyNature.Organisation, "91440300192203821", "uscc-malformed")]
    [InlineData(PartyNature.Organisation, "91440300192203821I", "uscc-malformed")]
    public void knows_an_organisation_by_its_code_and_a_person_by_none(
        PartyNature kind,
        string? code,
        string refused
    ) => Assert.Equal(refused, new Roll().Refused(Registering(kind, code)));

    /// <summary>Its address is its code: one of another shape would have none, however old the fact.</summary>
    [Fact]
    public void takes_no_other_code_for_the_years_before_there_were_any()
    {
        var at = new DateTimeOffset(2014, 5, 1, 0, 0, 0, TimeSpan.Zero);
        var registering = new RegisterParty("ABC-123", PartyNature.Organisation, "ABC-123");
        Assert.Equal("uscc-malformed", new Scenario().Says(registering, at: at));
    }

    [Fact]
    public void takes_a_code_whose_check_does_not_fit_and_says_so_until_somebody_has_looked()
    {
        var roll = new Roll(Pilot).Registered(Pilot);
        Assert.Equal(["id-uscc-check"], roll.Party!.OpenDoubts);
        Assert.Equal("evidence-missing", roll.Refused(new ConfirmIdentity(Code, ConfirmationMethod.Registry)));
        Assert.Equal(
            "value-malformed",
            roll.Refused(new ConfirmIdentity(Code, ConfirmationMethod.Registry, "h", ["id-uscc-shape"]))
        );
        roll.Do(new ConfirmIdentity(Code, ConfirmationMethod.Registry, "h", ["id-uscc-check"]));
        Assert.Empty(roll.Party!.OpenDoubts);
        Assert.NotNull(roll.Party.Confirmed);
    }

    [Fact]
    public void grants_a_role_for_its_term()
    {
        var roll = new Roll().Registered();
        var granted = new GrantRole(Code, "APR", "h", Day("2026-06-01"), Day("2026-12-31"));
        Assert.Equal("role-basis-missing", roll.Refused(granted with { Basis = null }));
        Assert.Equal("value-out-of-range", roll.Refused(granted with { ValidTo = Day("2026-05-31") }));
        roll.Do(granted);
        var term = Assert.Single(roll.Party!.Roles);
        Assert.False(term.Term.Holds(Day("2026-05-31")));
        Assert.True(term.Term.Holds(Day("2026-06-01")));
        Assert.True(term.Term.Holds(Day("2026-12-31")));
        Assert.False(term.Term.Holds(Day("2027-01-01")));
    }

    [Fact]
    public void grants_nobody_a_role_at_its_own_word()
    {
        var roll = new Roll().Do(Registering(PartyNature.StateBody, Code)).Do(new GrantRole(Code, "REG", "h"));
        Assert.Equal("self-grant", roll.Refused(new GrantRole(Code, "POL", "h"), actor: Code));
        Assert.Equal("regulator-ends-itself", roll.Refused(new EndRole(Code, "REG", "left"), actor: Code));
        Assert.Equal("", roll.Refused(new EndRole(Code, "REG", "left")));
    }

    /// <summary>A regulator is always left, so none has a last day.</summary>
    [Fact]
    public void grants_a_regulator_its_role_until_it_is_ended()
    {
        var roll = new Roll().Do(Registering(PartyNature.StateBody, Code));
        var granted = new GrantRole(Code, "REG", "h", Day("2026-06-01"));
        Assert.Equal("value-malformed", roll.Refused(granted with { ValidTo = Day("2026-12-31") }));
        Assert.Equal("", roll.Refused(granted));
        Assert.Equal("", roll.Refused(granted with { Role = "POL", ValidTo = Day("2026-12-31") }));
    }

    [Theory]
    [InlineData(PartyNature.StateBody, "POL", "")]
    [InlineData(PartyNature.Organisation, "POL", "role-not-of-party")]
    [InlineData(PartyNature.Organisation, "REG", "role-not-of-party")]
    [InlineData(PartyNature.Organisation, "CUS", "role-not-of-party")]
    [InlineData(PartyNature.Organisation, "TAX", "role-not-of-party")]
    [InlineData(PartyNature.Organisation, "LND", "")]
    [InlineData(PartyNature.Person, "LND", "role-not-of-party")]
    [InlineData(PartyNature.Person, "EXP", "role-not-of-party")]
    [InlineData(PartyNature.Person, "APR", "")]
    public void grants_a_role_to_those_who_can_have_it(PartyNature nature, string role, string refused)
    {
        var roll = new Roll().Do(Registering(nature, nature is PartyNature.Person ? null : Code));
        Assert.Equal(refused, roll.Refused(new GrantRole(Code, role, "h")));
    }

    [Theory]
    [InlineData("2026-12-31", null, "wrong-state")]
    [InlineData("2027-01-01", null, "")]
    [InlineData(null, "2026-05-31", "")]
    [InlineData(null, "2026-06-01", "wrong-state")]
    public void grants_no_role_twice_for_one_day(string? from, string? to, string refused)
    {
        var roll = new Roll().Registered();
        roll.Do(new GrantRole(Code, "APR", "h", Day("2026-06-01"), Day("2026-12-31")));
        var again = new GrantRole(Code, "APR", "h", from is null ? null : Day(from), to is null ? null : Day(to));
        Assert.Equal(refused, roll.Refused(again));
        Assert.Equal("", roll.Refused(again with { Role = "WOP" }));
    }

    [Fact]
    public void ends_a_role_that_is_held()
    {
        var roll = new Roll().Registered().Do(new GrantRole(Code, "APR", "h"));
        Assert.Equal("wrong-state", roll.Refused(new EndRole(Code, "WOP", "left")));
        roll.Do(new EndRole(Code, "APR", "left"));
        Assert.False(roll.Party!.Roles.Single().Term.Holds(roll.Today));
        Assert.True(roll.Party.Roles.Single().Term.Holds(roll.Today.AddDays(-1)));
        Assert.Equal("wrong-state", roll.Refused(new EndRole(Code, "APR", "left")));
        Assert.Equal("", roll.Refused(new GrantRole(Code, "APR", "h")));
    }

    [Theory]
    [InlineData("2026-12-31", "2027-12-31", "licence-overlap")]
    [InlineData("2027-01-01", "2027-12-31", "")]
    [InlineData("2024-01-01", "2025-12-31", "")]
    [InlineData("2024-01-01", "2026-01-01", "licence-overlap")]
    [InlineData("2027-12-31", "2027-01-01", "value-out-of-range")]
    public void renews_a_licence_from_the_day_after_its_term(string from, string to, string refused)
    {
        var roll = new Roll().Registered().Do(Accreditation("2026-01-01", "2026-12-31"));
        Assert.Equal(refused, roll.Refused(Accreditation(from, to)));
        Assert.Equal(refused is "value-out-of-range" ? refused : "", roll.Refused(Accreditation(from, to, "L2")));
    }

    [Fact]
    public void gives_no_number_to_two_parties()
    {
        var roll = new Roll().Registered().Do(Accreditation("2026-01-01", "2026-12-31"));
        var other = new Roll(Pilot) { Reservations = roll.Reservations }.Registered(Pilot);
        Assert.Equal("licence-overlap", other.Refused(Accreditation("2028-01-01", "2028-12-31")));
    }

    [Fact]
    public void ends_a_licence_from_that_day_on()
    {
        var roll = new Roll().Registered().Do(Accreditation("2026-01-01", "2026-12-31"));
        Assert.Equal("wrong-state", roll.Refused(new EndLicence(Code, LicenceKind.Accreditation, "L2", "given back")));
        roll.Do(new EndLicence(Code, LicenceKind.Accreditation, "L1", "given back"));
        var terms = LicenceTerms.Read(roll.Reservations[LicenceTerms.Row(LicenceKind.Accreditation, "L1")])!;
        Assert.Equal(
            (Stream, true, false),
            (terms.Holder, terms.IsValidOn(Day("2026-05-31")), terms.IsValidOn(roll.Today))
        );
        Assert.Equal("wrong-state", roll.Refused(new EndLicence(Code, LicenceKind.Accreditation, "L1", "given back")));
        // A new term may begin on the day on which the old one was ended.
        roll.Do(Accreditation("2026-06-01", "2027-06-01"));
        Assert.True(
            LicenceTerms
                .Read(roll.Reservations[LicenceTerms.Row(LicenceKind.Accreditation, "L1")])!
                .IsValidOn(roll.Today)
        );
    }

    [Fact]
    public void refuses_to_end_what_has_run_out()
    {
        var roll = new Roll().Registered().Do(Accreditation("2025-01-01", "2026-05-31"));
        Assert.Equal("wrong-state", roll.Refused(new EndLicence(Code, LicenceKind.Accreditation, "L1", "given back")));
    }

    [Fact]
    public void is_not_told_of_what_is_to_come()
    {
        var scenario = new Scenario();
        var later = scenario.Now.AddDays(1);
        Assert.Equal("occurred-in-future", scenario.Says(Registering(PartyNature.Organisation, Code), at: later));
    }

    /// <summary>On the day of the inspection, not of its record.</summary>
    [Theory]
    [InlineData(null, Result.NotEvaluated)]
    [InlineData("00000000-0000-4000-8000-000000000001|2026-01-05..2026-12-31", null)]
    [InlineData("00000000-0000-4000-8000-000000000001|2026-01-06..", Result.Hit)]
    [InlineData("00000000-0000-4000-8000-000000000001|..2026-01-04", Result.Hit)]
    [InlineData("00000000-0000-4000-8000-000000000001|..2026-01-01;2026-01-04..", null)]
    public void judges_an_inspector_by_the_day(string? row, Result? verdict)
    {
        var story = new ItemScenario().Registered();
        if (row is not null)
            story.Reservations[LicenceTerms.Row(LicenceKind.Accreditation, "L1")] = row;
        var decision = story.Decide(new InspectItem("GB", true, "L1", null));
        Assert.Equal(
            verdict,
            decision
                .Verdicts.Where(v => v.RuleId == "accreditation-on-the-day")
                .Select(v => (Result?)v.Result)
                .SingleOrDefault()
        );
        Assert.Empty(story.Decide(new InspectItem("GB", true, null, null)).Verdicts);
    }
}
