using System.Collections.Immutable;
using Ledger.Exports;
using Ledger.Goods;
using Ledger.Kernel;

namespace Ledger.Tests.Exports;

/// <summary>An exporter, a batch and cars as their desk and store would live them, without the store.</summary>
sealed class ExportScenario
{
    public const string Code = "91510100MA6CABCD17";
    public static readonly Guid Exporter = ExporterCommand.StreamOf(Code, Scenario.Handles),
        Batch = ItemScenario.Id(501);

    readonly Scenario scenario = new() { Now = ShanghaiDay.Start(new(2026, 6, 1)).AddHours(10) };

    public DateTimeOffset Now
    {
        get => scenario.Now;
        set => scenario.Now = value;
    }

    public Batch? Standing => scenario.Fold(Batch, Ledger.Exports.Batch.Fold);

    public Item Car(int n) => scenario.Fold(ItemScenario.Id(n), ItemFold.Fold)!;

    /// <summary>A car of the exporter's that the police have noted for export.</summary>
    public ExportScenario Noted(int n, DateOnly? registered = null)
    {
        var first = registered ?? new DateOnly(2020, 3, 15);
        var today = ShanghaiDay.Of(Now);
        return Append(
                ItemScenario.Id(n),
                new ItemRegistered(
                    "used-car",
                    [new("vin", $"handle{n}")],
                    "大众",
                    "帕萨特",
                    ScrapCategory: "taxi-small",
                    FirstRegistered: first,
                    Owner: PartyRef.Organisation(Code)
                )
            )
            .Append(ItemScenario.Id(n), new PendingExportAnnotated(today, today.AddDays(60), today.AddDays(60)));
    }

    public ExportScenario Append(Guid stream, LedgerEvent e)
    {
        scenario.Append(stream, e);
        return this;
    }

    public static FileExporter Filing(bool site = true) => new(Code, "企业", null, true, site, true);

    public static ApproveExporter Approval(DateOnly? to = null, bool? onIntegrityList = null) =>
        new(Code, "成都市商务局", to, onIntegrityList);

    public static SuspendExporter Suspension => new(Code, "order");
    public static ReinstateExporter Reinstatement => new(Code, "lifted");
    public static RemoveExporter Removal => new(Code, "end");

    public ExportScenario Filed(bool approved = true)
    {
        Do(Filing());
        return approved ? Do(Approval(new(2028, 12, 31), false)) : this;
    }

    public ExportScenario Do(LedgerCommand command)
    {
        scenario.Do(command, Who(command));
        return this;
    }

    public string Refused(LedgerCommand command) => scenario.Refused(command, Who(command));

    public ImmutableArray<StreamDecision> Decide(LedgerCommand command) => scenario.Decide(command, Who(command));

    /// <summary>The exporter, where it may.</summary>
    static string Who(LedgerCommand command) =>
        Modules.Permits[command.GetType()].Roles.HasFlag(Roles.Exp) ? Code : "office";

    /// <summary>One car leaves, or is stopped.</summary>
    public ImmutableArray<StreamDecision> Leave(int n)
    {
        var leaving = new ExportItem(ShanghaiDay.Of(Now), "上海") { Item = ItemScenario.Id(n) };
        var decided = Decide(leaving);
        scenario.Says(leaving);
        return decided;
    }

    public static DraftBatch Draft(string hs = "8703234110", string destination = "AE") =>
        new(Batch, Code, hs, destination, "上海");

    public AddToBatch Adding(int n, string? model = "帕萨特", string hs = "8703234110") =>
        new(
            Batch,
            ItemScenario.Id(n),
            hs,
            "大众",
            model,
            Car(n).FirstRegistered,
            Car(n).Export.Annotation?.AnnotatedOn
        );

    public ExportScenario WithBatchOf(params int[] cars)
    {
        Filed().Do(Draft());
        foreach (var n in cars)
            Noted(n).Do(Adding(n));
        return this;
    }

    public static GrantLicence Licence => new(Batch, "26-51-000123", "成都市商务局", new(2026, 12, 31));
    public static ApplyForLicence Application => new(Batch, true);
    public static RefuseLicence Refusal => new(Batch, ["fields"]);
    public static ReturnLicence Return => new(Batch, "not needed");
    public static WithdrawDeclaration Withdrawal => new(Batch, "wrong port");

    public static DeclareToCustoms Declaration(int count) => new(Batch, count, null);

    public static RemoveFromBatch Taking(int n) => new(Batch, ItemScenario.Id(n), "sold at home");

    /// <summary>Every command on a batch by the event it makes, with values that fit.</summary>
    public static IReadOnlyList<(string Name, Func<ExportScenario, BatchCommand> Command)> Commands { get; } =
    [
        ("batch-item-added", w => w.Noted(9).Adding(9)),
        ("batch-item-removed", _ => Taking(1)),
        ("export-licence-applied", _ => Application),
        ("export-licence-granted", _ => Licence),
        ("export-licence-refused", _ => Refusal),
        ("export-licence-returned", _ => Return),
        ("customs-declared", _ => Declaration(1)),
        ("customs-declaration-withdrawn", _ => Withdrawal),
    ];

    /// <summary>A batch of one car that came to a state.</summary>
    public static ExportScenario In(BatchState state)
    {
        var of = new ExportScenario().WithBatchOf(1);
        if (state >= BatchState.Applied)
            of.Do(Application);
        if (state >= BatchState.Licensed)
            of.Do(Licence);
        if (state >= BatchState.Declared)
            of.Do(Declaration(1));
        if (state >= BatchState.Consumed)
            of.Leave(1);
        return of;
    }

    public static string Codes(IEnumerable<StreamDecision> decisions) => Scenario.Codes(decisions);
}
