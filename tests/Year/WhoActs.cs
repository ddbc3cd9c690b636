namespace Year;

/// <summary>Who does what in the county: the true role of each act, and where whoever has it stands.</summary>
static class WhoActs
{
    static readonly Dictionary<string, string> Roles = new(
        from line in new[]
        {
            ("CLK", "items intakes disclosures odometer-readings listings prices withdrawals"),
            ("CLK", "trades agreements payments invoices completions cancellations wipe-consents"),
            ("STN", "transfer-submissions vehicle-checks transfers transfer-refusals identity-conflicts"),
            ("APR", "inspections brands"),
            ("WOP", "media wipes"),
            ("WVR", "wipe-verifications"),
            ("REF", "repairs part-replacements refurbishments refurb-grades"),
            ("DLR", "stock warranties"),
            ("LND", "encumbrances"),
            ("POL", "holds"),
            ("REG", "markets stations suspensions incidents"),
        }
        from act in line.Item2.Split(' ')
        select KeyValuePair.Create(act, line.Item1)
    );

    /// <summary>Those who are on the roll, by their code: the regulator, named by the operator, and whom he granted their
    /// role.</summary>
    public static readonly (string Role, string Kind, string Code, string Name)[] OnRoll =
    [
        ("REG", "state-body", "11510000MB70000015", "四川省商务厅"),
        ("POL", "state-body", "11510000MB70000028", "成都市公安局"),
        ("LND", "organisation", "91510100MA70000036", "简阳汽车金融有限公司"),
    ];

    /// <summary>Null: whoever acts in the role is taken at his word.</summary>
    public static string? CodeOf(string role) => OnRoll.FirstOrDefault(o => o.Role == role).Code;

    /// <summary>Whoever gave a thing ends it: a release is an act of the lien's or the hold's side.</summary>
    /// <param name="place">Where two people meet at no market's desk, a platform records it.</param>
    public static string RoleOf(string path, string place)
    {
        var parts = path.Split('/');
        var role = Roles[parts[^1] == "releases" ? parts[^3] : parts[^1]];
        return role == "CLK" && place == County.NoMarket ? "PLT" : role;
    }

    /// <summary>The market in whose hall it happens, the station, or an office of its own.</summary>
    public static string? SiteOf(string role, Scene scene) =>
        role switch
        {
            "STN" => scene.Station,
            "LND" or "POL" or "REG" => null,
            _ => scene.Market,
        };
}
