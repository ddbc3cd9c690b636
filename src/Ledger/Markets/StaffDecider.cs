using Ledger.Kernel;
using Ledger.Parties;

namespace Ledger.Markets;

/// <summary>Says who stands at a market's desks, and in which roles.</summary>
public static class StaffDecider
{
    public static CommandKind Commands { get; } =
        CommandKind.Of<StaffCommand>(
            (c, _, s) => [Need.Of(MarketCommand.StreamOf(c.Code, s.Ids)), Need.Of(c.Roll)],
            (c, read, s) =>
            {
                var stream = MarketCommand.StreamOf(c.Code, s.Ids);
                var (market, roll) = (read.State(stream, Market.Fold), read.State(c.Roll, PartyOnRoll.Fold));
                return [new(stream, MarketStreams.Market, Decide(c, market, roll, s))];
            }
        );

    /// <param name="c">With its person as the vault knows them.</param>
    /// <param name="roll">The person's roles; null: nobody has registered any.</param>
    public static Decision Decide(StaffCommand c, Market? market, PartyOnRoll? roll, Situation s)
    {
        if (market is null)
            return Decision.Refuse(Refusal.Of("market-not-found", ("value", c.Code)));
        if (s.By.Site != c.Code)
            return Decision.Refuse(Refusal.Of("not-of-this-market", ("market", c.Code)));
        return c switch
        {
            AssignStaff when market.State is SiteState.Closed => Decision.Refuse(
                new Refusal("wrong-state") { CurrentState = SiteStates.Closed }
            ),
            AssignStaff a => Assign(new(a.Person, a.Desk, a.Roles), market, roll, s),
            RemoveStaff r => market.Staff.Any(a => a.IsAt(r.Person, r.Desk))
                ? Decision.Record(new DeskStaffRemoved(r.Person, r.Desk, r.Reason))
                : Decision.Refuse(new Refusal("wrong-state") { CurrentState = "not-assigned" }),
            _ => throw new UnknownCommandException(c),
        };
    }

    static Decision Assign(DeskStaffAssigned assigned, Market market, PartyOnRoll? roll, Situation s) =>
        market.Staff.Any(assigned.Says) ? Decision.Record()
        : Ended(assigned, roll, s) is { } ended
            ? Decision.Refuse(Refusal.Of("staff-listed-as-ended", ("role", ended)).At("roles"))
        : Decision.Record(assigned);

    /// <summary>A role that was ended on the roll, and that nobody has granted again.</summary>
    static string? Ended(DeskStaffAssigned a, PartyOnRoll? roll, Situation s) =>
        roll is null
            ? null
            : (a.Roles ?? []).FirstOrDefault(role =>
                roll.Roles.Any(t => t.Granted.Role == role && t.EndedOn is not null)
                && !roll.Roles.Any(t => t.Granted.Role == role && t.Term.Holds(s.LawDay))
            );
}
