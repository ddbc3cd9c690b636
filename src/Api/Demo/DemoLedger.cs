using Api.Import;
using Ledger.Encumbrances;
using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Kernel.Identifiers;
using Ledger.Markets;
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
    static readonly Acting Clerk = new("demo-market", "CLK", Market);

    public static async Task LoadAsync(IServiceProvider services, CancellationToken stop)
    {
        var (database, desk) = (
            services.GetRequiredService<LedgerDatabase>(),
            services.GetRequiredService<CommandDesk>()
        );
        await ImportAsync(services, database, stop);
        var opening = new StreamOrder(Clerk, Scope, "market", Said, At("2024-01-01"));
        await services
            .GetRequiredService<LedgerNode>()
            .Sites.RecordAsync(new MarketOpened(Market, "锦江旧货市场"), Market, opening, stop);
        await CarAsync(
            desk,
            database.Handles,
            "vin:LSVAM4187C2184847",
            "大众",
            "帕萨特",
            8_680_000,
            "car-1",
            lien: false,
            stop
        );
        await CarAsync(
            desk,
            database.Handles,
            "vin:1HGCM82633A004352",
            "本田",
            "雅阁",
            5_230_000,
            "car-2",
            lien: true,
            stop
        );
        await PhoneAsync(desk, database.Handles, stop);
        await DemoTransfer.LoadAsync(services.GetRequiredService<LedgerNode>(), desk, Market, stop);
        await DemoRoll.LoadAsync(services.GetRequiredService<LedgerNode>(), stop);
        await DemoExport.LoadAsync(services.GetRequiredService<LedgerNode>(), stop);
    }

    static async Task ImportAsync(IServiceProvider services, LedgerDatabase database, CancellationToken stop)
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
                var importer = new Importer(services.GetRequiredService<LedgerNode>(), _ => { });
                var orders = new RowOrders(database.Handles, null, null);
                var rows = new RowReader(source, sales, null, null, path);
                await importer.RunAsync(source, rows.Read, sales ? orders.Sale : orders.History, (_, _) => { }, stop);
            }
            finally
            {
                File.Delete(path);
            }
        }
    }

    static async Task CarAsync(
        CommandDesk desk,
        Handles handles,
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
        var item = handles.EntityId("item", Scope, key);
        var owner = new PartyRef(Market, $"K-{key}");
        await RecordAsync(
            desk,
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
            stop,
            id
        );
        await RecordAsync(
            desk,
            new GradeItem("GB/T 30323-2013", 905, 1, false),
            item,
            $"{key}/grade",
            "2026-05-07",
            stop
        );
        await RecordAsync(desk, new DiscloseItem(Told), item, $"{key}/disclose", "2026-05-07", stop);
        await RecordAsync(
            desk,
            new ReadOdometer(48_200, DistanceUnit.Km, OdometerSource.Desk, new(2026, 5, 7), null, false),
            item,
            $"{key}/odometer",
            "2026-05-07",
            stop
        );
        // A reading that somebody looked at twice: the regulator sees it too.
        if (lien)
            await RecordAsync(
                desk,
                new ReadOdometer(31_900, DistanceUnit.Km, OdometerSource.Desk, new(2026, 5, 8), null, true),
                item,
                $"{key}/odometer-2",
                "2026-05-08",
                stop
            );
        await RecordAsync(
            desk,
            new ListItem(handles.EntityId("listing", Scope, key), Market, owner, ask, "CNY", null),
            item,
            $"{key}/list",
            "2026-05-08",
            stop
        );
        if (lien)
            await RecordAsync(
                desk,
                new RegisterEncumbrance(
                    handles.EntityId("encumbrance", Scope, key),
                    EncumbranceKind.Mortgage,
                    new(Market, "BANK-1"),
                    new(2026, 5, 9),
                    new(2028, 5, 9)
                ),
                item,
                $"{key}/lien",
                "2026-05-09",
                stop
            );
    }

    static async Task PhoneAsync(CommandDesk desk, Handles handles, CancellationToken stop)
    {
        var id = Identifier.Parse("imei:490154203237518").Identifier!;
        var item = handles.EntityId("item", Scope, "phone-1");
        var (seller, buyer, deal) = (
            new PartyRef(Market, "K-phone-1"),
            new PartyRef(Market, "K-phone-2"),
            handles.EntityId("deal", Scope, "phone-1")
        );
        await RecordAsync(
            desk,
            new RegisterItem(item, "electronics", [handles.Name(id)], "华为", "Mate 60", Owner: seller),
            item,
            "phone-1/register",
            "2026-05-10",
            stop,
            id
        );
        await RecordAsync(
            desk,
            new RecordRepair("更换屏幕", RepairOutcome.Fixed, 38_000, "CNY", ["屏幕"]),
            item,
            "phone-1/repair",
            "2026-05-11",
            stop
        );
        foreach (var (step, day, command) in DemoWipe.Steps(handles, Scope, "phone-1", Market, seller))
            await RecordAsync(desk, command, item, $"phone-1/{step}", day, stop);
        await RecordAsync(
            desk,
            new ListItem(handles.EntityId("listing", Scope, "phone-1"), Market, seller, 268_000, "CNY", null),
            item,
            "phone-1/list",
            "2026-05-12",
            stop
        );
        await RecordAsync(
            desk,
            new OpenDeal(deal, seller, buyer, PartyKind.Person, PartyKind.Person, DealMode.Retail),
            item,
            "phone-1/deal",
            "2026-05-13",
            stop
        );
        await RecordAsync(desk, new AgreeDeal(deal, 260_000, "CNY", null), item, "phone-1/agree", "2026-05-13", stop);
    }

    internal static readonly ItemDisclosed Told = new(
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

    internal static async Task RecordAsync(
        CommandDesk desk,
        ItemCommand command,
        Guid item,
        string key,
        string day,
        CancellationToken stop,
        Identifier? identifier = null
    )
    {
        var order = new Order(command, item, Clerk, Scope, key, Said, At(day))
        {
            Identifiers = identifier is null ? [] : [identifier],
            RegionCode = MarketCode.DivisionOf(Market),
        };
        MustStand(await desk.RecordAsync(order, null, stop), key);
    }

    /// <summary>An act on a stream that is no item.</summary>
    internal static async Task ActAsync(Acting by, string key, string day, Func<StreamOrder, Task<Answer>> act) =>
        MustStand(await act(new(by, Scope, key, Said, At(day))), key);

    static void MustStand(Answer answer, string key)
    {
        if (answer is Answer.Refused { Refusals: [var first, ..] })
            throw new InvalidOperationException($"The demo's own data was refused: {first.Code} at {key}.");
    }

    /// <summary>The hash of every command of the demo: its data are fixed, so a repeat says the same.</summary>
    internal static readonly CommandHash Said = CommandHash.Read("the demo's data."u8);

    internal static DateTimeOffset At(string day) => Instants.TryParse($"{day}T02:00:00Z", out var at) ? at : default;
}
