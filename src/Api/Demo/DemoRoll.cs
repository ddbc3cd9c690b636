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
        var acts = new (string Party, LedgerEvent Act)[]
        {
            (Laboratory, new PartyRegistered(PartyNature.Organisation, Laboratory, "四川机动车检测有限公司", "510104")),
            (Laboratory, new PartyIdentityConfirmed(ConfirmationMethod.Registry, "demo-registry")),
            (Laboratory, new PartyRoleGranted("APR", "demo-basis", From)),
            (
                Laboratory,
                Licence(LicenceKind.Accreditation, "CNAS L1234", "中国合格评定国家认可委员会", new(2028, 12, 31))
            ),
            (Recycler, new PartyRegistered(PartyNature.Organisation, Recycler, "绵阳再生资源有限公司", "510703")),
            (Recycler, Licence(LicenceKind.RecyclerFiling, "CY-5107-0012", "绵阳市商务局", new(2026, 3, 31))),
            (Pilot, new PartyRegistered(PartyNature.Organisation, Pilot, "泸州旧货经营有限公司", "510502")),
        };
        foreach (var (n, (party, act)) in acts.Index())
            await ActAsync($"roll-{n}", order => node.Parties.RecordAsync(party, act, order, stop));
        const string Trade = Indicator.UsedCarTrade,
            Province = "510000";
        await ActAsync(
            "baseline",
            o =>
                node.Indicators.RecordAsync(
                    Trade,
                    Province,
                    new BaselineFixed(Trade, Province, 2023, 48, "demo-2023"),
                    false,
                    o,
                    stop
                )
        );
        await ActAsync(
            "target",
            o =>
                node.Indicators.RecordAsync(
                    Trade,
                    Province,
                    new TargetFixed(Trade, Province, 2027, 5_000, "demo-plan"),
                    false,
                    o,
                    stop
                )
        );
    }

    static LicenceRecorded Licence(LicenceKind kind, string number, string issuer, DateOnly to) =>
        new(kind, number, issuer, null, From, to);

    static Task ActAsync(string key, Func<StreamOrder, Task<Answer>> act) =>
        DemoLedger.ActAsync(new("demo-office", "REG", null, "demo-second"), key, "2026-05-04", act);
}
