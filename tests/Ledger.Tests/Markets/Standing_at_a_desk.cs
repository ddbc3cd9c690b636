using Ledger.Kernel;
using Ledger.Markets;
using Ledger.Parties;
using Ledger.Rules;

namespace Ledger.Tests.Markets;

/// <summary>Who stands at a market's desks, and in which roles.</summary>
public sealed class Standing_at_a_desk
{
    static readonly PartyRef Person = PartyRef.Of(ItemScenario.Market, ItemScenario.Id(70));

    static DeskStaffAssigned Assigned(params string[] roles) => new(Person, "1", [.. roles]);

    static AssignStaff Assigning(params string[] roles) =>
        new(ItemScenario.Market, Person, Guid.Empty, "1", [.. roles]);

    static RemoveStaff Removing(string desk, string reason) =>
        new(ItemScenario.Market, Person, Guid.Empty, desk, reason);

    static Decision Act(StaffCommand c, PartyOnRoll? roll, params LedgerEvent[] before) =>
        ActAt(ItemScenario.Market, c, roll, before);

    static Decision ActAt(string? at, StaffCommand c, PartyOnRoll? roll, params LedgerEvent[] before) =>
        StaffDecider.Decide(
            c,
            Market(before),
            roll,
            new(
                ItemScenario.Start.AddDays(9),
                ItemScenario.Start.AddDays(9),
                RuleSet.Current,
                ItemScenario.By with
                {
                    Site = at,
                }
            )
        );

    static Market? Market(params LedgerEvent[] events) => Ledger.Markets.Market.Fold(ItemScenario.Stream(events));

    static readonly MarketOpened Open = new(ItemScenario.Market, "市场");

    static PartyOnRoll Roll(params LedgerEvent[] events) =>
        PartyOnRoll.Fold(ItemScenario.Stream([new PartyRegistered(PartyNature.Person, null), .. events]))!;

    [Fact]
    public void begins_with_an_assignment_and_ends_with_a_removal()
    {
        Assert.Equal("desk-staff-assigned", ItemScenario.Outcome(Act(Assigning("CLK"), null, Open)));
        var staff = Market(Open, Assigned("CLK"))!.Staff;
        Assert.Equal("CLK", Assert.Single(Assert.Single(staff).Roles!.Value));
        var gone = new DeskStaffRemoved(Person, "1", "left");
        Assert.Equal(
            "desk-staff-removed",
            ItemScenario.Outcome(Act(Removing("1", "left"), null, Open, Assigned("CLK")))
        );
        Assert.Empty(Market(Open, Assigned("CLK"), gone)!.Staff);
    }

    [Fact]
    public void again_says_nothing_and_in_other_roles_takes_the_place_of_before()
    {
        Assert.Empty(Act(Assigning("DLR", "CLK"), null, Open, Assigned("CLK", "DLR")).Events);
        Assert.Equal("desk-staff-assigned", ItemScenario.Outcome(Act(Assigning("DLR"), null, Open, Assigned("CLK"))));
        Assert.Equal(["DLR"], Assert.Single(Market(Open, Assigned("CLK"), Assigned("DLR"))!.Staff).Roles!.Value);
        Assert.Equal(2, Market(Open, Assigned("CLK"), Assigned("CLK") with { Desk = "2" })!.Staff.Length);
    }

    [Fact]
    public void at_a_market_that_is_there_and_open()
    {
        Assert.Equal("market-not-found", ItemScenario.Code(Act(Assigning("CLK"), null)));
        Assert.Equal("wrong-state", ItemScenario.Code(Act(Assigning("CLK"), null, Open, new MarketClosed("end"))));
        // A closed market's staff can still be let go.
        Assert.Equal(
            "desk-staff-removed",
            ItemScenario.Outcome(Act(Removing("1", "left"), null, Open, Assigned("CLK"), new MarketClosed("end")))
        );
    }

    [Fact]
    public void by_the_word_of_its_own_market()
    {
        foreach (var at in (string?[])["MK-510100-0008", "parking-lot", null])
            Assert.Equal("not-of-this-market", ItemScenario.Code(ActAt(at, Assigning("CLK"), null, Open)));
    }

    [Fact]
    public void ends_only_where_it_began()
    {
        var other = Act(Removing("2", "left"), null, Open, Assigned("CLK"));
        Assert.Equal(
            ("wrong-state", "not-assigned"),
            (ItemScenario.Code(other), Assert.Single(other.Refusals).CurrentState)
        );
    }

    [Fact]
    public void needs_a_role_that_was_not_ended()
    {
        var granted = new PartyRoleGranted("CLK", "paper");
        var ended = Roll(granted, new PartyRoleEnded("CLK", "retired"));
        var refusal = Assert.Single(Act(Assigning("DLR", "CLK"), ended, Open).Refusals);
        Assert.Equal(("staff-listed-as-ended", "CLK"), (refusal.Code, refusal.With["role"]));
        Assert.Equal("desk-staff-assigned", ItemScenario.Outcome(Act(Assigning("DLR"), ended, Open)));
        Assert.Equal("desk-staff-assigned", ItemScenario.Outcome(Act(Assigning("CLK"), Roll(granted), Open)));
        var again = Roll(granted, new PartyRoleEnded("CLK", "retired"), granted with { ValidFrom = new(2000, 1, 1) });
        Assert.Equal("desk-staff-assigned", ItemScenario.Outcome(Act(Assigning("CLK"), again, Open)));
    }
}
