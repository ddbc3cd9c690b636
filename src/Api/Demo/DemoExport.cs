using Ledger.Exports;
using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Kernel.Identifiers;
using Ledger.Store;

namespace Api.Demo;

/// <summary>A batch of two cars on its way abroad: one is ready, the other is not called what its certificate calls
/// it.</summary>
static class DemoExport
{
    const string Code = DemoPeople.Exporter,
        Hs = "8703234110";

    static readonly DateOnly Noted = new(2026, 5, 12);

    public static async Task LoadAsync(LedgerNode node, CancellationToken stop)
    {
        var batch = node.Database.Handles.EntityId("batch", DemoLedger.Scope, "batch-1");
        await RecordAsync(node, "exporter", Filing, stop);
        await RecordAsync(node, "approval", Approval, stop);
        await RecordAsync(node, "batch", new DraftBatch(batch, Code, Hs, "AE", "上海"), stop);
        await CarAsync(
            node,
            batch,
            "vin:WBAAY711X0KC28153",
            "宝马",
            "325Li",
            "325Li",
            new(2021, 4, 2),
            "export-1",
            stop
        );
        await CarAsync(
            node,
            batch,
            "vin:1M8GDM9AXKP042788",
            "比亚迪",
            "汉",
            "汉EV",
            new(2023, 2, 10),
            "export-2",
            stop
        );
    }

    static readonly FileExporter Filing = new(Code, "成都二手车出口有限公司", null, true, true, true, ["demo-filing"]);
    static readonly ApproveExporter Approval = new(Code, "成都市商务局", new(2028, 12, 31), false);

    static async Task CarAsync(
        LedgerNode node,
        Guid batch,
        string vin,
        string make,
        string model,
        string modelInBatch,
        DateOnly registered,
        string key,
        CancellationToken stop
    )
    {
        var id = Identifier.Parse(vin).Identifier!;
        var item = node.Database.Handles.EntityId("item", DemoLedger.Scope, key);
        Task Record(ItemCommand command, string step, string day) =>
            DemoLedger.RecordAsync(node, command, item, $"{key}/{step}", day, stop);
        await Record(
            new RegisterItem(
                item,
                "used-car",
                [node.Database.Handles.Name(id)],
                make,
                model,
                FirstRegistered: registered,
                ScrapCategory: "private-small",
                Owner: PartyRef.Organisation(Code)
            ),
            "register",
            "2026-05-10"
        );
        await Record(
            new InspectForExport("WM/T 8-2022", true, new(2026, 5, 11), "CNAS L1234", null),
            "inspect",
            "2026-05-11"
        );
        await Record(new AnnotateExport(Noted, null, Noted.AddDays(60), Noted.AddDays(60)), "note", "2026-05-12");
        var adding = new AddToBatch(batch, item, Hs, make, modelInBatch, registered, Noted);
        await RecordAsync(node, $"{key}/batch", adding, stop);
    }

    static Task RecordAsync(LedgerNode node, string key, LedgerCommand command, CancellationToken stop) =>
        DemoLedger.RecordAsync(node, command, key, "2026-05-13", stop);
}
