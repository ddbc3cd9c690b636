using System.Collections.Immutable;
using Api.Import;
using Ledger.Encumbrances;
using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Kernel.Identifiers;
using Ledger.Pipeline;
using Ledger.Rules;
using Ledger.Store;
using Ledger.Trading;

namespace Api.Demo;

/// <summary>A small, realistic, fixed data set (<c>--demo</c>), recorded through the same doors as everything
/// else.</summary>
static class DemoLedger
{
    /// <summary>A seed nobody else would take: a register of another seed meets none of these goods.</summary>
    const long OwnSeed = 999_331;

    internal const string Scope = "demo";
    const string Market = "MK-510104-0001";

    public static async Task LoadAsync(IServiceProvider services, CancellationToken stop)
    {
        var node = services.GetRequiredService<LedgerNode>();
        await DemoRoll.OpenAsync(node, stop);
        await ImportAsync(node, stop);
        await CarAsync(node, "vin:LSVAM4187C2184847", "大众", "帕萨特", 8_680_000, "car-1", lien: false, stop);
        await CarAsync(node, "vin:1HGCM82633A004352", "本田", "雅阁", 5_230_000, "car-2", lien: true, stop);
        await PhoneAsync(node, stop);
        await DemoTransfer.LoadAsync(node, Market, stop);
        await DemoRoll.LoadAsync(node, stop);
        await DemoExport.LoadAsync(node, stop);
    }

    static async Task ImportAsync(LedgerNode node, CancellationToken stop)
    {
        foreach (var sales in (bool[])[false, true])
        {
            var path = Path.Combine(Path.GetTempPath(), $"ledger-demo-{Environment.ProcessId}.csv");
            try
            {
                await using (var writer = new StreamWriter(path))
                    if (sales)
                        new DemoRegister(400, OwnSeed).WriteRows(writer);
                    else
                        DemoRegister.WriteMarkets(writer);
                using var source = RowSource.Open(path, null);
                var importer = new Importer(node, _ => { });
                var requests = new RowRequests(node.Database.Handles, null, null);
                var rows = new RowReader(source, sales, null, null, path);
                await importer.RunAsync(
                    source,
                    rows.Read,
                    sales ? requests.Sale : requests.History,
                    (_, _) => { },
                    stop
                );
            }
            finally
            {
                File.Delete(path);
            }
        }
    }

    static async Task CarAsync(
        LedgerNode node,
        string vin,
        string make,
        string model,
        long ask,
        string key,
        bool lien,
        CancellationToken stop
    )
    {
        var id = Identifier.Parse(vin).Identifier!;
        var handles = node.Database.Handles;
        var item = handles.EntityId("item", Scope, key);
        var owner = new PartyRef(Market, $"K-{key}");
        await RecordAsync(
            node,
            new RegisterItem(
                item,
                "used-car",
                [handles.Name(id)],
                make,
                model,
                FirstRegistered: new(2020, 5, 18),
                ScrapCategory: "private-small",
                Owner: owner
            ),
            item,
            $"{key}/register",
            "2026-05-06",
            stop
        );
        await RecordAsync(
            node,
            new GradeItem("GB/T 30323-2013", 905, 1, false),
            item,
            $"{key}/grade",
            "2026-05-07",
            stop
        );
        await RecordAsync(node, Told, item, $"{key}/disclose", "2026-05-07", stop);
        await RecordAsync(
            node,
            new ReadOdometer(48_200, DistanceUnit.Km, OdometerSource.Desk, new(2026, 5, 7), null, false),
            item,
            $"{key}/odometer",
            "2026-05-07",
            stop
        );
        // A reading that somebody looked at twice: the regulator sees it too.
        if (lien)
            await RecordAsync(
                node,
                new ReadOdometer(31_900, DistanceUnit.Km, OdometerSource.Desk, new(2026, 5, 8), null, true),
                item,
                $"{key}/odometer-2",
                "2026-05-08",
                stop
            );
        await RecordAsync(
            node,
            new ListItem(handles.EntityId("listing", Scope, key), Market, owner, ask, "CNY", null),
            item,
            $"{key}/list",
            "2026-05-08",
            stop
        );
        if (lien)
            await RecordAsync(
                node,
                new RegisterEncumbrance(
                    handles.EntityId("encumbrance", Scope, key),
                    EncumbranceKind.Mortgage,
                    PartyRef.Organisation(DemoPeople.Bank),
                    new(2026, 5, 9),
                    new(2028, 5, 9)
                ),
                item,
                $"{key}/lien",
                "2026-05-09",
                stop
            );
    }

    static async Task PhoneAsync(LedgerNode node, CancellationToken stop)
    {
        var id = Identifier.Parse("imei:490154203237518").Identifier!;
        var handles = node.Database.Handles;
        var item = handles.EntityId("item", Scope, "phone-1");
        var (seller, buyer, deal) = (
            new PartyRef(Market, "K-phone-1"),
            new PartyRef(Market, "K-phone-2"),
            handles.EntityId("deal", Scope, "phone-1")
        );
        await RecordAsync(
            node,
            new RegisterItem(item, "electronics", [handles.Name(id)], "华为", "Mate 60", Owner: seller),
            item,
            "phone-1/register",
            "2026-05-10",
            stop
        );
        await RecordAsync(
            node,
            new RecordRepair("更换屏幕", RepairOutcome.Fixed, 38_000, "CNY", ["屏幕"]),
            item,
            "phone-1/repair",
            "2026-05-11",
            stop
        );
        foreach (var (step, day, command) in DemoWipe.Steps(handles, Scope, "phone-1", Market, seller))
            await RecordAsync(node, command, item, $"phone-1/{step}", day, stop);
        await RecordAsync(
            node,
            new ListItem(handles.EntityId("listing", Scope, "phone-1"), Market, seller, 268_000, "CNY", null),
            item,
            "phone-1/list",
            "2026-05-12",
            stop
        );
        await RecordAsync(
            node,
            new OpenDeal(deal, seller, buyer, PartyKind.Person, PartyKind.Person, DealMode.Retail),
            item,
            "phone-1/deal",
            "2026-05-13",
            stop
        );
        await RecordAsync(node, new AgreeDeal(deal, 260_000, "CNY", null), item, "phone-1/agree", "2026-05-13", stop);
    }

    internal static readonly DiscloseItem Told = new(
        Disclosed.No,
        Disclosed.No,
        Disclosed.No,
        Disclosed.Yes,
        Disclosed.No,
        Disclosed.No,
        Disclosed.NotChecked,
        Disclosed.No,
        Disclosed.NotChecked,
        "前保险杠做过漆面修复"
    );

    internal static Task RecordAsync(
        LedgerNode node,
        ItemCommand command,
        Guid item,
        string key,
        string day,
        CancellationToken stop
    ) => RecordAsync(node, command with { Item = item }, key, day, stop);

    /// <param name="by">Who gives it; null: the first one who may.</param>
    internal static async Task RecordAsync(
        LedgerNode node,
        LedgerCommand command,
        string key,
        string day,
        CancellationToken stop,
        Acting? by = null
    )
    {
        var answer = await node.Pipeline.RecordAsync(
            new(command, by ?? DemoPeople.Who(command), Scope, key, Said, At(day))
            {
                LateReason = "演示数据",
                // Its people have read what warns of it.
                Acknowledged = AllRules,
            },
            stop
        );
        if (answer is Answer.Refused { Refusals: [var first, ..] })
            throw new InvalidOperationException($"The demo's own data was refused: {first.Code} at {key}.");
    }

    static readonly ImmutableArray<string> AllRules = [.. RuleSet.Current.Rules.Select(r => r.Id).Distinct()];

    /// <summary>The hash of every command of the demo: its data are fixed, so a repeat says the same.</summary>
    internal static readonly CommandHash Said = CommandHash.Read("the demo's data."u8);

    internal static DateTimeOffset At(string day) => Instants.TryParse($"{day}T02:00:00Z", out var at) ? at : default;
}
