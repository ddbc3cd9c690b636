using Ledger;
using Ledger.Kernel;

namespace Support;

/// <summary>Who gives a command in a test that is not about who may.</summary>
public static class People
{
    /// <summary>Roles that stand nowhere in particular come first, then those of a place or a grant.</summary>
    static readonly RoleLine[] InOrder =
    [
        .. RoleTable
            .All.Where(r => r.Role is not (Roles.Sys or Roles.Adm))
            .OrderBy(r => Roles.Granted.HasFlag(r.Role))
            .ThenBy(r => r.Place is not RolePlace.Anywhere),
        RoleTable.Find("ADM")!,
    ];

    /// <summary>A role that may; at a market its desk, if it may.</summary>
    /// <param name="codes">Of those who may.</param>
    /// <param name="site">Where; null: nowhere in particular.</param>
    public static string RoleFor(IReadOnlyCollection<string> codes, string? site = null) =>
        MarketCode.IsWellFormed(site) && codes.Contains("CLK") ? "CLK"
        : StationCode.IsWellFormed(site) && codes.Contains("STN") ? "STN"
        // Whoever is somewhere else is no station, if anybody else may.
        : InOrder
            .OrderBy(r => site is not null && r.Place is RolePlace.Station)
            .First(r => codes.Contains(r.Code))
            .Code;

    /// <summary>Somebody who may give a command.</summary>
    public static Acting Who(LedgerCommand command, string? site = null, string? second = null)
    {
        var roles = Modules.Permits[command.GetType()].Roles;
        return roles is Roles.Sys
            ? Acting.System
            : As(RoleFor([.. RoleTable.Of(roles).Select(r => r.Code)], site), site, second);
    }

    /// <summary>What somebody says of himself over HTTP.</summary>
    public static (string Name, string Value)[] Headers(string role, string? site = null, string? actor = null)
    {
        (string Name, string? Value)[] said =
        [
            ("Ledger-Role", role),
            ("Ledger-Site", site),
            ("Ledger-Actor", actor ?? NameOf(role)),
        ];
        return [.. said.Where(h => h.Value is not null).Select(h => (h.Name, h.Value!))];
    }

    static Acting As(string role, string? site, string? second) =>
        new(NameOf(role) ?? "local", role, Sites.For(role, site), second);

    /// <summary>Who has a role that not anybody has: whoever checks a wipe did not do it, and some the roll grants. Null:
    /// anybody does.</summary>
    public static string? NameOf(string role) => role == "WVR" ? "verifier" : Roll.CodeOf(role);
}
