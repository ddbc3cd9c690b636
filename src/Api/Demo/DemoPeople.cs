using Ledger;
using Ledger.Kernel;

namespace Api.Demo;

/// <summary>Who acts in the demo: each command is given by somebody who may.</summary>
static class DemoPeople
{
    const string Market = "MK-510104-0001";

    /// <summary>The first one whose role may: whatever a desk can do, it does.</summary>
    static readonly Acting[] All =
    [
        new("demo-market", "CLK", Market),
        new("demo-laboratory", "APR"),
        new("demo-workshop", "REF"),
        new("demo-wipe-operator", "WOP", Market),
        new("demo-wipe-verifier", "WVR", Market),
        new("demo-bank", "LND"),
        new("demo-station", "STN", DemoTransfer.Station),
        new("demo-exporter", "EXP"),
        new("demo-office", "REG", null, "demo-second"),
    ];

    public static Acting Who(LedgerCommand command) =>
        All.First(who => Modules.Permits[command.GetType()].Refuses(who, isImported: false) is null);
}
