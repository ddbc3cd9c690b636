using System.Collections.Immutable;
using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Parties;
using Ledger.Rules;

namespace Ledger.Tests.Parties;

/// <summary>Whose word counts, for what, and until when.</summary>
public sealed class Naming_an_issuer
{
    const string Org = "11510000MB1K12345X";

    static readonly IssuerRegistered Registered = new(Org, "CNAS", [IssuerPurpose.Licence], From: Story.Start);

    static Situation At(
        DateTimeOffset at,
        ImmutableDictionary<GuardKey, string>? guards = null,
        string? second = "second"
    ) =>
        new(at, at, RuleSet.Current, Story.Clerk, second)
        {
            Guards = guards ?? ImmutableDictionary<GuardKey, string>.Empty,
        };

    static readonly DateTimeOffset Later = Story.Start.AddDays(10);

    static Issuer? Fold(params LedgerEvent[] events) => Issuer.Fold(Story.Stream(events));

    static Decision Act(LedgerEvent e, Issuer? issuer = null) =>
        IssuerDecider.Decide(e, Org, issuer, Story.Id(4), At(Later));

    static IssuerTerm? Row(Decision decision) => IssuerTerm.Read(Assert.Single(decision.Guards).New);

    static bool Issues(IssuerTerm? row, DateTimeOffset at, IssuerPurpose purpose = IssuerPurpose.Licence) =>
        row?.Issues(purpose, ShanghaiDay.Of(at)) is true;

    [Fact]
    public void counts_for_its_purposes_from_its_first_day_to_its_last()
    {
        var row = Row(Act(Registered with { To = Later }));
        Assert.True(Issues(row, Story.Start));
        Assert.True(Issues(row, Later));
        Assert.False(Issues(row, Story.Start.AddDays(-1)));
        Assert.False(Issues(row, Later.AddDays(1)));
        Assert.False(Issues(row, Later, IssuerPurpose.Wipe));
    }

    [Fact]
    public void is_registered_again_only_where_that_says_something_new()
    {
        var keyed = Registered with { Keys = ["k1"] };
        var issuer = Fold(keyed)!;
        Assert.Equal(
            "nothing",
            Story.Outcome(Act(keyed with { Purposes = [IssuerPurpose.Licence], Keys = ["k1"] }, issuer))
        );
        Assert.Equal("nothing", Story.Outcome(Act(keyed with { From = null }, issuer)));
        foreach (
            var other in (IssuerRegistered[])
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
            Assert.Equal("issuer-registered", Story.Outcome(Act(other, issuer)));
        // After a stop the same words put it back.
        var stopped = Fold(keyed, new IssuerSuspended("x"));
        Assert.Equal("issuer-registered", Story.Outcome(Act(keyed, stopped)));
    }

    [Fact]
    public void takes_two_persons()
    {
        foreach (var e in (LedgerEvent[])[Registered, new IssuerSuspended("x"), new IssuerRevoked(null, "x")])
            Assert.Equal(
                "counter-signature-missing",
                Story.Code(IssuerDecider.Decide(e, Org, Fold(Registered), Story.Id(4), At(Later, second: null)))
            );
    }

    [Fact]
    public void needs_an_accreditation_that_holds_on_its_first_day()
    {
        var under = Registered with { Accreditation = "L1", From = Later };
        var row = ItemGuards.Accreditation("L1");
        Decision With(Term term, Guid? holder = null) =>
            IssuerDecider.Decide(
                under,
                Org,
                null,
                holder ?? Story.Id(4),
                At(Later, ImmutableDictionary<GuardKey, string>.Empty.Add(row, $"{Story.Id(4)}|{term}"))
            );
        var day = ShanghaiDay.Of(Later);
        Assert.Contains(row, IssuerDecider.Named(under, Org));
        Assert.Equal("issuer-registered", Story.Outcome(With(new(day, day))));
        // Ended in that very moment it sends the registration back; another one's serves nobody.
        Assert.Contains(With(new(day, day)).Guards, g => g.Key == row && g.Expected == g.New);
        Assert.Equal("accreditation-not-valid-on-date", Story.Code(With(new(day, day), Story.Id(5))));
        Assert.Equal("accreditation-not-valid-on-date", Story.Code(With(new(day.AddDays(1), null))));
        Assert.Equal("accreditation-not-valid-on-date", Story.Code(Act(under)));
    }

    [Fact]
    public void does_not_end_before_it_begins() =>
        Assert.Equal(
            ("value-out-of-range", "to"),
            Assert.Single(Act(Registered with { To = Story.Start.AddDays(-1) }).Refusals) is var r
                ? (r.Code, r.Field)
                : default
        );

    [Fact]
    public void is_not_done_ahead_of_its_time() =>
        Assert.Equal(
            "occurred-in-future",
            Story.Code(
                IssuerDecider.Decide(
                    Registered,
                    Org,
                    null,
                    Story.Id(4),
                    At(Later) with
                    {
                        OccurredAt = Later.AddDays(1),
                    }
                )
            )
        );

    [Fact]
    public void counts_for_nothing_while_it_is_suspended_and_again_once_it_is_registered_anew()
    {
        var suspended = Act(new IssuerSuspended("no reports"), Fold(Registered));
        // What it said before stands.
        Assert.True(Issues(Row(suspended), Later.AddDays(-1)));
        Assert.False(Issues(Row(suspended), Later));
        Assert.Empty(Act(new IssuerSuspended("again"), Fold(Registered, new IssuerSuspended("x"))).Events);
        Assert.True(Issues(Row(Act(Registered, Fold(Registered, new IssuerSuspended("x")))), Later));
        Assert.Null(Fold(Registered, new IssuerSuspended("x"), Registered)!.SuspendedSince);
    }

    [Fact]
    public void goes_on_from_its_first_day_where_it_is_registered_again()
    {
        var again = Registered with { From = null, Name = "CNAS 2" };
        Assert.True(Issues(Row(Act(again, Fold(Registered))), Story.Start));
        Assert.Equal(Story.Start, Fold(Registered, again)!.Registered.From);
        // After a stop it begins anew.
        var stopped = Fold(Registered, new IssuerRevoked(null, "end"));
        Assert.False(Issues(Row(Act(again, stopped)), Later.AddDays(-1)));
        Assert.True(Issues(Row(Act(again, stopped)), Later));
    }

    [Fact]
    public void counts_until_it_was_revoked()
    {
        var row = Row(Act(new IssuerRevoked(Later.AddDays(-2), "fraud"), Fold(Registered)));
        Assert.True(Issues(row, Later.AddDays(-3)));
        Assert.False(Issues(row, Later.AddDays(-2)));
        // Without a time: from the act on.
        Assert.True(Issues(Row(Act(new IssuerRevoked(null, "end"), Fold(Registered))), Later.AddDays(-1)));
        Assert.Equal(Story.Start.AddDays(1), Fold(Registered, new IssuerRevoked(null, "end"))!.RevokedSince);
        foreach (var e in (LedgerEvent[])[new IssuerSuspended("x"), new IssuerRevoked(null, "x")])
            Assert.Equal("wrong-state", Story.Code(Act(e, Fold(Registered, new IssuerRevoked(null, "end")))));
    }

    [Fact]
    public void that_nobody_registered_can_be_neither_suspended_nor_revoked()
    {
        Assert.Equal("issuer-unknown", Story.Code(Act(new IssuerSuspended("x"))));
        Assert.Equal("issuer-unknown", Story.Code(Act(new IssuerRevoked(null, "x"))));
        Assert.Null(IssuerTerm.Read(null));
        Assert.Null(IssuerTerm.Read("licence"));
    }

    /// <summary>A body of the country is named by its code, and then it must be known; others by their name.</summary>
    [Fact]
    public void is_asked_for_where_a_licence_names_its_issuer_by_code()
    {
        LicenceRecorded Licence(string issuer) => new(LicenceKind.Accreditation, "L9", issuer);
        Decision Record(string issuer, string? row)
        {
            var guards = ImmutableDictionary<GuardKey, string>.Empty;
            if (row is not null)
                guards = guards.Add(IssuerTerm.Row(issuer), row);
            var party = PartyOnRoll.Fold(Story.Stream(new PartyRegistered(PartyNature.Organisation, Org)));
            return PartyDecider.Decide(Licence(issuer), Org, Story.Id(9), party, At(Later, guards));
        }
        Assert.Contains(IssuerTerm.Row(Org), PartyDecider.Named(Licence(Org)));
        Assert.Equal("issuer-unknown", Story.Code(Record(Org, null)));
        Assert.Equal("issuer-unknown", Story.Code(Record(Org, "wipe|..")));
        Assert.Equal("issuer-unknown", Story.Code(Record(Org, "licence|..2020-01-01")));
        var recorded = Record(Org, "licence|..");
        Assert.Equal("licence-recorded", Story.Outcome(recorded));
        // An issuer that is suspended in that very moment sends it back.
        Assert.Contains(GuardChange.Read(IssuerTerm.Row(Org), "licence|.."), recorded.Guards);
        Assert.Equal("licence-recorded", Story.Outcome(Record("DAkkS", null)));
    }
}
