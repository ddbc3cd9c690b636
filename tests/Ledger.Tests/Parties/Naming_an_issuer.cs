using Ledger.Kernel;
using Ledger.Parties;

namespace Ledger.Tests.Parties;

/// <summary>Whose word counts, for what, and until when.</summary>
public sealed class Naming_an_issuer
{
    const string Org = "11510000MB1K12345X";

    static readonly RegisterIssuer Registering = new(Org, "CNAS", [IssuerPurpose.Licence], From: ItemScenario.Start);
    static readonly DateTimeOffset Later = ItemScenario.Start.AddDays(10);

    /// <summary>The stream of the party that it is itself.</summary>
    static readonly Guid Holder = PartyCommand.StreamOf(Org, Scenario.Handles);

    /// <summary>An issuer to which this came, a day from one to the next.</summary>
    static Scenario After(params IssuerCommand[] before)
    {
        var scenario = new Scenario { Now = ItemScenario.Start };
        foreach (var c in before)
        {
            scenario.Do(c, second: "second");
            scenario.Now = scenario.Now.AddDays(1);
        }
        scenario.Now = Later;
        return scenario;
    }

    static Issuer? Fold(params IssuerCommand[] before) =>
        After(before).Fold(IssuerCommand.StreamOf(Org, Scenario.Handles), Issuer.Fold);

    static Decision Act(IssuerCommand c, Scenario? scenario = null) => (scenario ?? After()).First(c, second: "second");

    static readonly SuspendIssuer Suspending = new(Org, "no reports");

    static RevokeIssuer Revoking(DateTimeOffset? since = null) => new(Org, since, "end");

    static IssuerTerm? Row(Decision decision) => IssuerTerm.Read(Assert.Single(decision.Reservations).New);

    static bool Issues(IssuerTerm? row, DateTimeOffset at, IssuerPurpose purpose = IssuerPurpose.Licence) =>
        row?.Issues(purpose, ShanghaiDay.Of(at)) is true;

    [Fact]
    public void counts_for_its_purposes_from_its_first_day_to_its_last()
    {
        var row = Row(Act(Registering with { To = Later }));
        Assert.True(Issues(row, ItemScenario.Start));
        Assert.True(Issues(row, Later));
        Assert.False(Issues(row, ItemScenario.Start.AddDays(-1)));
        Assert.False(Issues(row, Later.AddDays(1)));
        Assert.False(Issues(row, Later, IssuerPurpose.Wipe));
    }

    [Fact]
    public void is_registered_again_only_where_that_says_something_new()
    {
        var keyed = Registering with { Keys = ["k1"] };
        var issuer = After(keyed);
        Assert.Equal(
            "nothing",
            ItemScenario.Outcome(Act(keyed with { Purposes = [IssuerPurpose.Licence], Keys = ["k1"] }, issuer))
        );
        Assert.Equal("nothing", ItemScenario.Outcome(Act(keyed with { From = null }, issuer)));
        foreach (
            var other in (RegisterIssuer[])
                [
                    keyed with
                    {
                        Name = "CNAS 2",
                    },
                    keyed with
                    {
                        Purposes = [IssuerPurpose.Licence, IssuerPurpose.Wipe],
                    },
                    keyed with
                    {
                        Keys = null,
                    },
                    keyed with
                    {
                        To = Later.AddYears(1),
                    },
                    keyed with
                    {
                        From = Later,
                    },
                ]
        )
            Assert.Equal("issuer-registered", ItemScenario.Outcome(Act(other, issuer)));
        // After a stop the same words put it back.
        var stopped = After(keyed, Suspending);
        Assert.Equal("issuer-registered", ItemScenario.Outcome(Act(keyed, stopped)));
    }

    [Fact]
    public void takes_two_persons()
    {
        foreach (var c in (IssuerCommand[])[Registering, Suspending, Revoking()])
            Assert.Equal("counter-signature-missing", After(Registering).Refused(c));
    }

    [Fact]
    public void needs_an_accreditation_that_holds_on_its_first_day()
    {
        var under = Registering with { Accreditation = "L1", From = Later };
        var row = LicenceTerms.Row(LicenceKind.Accreditation, "L1");
        Decision With(Term term, Guid? holder = null)
        {
            var scenario = After();
            scenario.Reservations[row] = $"{holder ?? Holder}|{term}";
            return Act(under, scenario);
        }
        var day = ShanghaiDay.Of(Later);
        Assert.Equal("issuer-registered", ItemScenario.Outcome(With(new(day, day))));
        // Ended in that very moment it sends the registration back; another one's serves nobody.
        var held = After();
        held.Reservations[row] = $"{Holder}|{new Term(day, day)}";
        Act(under, held);
        Assert.Contains(held.Newest!.Reservations, g => g.Key == row && g.Expected == g.New);
        Assert.Equal("accreditation-not-valid-on-date", ItemScenario.Code(With(new(day, day), ItemScenario.Id(5))));
        Assert.Equal("accreditation-not-valid-on-date", ItemScenario.Code(With(new(day.AddDays(1), null))));
        Assert.Equal("accreditation-not-valid-on-date", ItemScenario.Code(Act(under)));
    }

    [Fact]
    public void does_not_end_before_it_begins() =>
        Assert.Equal(
            ("value-out-of-range", "to"),
            Assert.Single(Act(Registering with { To = ItemScenario.Start.AddDays(-1) }).Refusals) is var r
                ? (r.Code, r.Field)
                : default
        );

    [Fact]
    public void is_not_done_ahead_of_its_time() =>
        Assert.Equal("occurred-in-future", After().Says(Registering, second: "second", at: Later.AddDays(1)));

    [Fact]
    public void counts_for_nothing_while_it_is_suspended_and_again_once_it_is_registered_anew()
    {
        var suspended = Act(Suspending, After(Registering));
        // What it said before stands.
        Assert.True(Issues(Row(suspended), Later.AddDays(-1)));
        Assert.False(Issues(Row(suspended), Later));
        Assert.Empty(Act(Suspending, After(Registering, Suspending)).Events);
        Assert.True(Issues(Row(Act(Registering, After(Registering, Suspending))), Later));
        Assert.Null(Fold(Registering, Suspending, Registering)!.SuspendedSince);
    }

    [Fact]
    public void goes_on_from_its_first_day_where_it_is_registered_again()
    {
        var again = Registering with { From = null, Name = "CNAS 2" };
        Assert.True(Issues(Row(Act(again, After(Registering))), ItemScenario.Start));
        Assert.Equal(ItemScenario.Start, Fold(Registering, again)!.Registered.From);
        // After a stop it begins anew.
        var stopped = After(Registering, Revoking());
        Assert.False(Issues(Row(Act(again, stopped)), Later.AddDays(-1)));
        Assert.True(Issues(Row(Act(again, stopped)), Later));
    }

    [Fact]
    public void counts_until_it_was_revoked()
    {
        var row = Row(Act(Revoking(Later.AddDays(-2)), After(Registering)));
        Assert.True(Issues(row, Later.AddDays(-3)));
        Assert.False(Issues(row, Later.AddDays(-2)));
        // Without a time: from the act on.
        Assert.True(Issues(Row(Act(Revoking(), After(Registering))), Later.AddDays(-1)));
        Assert.Equal(ItemScenario.Start.AddDays(1), Fold(Registering, Revoking())!.RevokedSince);
        foreach (var c in (IssuerCommand[])[Suspending, Revoking()])
            Assert.Equal("wrong-state", ItemScenario.Code(Act(c, After(Registering, Revoking()))));
    }

    [Fact]
    public void that_nobody_registered_can_be_neither_suspended_nor_revoked()
    {
        Assert.Equal("issuer-not-found", ItemScenario.Code(Act(Suspending)));
        Assert.Equal("issuer-not-found", ItemScenario.Code(Act(Revoking())));
        Assert.Null(IssuerTerm.Read(null));
        Assert.Null(IssuerTerm.Read("licence"));
    }

    /// <summary>A body of the country is named by its code, and then it must be known; others by their name.</summary>
    [Fact]
    public void is_asked_for_where_a_licence_names_its_issuer_by_code()
    {
        static (Decision Decision, Scenario Scenario) Recording(string issuer, string? row)
        {
            var scenario = new Scenario { Now = Later }.Do(new RegisterParty(Org, PartyNature.Organisation, Org));
            if (row is not null)
                scenario.Reservations[IssuerTerm.Row(issuer)] = row;
            return (scenario.First(new RecordLicence(Org, LicenceKind.Accreditation, "L9", issuer)), scenario);
        }
        static Decision Record(string issuer, string? row) => Recording(issuer, row).Decision;
        Assert.Equal("issuer-not-found", ItemScenario.Code(Record(Org, null)));
        Assert.Equal("issuer-not-found", ItemScenario.Code(Record(Org, "wipe|..")));
        Assert.Equal("issuer-not-found", ItemScenario.Code(Record(Org, "licence|..2020-01-01")));
        var (recorded, named) = Recording(Org, "licence|..");
        Assert.Equal("licence-recorded", ItemScenario.Outcome(recorded));
        // An issuer that is suspended in that very moment sends it back.
        Assert.Contains(
            new ReservationChange(IssuerTerm.Row(Org), "licence|..", "licence|.."),
            named.Newest!.Reservations
        );
        Assert.Equal("licence-recorded", ItemScenario.Outcome(Record("DAkkS", null)));
    }
}
