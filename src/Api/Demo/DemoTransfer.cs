using System.Security.Cryptography;
using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Kernel.Identifiers;
using Ledger.Markets;
using Ledger.Store;
using Ledger.Trading;

namespace Api.Demo;

/// <summary>A registration station and the three cars it was handed: registered, sent back, waiting.</summary>
static class DemoTransfer
{
    internal const string Station = "ST-510104-01";

    static readonly string Papers = Convert.ToHexStringLower(SHA256.HashData("demo-papers"u8));

    static readonly AuthoriseStation Authorised = new(
        Station,
        "锦江二手车登记服务站",
        "成都市公安局交通管理局",
        ["transfer"],
        new(2024, 1, 1),
        new(2028, 12, 31)
    );

    public static async Task LoadAsync(LedgerNode node, string market, CancellationToken stop)
    {
        await DemoLedger.RecordAsync(node, Authorised, "station", "2024-01-01", stop);
        foreach (
            var (key, vin, make, model, fen) in ((string, string, string, string, long)[])
                [
                    ("registered", "LFV2A21K0H3001234", "大众", "速腾", 6_450_000),
                    ("refused", "LVSHFFAC9JF005678", "福特", "福克斯", 4_120_000),
                    ("open", "LGBH52E07LY009012", "日产", "轩逸", 5_780_000),
                ]
        )
        {
            var car = $"transfer-{key}";
            var item = node.Database.Handles.EntityId("item", DemoLedger.Scope, car);
            var (seller, deal) = (
                new PartyRef(market, $"K-{car}-1"),
                node.Database.Handles.EntityId("deal", DemoLedger.Scope, car)
            );
            var vehicle = Identifier.Parse($"vin:{vin}").Identifier!;
            await RecordAsync("register", "2026-06-01", Registered(item, node.Database.Handles.Name(vehicle)));
            foreach (var (step, day, command) in Sale(deal, seller, new(market, $"K-{car}-2"), fen))
                await RecordAsync(step, day, command);
            foreach (var (step, command) in End(key, deal))
                await RecordAsync(step, "2026-06-03", command);

            RegisterItem Registered(Guid id, NamedIdentifier name) =>
                new(
                    id,
                    "used-car",
                    [name],
                    make,
                    model,
                    FirstRegistered: new(2019, 3, 8),
                    ScrapCategory: "private-small",
                    Owner: seller
                );
            Task RecordAsync(string step, string day, ItemCommand command) =>
                DemoLedger.RecordAsync(node, command, item, $"{car}/{step}", day, stop);
        }
    }

    static IEnumerable<(string Step, string Day, ItemCommand Command)> Sale(
        Guid deal,
        PartyRef seller,
        PartyRef buyer,
        long fen
    )
    {
        yield return ("disclose", "2026-06-01", DemoLedger.Told);
        yield return (
            "deal",
            "2026-06-02",
            new OpenDeal(deal, seller, buyer, PartyKind.Person, PartyKind.Person, DealMode.Retail)
        );
        yield return ("agree", "2026-06-02", new AgreeDeal(deal, fen, "CNY", null));
        yield return ("pay", "2026-06-02", new RecordPayment(deal, fen, "CNY", "bank"));
        yield return ("invoice", "2026-06-02", new InvoiceDeal(deal, InvoiceKind.Sale, fen, fen, 0, null, "CNY", null));
        yield return ("submit", "2026-06-03", new SubmitTransfer(deal, Station, null, [Papers]));
    }

    static IEnumerable<(string Step, ItemCommand Command)> End(string key, Guid deal) =>
        key switch
        {
            "registered" =>
            [
                ("check", new CheckVehicle(null, null, VinMatches: true, EngineMatches: true)),
                (
                    key,
                    new TransferOwnership(deal, TransferVia.Station, Station, "510104", "510302", new(2026, 6, 3), [])
                ),
            ],
            "refused" => [(key, new RefuseTransfer(deal, "登记证书缺页"))],
            _ => [],
        };
}
