using System.Collections.Immutable;
using Ledger.Exports;
using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Rules;

namespace Ledger.Tests.Exports;

/// <summary>An exporter, a batch and cars as their desk and store would live them, without the store: each act is
/// decided on what stands, and what it gives is appended everywhere it touches.</summary>
sealed class World
{
    public const string Code = "91510100MA6CABCD17";
    public static readonly Guid Exporter = Story.Id(500),
        Batch = Story.Id(501);

    readonly Dictionary<Guid, List<Recorded>> streams = [];
    readonly Dictionary<GuardKey, string> guards = [];
    int named;

    public DateTimeOffset Now { get; set; } = ShanghaiDay.Start(new(2026, 6, 1)).AddHours(10);

    public Batch? Standing => Ledger.Exports.Batch.Fold(Of(Batch));

    public Item Car(int n) => new ItemHistory(Story.Id(n), Of(Story.Id(n))).State!;

    /// <summary>A car that the police have noted for export.</summary>
    public World Noted(int n, DateOnly? registered = null)
    {
        var first = registered ?? new DateOnly(2020, 3, 15);
        Append(
            Story.Id(n),
            new ItemRegistered(
                "used-car",
                [new("vin", $"handle{n}")],
                "大众",
                "帕萨特",
                ScrapCategory: "taxi-small",
                FirstRegistered: first
            )
        );
        Append(
            Story.Id(n),
            new PendingExportAnnotated(
                ShanghaiDay.Of(Now),
                ShanghaiDay.Of(Now).AddDays(60),
                ShanghaiDay.Of(Now).AddDays(60)
            )
        );
        return this;
    }

    public World Append(Guid stream, LedgerEvent e)
    {
        var history = Of(stream);
        history.Add(
            new(
                Story.Id(10_000 + ++named),
                stream,
                history.Count + 1,
                Now,
                e,
                new("key", Now, Story.Clerk, "EXP", RuleSet.Current.Version)
            )
            {
                Type = EventCatalog.Of(e).WireName,
            }
        );
        return this;
    }

    public World Filed(bool approved = true)
    {
        Do(new ExporterFiled(Code, "企业", null, true, true, true));
        return approved ? Do(new ExporterApproved("成都市商务局", new(2028, 12, 31), false)) : this;
    }

    public World Do(LedgerEvent e)
    {
        var decisions = Decide(e);
        Assert.Equal("", Codes(decisions));
        foreach (var d in decisions)
        {
            foreach (var guard in d.Decision.Guards)
                if (guard.New is null)
                    guards.Remove(guard.Key);
                else
                    guards[guard.Key] = guard.New;
            foreach (var one in d.Decision.Events)
                Append(d.Stream, one);
        }
        return this;
    }

    public string Refused(LedgerEvent e) => Codes(Decide(e));

    public ImmutableArray<StreamDecision> Decide(LedgerEvent e)
    {
        var exporter = Ledger.Exports.Exporter.Fold(Of(Exporter));
        var world = new BatchWorld(Batch, Story.Id(7_000), Standing, (Exporter, exporter), Items, Newest);
        var s = new Situation(Now, Now, RuleSet.Current, Story.Clerk)
        {
            Guards = ImmutableDictionary.CreateRange(
                BatchDecider.Named(e, Standing).Where(guards.ContainsKey).Select(k => KeyValuePair.Create(k, guards[k]))
            ),
        };
        ImmutableArray<StreamDecision> decided =
            EventCatalog.Of(e).Noun is Noun.Exporter
                ? [new(Exporter, Noun.Exporter, ExporterDecider.Decide(e, Code, exporter, s))]
                : BatchDecider.Decide(e, world, s);
        foreach (var one in decided)
            one.Decision.Told();
        return decided;
    }

    public ImmutableArray<StreamDecision> Leave(int n)
    {
        var world = new BatchWorld(
            Batch,
            Story.Id(7_000),
            Standing,
            (Exporter, Ledger.Exports.Exporter.Fold(Of(Exporter))),
            Items,
            Newest
        );
        var decisions = BatchDecider.Depart(
            new ItemExported(ShanghaiDay.Of(Now), "上海"),
            Story.Id(n),
            world,
            new(Now, Now, RuleSet.Current, Story.Clerk)
        );
        foreach (var d in decisions)
        foreach (var e in d.Decision.Events)
            Append(d.Stream, e);
        return decisions;
    }

    public static BatchDrafted Draft(string hs = "8703234110", string destination = "AE") =>
        new(new(Batch), Code, hs, destination, "上海");

    public BatchItemAdded Adding(int n, string? model = "帕萨特", string hs = "8703234110") =>
        new(new(Story.Id(n)), hs, "大众", model, Car(n).FirstRegistered, Car(n).Export.Annotation?.AnnotatedOn);

    public World WithBatchOf(params int[] cars)
    {
        Filed().Do(Draft());
        foreach (var n in cars)
            Noted(n).Do(Adding(n));
        return this;
    }

    static readonly ExportLicenceGranted Granted = new("26-51-000123", "成都市商务局", new(2026, 12, 31));

    /// <summary>Every act on a batch, with values that fit.</summary>
    public static IReadOnlyList<(string Name, Func<World, LedgerEvent> Act)> Acts { get; } =
    [
        ("batch-item-added", w => w.Noted(9).Adding(9)),
        ("batch-item-removed", _ => new BatchItemRemoved(new(Story.Id(1)), "sold at home")),
        ("export-licence-applied", _ => new ExportLicenceApplied(ProhibitionsChecked: true)),
        ("export-licence-granted", _ => Granted),
        ("export-licence-refused", _ => new ExportLicenceRefused(["fields"])),
        ("export-licence-returned", _ => new ExportLicenceReturned("not needed")),
        ("customs-declared", _ => new CustomsDeclared(1)),
        ("customs-declaration-withdrawn", _ => new CustomsDeclarationWithdrawn("wrong port")),
    ];

    /// <summary>A batch of one car that came to a state.</summary>
    public static World In(BatchState state)
    {
        var world = new World().WithBatchOf(1);
        if (state >= BatchState.Applied)
            world.Do(new ExportLicenceApplied(ProhibitionsChecked: true));
        if (state >= BatchState.Licensed)
            world.Do(Granted);
        if (state >= BatchState.Declared)
            world.Do(new CustomsDeclared(1));
        if (state >= BatchState.Consumed)
            world.Leave(1);
        return world;
    }

    public static string Codes(IEnumerable<StreamDecision> decisions) =>
        string.Join(' ', decisions.SelectMany(d => d.Decision.Refusals).Select(r => r.Code));

    DateTimeOffset Newest =>
        streams.Values.SelectMany(h => h).Select(e => e.Envelope.OccurredAt).DefaultIfEmpty().Max();

    ImmutableDictionary<Guid, Item?> Items =>
        streams
            .Where(s => s.Value is [{ Event: ItemRegistered }, ..])
            .ToImmutableDictionary(s => s.Key, s => new ItemHistory(s.Key, s.Value).State);

    List<Recorded> Of(Guid stream) => streams.TryGetValue(stream, out var history) ? history : streams[stream] = [];
}
