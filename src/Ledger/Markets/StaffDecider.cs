using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Parties;

namespace Ledger.Markets;

/// <summary>Says who stands at a market's desks, and in which roles.</summary>
public static class StaffDecider
{
    /// <param name="e">With its person as the vault knows them.</param>
    /// <param name="roll">The person's roles; null: nobody has registered any.</param>
    public static Decision Decide(LedgerEvent e, string code, Market? market, PartyOnRoll? roll, Situation s) =>
        (e, market) switch
        {
            _ when Occurrence.Ahead(s.OccurredAt, s.Now) is { } ahead => Decision.Refuse(ahead),
            (_, null) => Decision.Refuse(Refusal.Of("market-unknown", ("value", code))),
            (DeskStaffAssigned, { State: SiteState.Closed }) => Decision.Refuse(
                new Refusal("wrong-state") { CurrentState = SiteStates.Closed }
            ),
            (DeskStaffAssigned a, _) when market.Staff.Any(a.Says) => Decision.Record(),
            (DeskStaffAssigned a, _) => Ended(a, roll, s) is { } ended
                ? Decision.Refuse(Refusal.Of("staff-listed-as-ended", ("role", ended)).At("roles"))
                : Decision.Record(a),
            (DeskStaffRemoved r, _) => market.Staff.Any(a => a.IsAt(r.Person, r.Desk))
                ? Decision.Record(r)
                : Decision.Refuse(new Refusal("wrong-state") { CurrentState = "not-assigned" }),
            _ => throw new ArgumentException($"{e.GetType().Name} is no act on a desk's staff.", nameof(e)),
        };

    /// <summary>A role that was ended on the roll, and that nobody has granted again.</summary>
    static string? Ended(DeskStaffAssigned a, PartyOnRoll? roll, Situation s) =>
        roll is null
            ? null
            : (a.Roles ?? []).FirstOrDefault(role =>
                roll.Roles.Any(t => t.Granted.Role == role && t.EndedOn is not null)
                && !roll.Roles.Any(t => t.Granted.Role == role && t.Term.Holds(s.LawDay))
            );
}
