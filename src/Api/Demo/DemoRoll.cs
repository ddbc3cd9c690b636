using Api.Settings;
using Ledger.Indicators;
using Ledger.Kernel;
using Ledger.Parties;
using Ledger.Store;

namespace Api.Demo;

/// <summary>The parties behind the demo: an accredited laboratory, a recycler whose filing has run out, a company whose
/// code has yet to be compared; and what the province's figures are held against.</summary>
static class DemoRoll
{
    const string Laboratory = "914403001922038216",
        Recycler = "91330100799655058B",
        Pilot = "91350100M0001TGQXM";

    static readonly DateOnly From = new(2026, 1, 1);

    /// <summary>The operator names the regulator, who puts the bank and the exporter on the roll.</summary>
    /// <exception cref="NeededException">The ledger has a regulator of its own.</exception>
    public static async Task OpenAsync(LedgerNode node, CancellationToken stop)
    {
        var named = await node.Reader.FoldAsync(
            PartyStreams.RollOf(node.Database.Handles),
            events => events.Select(e => e.Event).OfType<FirstRegulatorNamed>().FirstOrDefault()?.Uscc,
            stop
        );
        if (named is not null and not DemoPeople.Office)
            throw new NeededException(
                $"--demo: this ledger has a regulator of its own ({named}), on whose roll the demo's people are not. Give the demo a new ledger, with --data and --postgres."
            );
        foreach (
            var (code, kind, name, role) in new[]
            {
                (DemoPeople.Office, PartyNature.StateBody, "四川省商务厅", "REG"),
                (DemoPeople.Bank, PartyNature.Organisation, "成都汽车金融有限公司", "LND"),
                (DemoPeople.Exporter, PartyNature.Organisation, "成都二手车出口有限公司", "EXP"),
            }
        )
        foreach (
            var (step, command) in new (string, LedgerCommand)[]
            {
                ("register", new RegisterParty(code, kind, code, name, "510000")),
                ("grant", new GrantRole(code, role, "demo-basis")),
            }
        )
            await DemoLedger.RecordAsync(
                node,
                command,
                $"roll-{role}-{step}",
                "2023-01-03",
                stop,
                role == "REG" ? Acting.Local : new(DemoPeople.Office, "REG")
            );
    }

    public static async Task LoadAsync(LedgerNode node, CancellationToken stop)
    {
        LedgerCommand[] commands =
        [
            new RegisterParty(Laboratory, PartyNature.Organisation, Laboratory, "四川机动车检测有限公司", "510104"),
            new ConfirmIdentity(Laboratory, ConfirmationMethod.Registry, "demo-registry"),
            new GrantRole(Laboratory, "APR", "demo-basis", From),
            Licence(
                Laboratory,
                LicenceKind.Accreditation,
                "CNAS L1234",
                "中国合格评定国家认可委员会",
                new(2028, 12, 31)
            ),
            new RegisterParty(Recycler, PartyNature.Organisation, Recycler, "绵阳再生资源有限公司", "510703"),
            Licence(Recycler, LicenceKind.RecyclerFiling, "CY-5107-0012", "绵阳市商务局", new(2026, 3, 31)),
            new RegisterParty(Pilot, PartyNature.Organisation, Pilot, "泸州旧货经营有限公司", "510502"),
        ];
        foreach (var (n, command) in commands.Index())
            await RecordAsync($"roll-{n}", command);
        const string Trade = Indicator.UsedCarTrade,
            Province = "510000";
        await RecordAsync("baseline", new FixBaseline(Trade, Province, 2023, 48, "demo-2023", Replaces: false));
        await RecordAsync("target", new FixTarget(Trade, Province, 2027, 5_000, "demo-plan", Replaces: false));

        Task RecordAsync(string key, LedgerCommand command) =>
            DemoLedger.RecordAsync(node, command, key, "2026-05-04", stop);
    }

    static RecordLicence Licence(string party, LicenceKind kind, string number, string issuer, DateOnly to) =>
        new(party, kind, number, issuer, null, From, to);
}
