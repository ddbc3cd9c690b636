using Ledger.Kernel;

namespace Ledger.Parties;

/// <summary>Who grants and ends which role, and to whom. A regulator is always left: none ends its own role, and none
/// has a last day.</summary>
static class RoleGrants
{
    /// <summary>Whether an operator names a regulator, which he may do once: nobody else can grant that role on an
    /// empty roll.</summary>
    public static bool NamesRegulator(PartyCommand c, Acting by) => c is GrantRole { Role: "REG" } && by.Is(Roles.Adm);

    /// <summary>Why whoever acts may not grant or end the role; null: he may. An operator grants what is no
    /// authority's, but for the first regulator.</summary>
    /// <param name="namesFirst">It is the first regulator that he names.</param>
    public static Refusal? Refuses(PartyCommand c, Acting by, bool namesFirst) =>
        c switch
        {
            GrantRole g when IsAuthority(g.Role) && !by.Is(Roles.Reg) && !namesFirst => RegulatorsOnly(by),
            EndRole e when IsAuthority(e.Role) && !by.Is(Roles.Reg) => RegulatorsOnly(by),
            EndRole { Role: "REG" } e when e.Party == by.Actor => new Refusal("regulator-ends-itself"),
            GrantRole { Role: "REG", ValidTo: { } last } => Refusal
                .Of("value-malformed", ("name", "validTo"), ("value", last), ("expected", "–"))
                .At("validTo"),
            _ => null,
        };

    /// <summary>Why a party of that nature cannot have the role; null: it can.</summary>
    public static Refusal? Refuses(string? role, PartyNature? nature) =>
        IsAuthority(role) && nature is not PartyNature.StateBody ? NotOf(role, nature)
        : RoleTable.IsOneOf(role, Roles.Granted) && nature is PartyNature.Person ? NotOf(role, nature)
        : null;

    static Refusal RegulatorsOnly(Acting by) =>
        Refusal.Of("not-authorised", ("role", by.Role), ("may", RoleTable.Codes(Roles.Reg)));

    static Refusal NotOf(string? role, PartyNature? nature) =>
        Refusal
            .Of("role-not-of-party", ("role", role), ("kind", nature is null ? null : WireWords.Of(nature.Value)))
            .At("role");

    static bool IsAuthority(string? role) => RoleTable.IsOneOf(role, Roles.Authorities);
}
