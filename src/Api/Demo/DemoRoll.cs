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
