using Ledger;
using Ledger.Kernel;

namespace Api.Demo;

/// <summary>Who acts in the demo: each command is given by somebody who may.</summary>
static class DemoPeople
{
    const string Market = "MK-510104-0001";

    /// <summary>Who is on the roll in a role that it grants, by its code.</summary>
    public const string Office = "11510000MB8000001B",
        Bank = "91510100MA80000029",
        Exporter = "91510100MA6CABCD17";

    /// <summary>The first one whose role may: whatever a desk can do, it does.</summary>
    static readonly Acting[] All =
    [
        new("demo-market", "CLK", Market),
        new("demo-laboratory", "APR"),
        new("demo-workshop", "REF"),
        new("demo-wipe-operator", "WOP", Market),
        new("demo-wipe-verifier", "WVR", Market),
        new(Bank, "LND"),
        new("demo-station", "STN", DemoTransfer.Station),
        new(Exporter, "EXP"),
        new(Office, "REG", null, "demo-second"),
    ];

    public static Acting Who(LedgerCommand command) =>
        All.First(who => Modules.Permits[command.GetType()].Refuses(who, isImported: false) is null);
}
