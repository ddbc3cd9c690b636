using System.Collections.Immutable;
using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Rules;

namespace Ledger.Exports;

/// <summary>All that an act on a batch may know: the batch, its exporter, the items it is about.</summary>
/// <param name="Id">Of the batch.</param>
/// <param name="Lead">Id that the act's own event will have.</param>
/// <param name="Items">Each item of the batch, and one that is about to join it.</param>
/// <param name="Newest">When the newest event of all these occurred: no act is put before it, under another
/// law.</param>
public sealed record BatchWorld(
    Guid Id,
    Guid Lead,
    Batch? Batch,
    (Guid Stream, Exporter? Exporter) Exporter,
    ImmutableDictionary<Guid, Item?> Items,
    DateTimeOffset Newest
);

/// <summary>
/// The life of an export batch: drafted, applied for, licensed, declared, used up (公告2024年第6号, 商贸函〔2025〕648号).
/// What touches its items is noted on each of them in the same transaction; the first decision is the act's own.
/// </summary>
public static class BatchDecider
{
    public static ImmutableArray<StreamDecision> Decide(LedgerEvent e, BatchWorld w, Situation s)
    {
        if (OutOfTime(w, s) is { } wrong)
            return Refuse(w, wrong);
        return (e, w.Batch) switch
        {
            (BatchDrafted drafted, null) => Draft(drafted, w, s),
            (_, null) => Refuse(w, Refusal.Of("batch-unknown", ("value", w.Id))),
            (BatchItemAdded added, { } batch) => In(w, batch, BatchState.Drafted) ?? Add(added, batch, w, s),
            (BatchItemRemoved { Item: { } item }, { } batch) => In(w, batch, BatchState.Drafted)
                ?? (batch.Of(item.Id) is null ? Nothing(w) : Touching(w, Decision.Record(e), [item.Id])),
            (ExportLicenceApplied applied, { } batch) => In(w, batch, BatchState.Drafted)
                ?? Apply(applied, batch, w, s),
            (ExportLicenceGranted or ExportLicenceRefused, { } batch) => In(w, batch, BatchState.Applied)
                ?? Touching(w, Decision.Record(e)),
            (ExportLicenceReturned, { } batch) => In(w, batch, BatchState.Licensed) ?? Touching(w, Decision.Record(e)),
            (CustomsDeclared declared, { } batch) => In(w, batch, BatchState.Licensed)
                ?? Declare(declared, batch, w, s),
            (CustomsDeclarationWithdrawn, { } batch) => In(w, batch, BatchState.Declared)
                ?? (
                    !batch.Left.IsEmpty
                        ? Refuse(w, new Refusal("wrong-state") { CurrentState = "exported" })
                        : Touching(w, Decision.Record(e).Taking(Licence(batch, s, taken: false)))
                ),
            _ => throw new ArgumentException($"{e.GetType().Name} is no act on a batch.", nameof(e)),
        };
    }

    /// <summary>Which guard rows an act reads.</summary>
    public static IEnumerable<GuardKey> Named(LedgerEvent e, Batch? batch) =>
        e is CustomsDeclared or CustomsDeclarationWithdrawn && batch?.Licence?.LicenceNo is { } number
            ? [LicenceKey(number)]
            : [];

    static ImmutableArray<StreamDecision> Draft(BatchDrafted e, BatchWorld w, Situation s)
    {
        if (w.Exporter.Exporter is null)
            return Refuse(w, Refusal.Of("exporter-unknown", ("value", e.Exporter)).At("exporter"));
        var facts = Exporting(w, s).And("hsCode", e.HsCode).And("destination", e.Destination);
        var decision = Decision.Record(e).Judged(Judge(Trigger.DraftBatch, "", s, facts));
        return [new(w.Id, Noun.Batch, decision), new(w.Exporter.Stream, Noun.Exporter, Decision.Record(Noted(e, w)))];
    }

    static ImmutableArray<StreamDecision> Add(BatchItemAdded e, Batch batch, BatchWorld w, Situation s)
    {
        var id = e.Item!.Id;
        if (batch.Of(id) is not null)
            return Nothing(w);
        if (w.Items.GetValueOrDefault(id) is not { } item)
            return Refuse(w, new Refusal("unknown-stream").At("item"));
        if (item.Life is Life.Ended)
            return Refuse(w, new Refusal("item-ended") { CurrentState = "ended", BlockingEvent = item.LastEvent });
        if (item.Export.Batch is { } other && item.Life is not Life.Exported)
            return Refuse(w, Refusal.Of("item-in-other-batch", ("batch", other)).At("item"));
        if (item.Life is Life.Exported)
            return Refuse(w, new Refusal("wrong-state") { CurrentState = "exported", BlockingEvent = item.LastEvent });
        var facts = ExportJudge
            .InBatch(item, e, batch.Drafted)
            .And("exporterApproved", IsApproved(w, s))
            .And("count", batch.Items.Length + 1)
            .And("hsCode", e.HsCode)
            .And("batchHsCode", batch.Drafted.HsCode);
        return Touching(w, Decision.Record(e).Judged(ExportJudge.Of(Trigger.AddBatchItem, item, s, facts)), [id]);
    }

    static ImmutableArray<StreamDecision> Apply(ExportLicenceApplied e, Batch batch, BatchWorld w, Situation s)
    {
        if (batch.Items.IsEmpty)
            return Refuse(w, Refusal.Of("batch-empty", ("value", w.Id)));
        var whole = Judge(
            Trigger.ApplyLicence,
            "",
            s,
            Exporting(w, s).And("prohibitionsChecked", e.ProhibitionsChecked ?? false)
        );
        var said = e with
        {
            AppliedOn = s.LawDay,
            Count = batch.Items.Length,
            Items = [.. batch.Items.Select(i => i.Item!)],
        };
        return Judged(Trigger.ApplyForItem, Decision.Record(said).Judged(whole), batch, w, s);
    }

    static ImmutableArray<StreamDecision> Declare(CustomsDeclared e, Batch batch, BatchWorld w, Situation s)
    {
        if (s.Guard(LicenceKey(batch.Licence!.LicenceNo!)) is not null)
            return Refuse(w, Refusal.Of("licence-already-used", ("value", batch.Licence.LicenceNo)));
        var facts = Exporting(w, s)
            .And("declaredCount", e.Count)
            .And("licensedCount", batch.Items.Length)
            .And("licenceUntil", batch.Licence.ValidUntil);
        return Judged(
            Trigger.DeclareItem,
            Decision
                .Record(e with { DeclaredOn = s.LawDay })
                .Taking(Licence(batch, s, taken: true))
                .Judged(Judge(Trigger.DeclareCustoms, "", s, facts)),
            batch,
            w,
            s
        );
    }

    /// <summary>One item of a declared batch leaves; with the last one the licence is used up.</summary>
    public static ImmutableArray<StreamDecision> Depart(ItemExported e, Guid id, BatchWorld w, Situation s)
    {
        if (w.Items.GetValueOrDefault(id) is not { } item)
            return [new(id, Noun.Item, Decision.Refuse(new Refusal("unknown-stream")))];
        if (OutOfTime(w, s) is { } wrong)
            return [new(id, Noun.Item, Decision.Refuse(wrong))];
        if (!LifeTable.Fits(item, e))
            return [new(id, Noun.Item, Decision.Refuse(LifeTable.WrongState(item)))];
        if (w.Batch is not { State: BatchState.Declared } batch || batch.Of(id) is not { } said)
            return [new(id, Noun.Item, Decision.Refuse(Refusal.Of("not-declared", ("batch", w.Batch?.Id))))];
        // A hold or a doubt that came after the declaration stops it at the border.
        var judged = ExportJudge.Of(Trigger.DeclareItem, item, s, ExportJudge.InBatch(item, said, batch.Drafted));
        var noted = new LinkedFactNoted(EventCatalog.Of(e).Name, w.Lead, new(id));
        return
        [
            new(id, Noun.Item, Decision.Record(e).Judged(judged)),
            new(
                w.Id,
                Noun.Batch,
                batch.Left.Count + 1 == batch.Items.Length
                    ? Decision.Record(noted, new ExportLicenceConsumed(batch.Items.Length))
                    : Decision.Record(noted)
            ),
        ];
    }

    /// <summary>Registered abroad, held against where its batch was to go.</summary>
    public static ImmutableArray<StreamDecision> Arrive(DestinationRegistered e, Guid id, BatchWorld w, Situation s)
    {
        if (w.Items.GetValueOrDefault(id) is not { } item)
            return [new(id, Noun.Item, Decision.Refuse(new Refusal("unknown-stream")))];
        if (OutOfTime(w, s) is { } wrong)
            return [new(id, Noun.Item, Decision.Refuse(wrong))];
        var facts = Inputs.None.And("country", e.Country).And("destination", w.Batch?.Drafted.Destination);
        return
        [
            new(id, Noun.Item, LifeTable.InState(item, e, ExportJudge.Of(Trigger.RegisterDestination, item, s, facts))),
        ];
    }

    /// <summary>Judges each item of the batch; its verdicts stand on its own stream, and one refusal refuses
    /// all.</summary>
    static ImmutableArray<StreamDecision> Judged(Trigger act, Decision lead, Batch batch, BatchWorld w, Situation s)
    {
        var noted = lead.IsRefused ? null : Noted(lead.Events[0], w);
        var items = batch.Items.Select(said =>
        {
            var id = said.Item!.Id;
            if (Item(w, said) is not { } item)
                return new StreamDecision(
                    id,
                    Noun.Item,
                    Decision.Refuse(new Refusal("unknown-stream").At($"items.{id}"))
                );
            var judged = ExportJudge.Of(act, item, s, ExportJudge.InBatch(item, said, batch.Drafted));
            var placed = judged with { Refusals = [.. judged.Refusals.Select(r => r.At($"items.{id}"))] };
            return new StreamDecision(
                id,
                Noun.Item,
                noted is null ? Decision.Refuse(placed.Refusals) : Decision.Record(noted).Judged(placed)
            );
        });
        return [new(w.Id, Noun.Batch, lead), .. items];
    }

    /// <summary>The act with a note of it on the items it touches; none named: all of the batch.</summary>
    static ImmutableArray<StreamDecision> Touching(BatchWorld w, Decision lead, IEnumerable<Guid>? items = null) =>
        lead.IsRefused
            ? [new(w.Id, Noun.Batch, lead)]
            :
            [
                new(w.Id, Noun.Batch, lead),
                .. (items ?? w.Batch!.Items.Select(i => i.Item!.Id)).Select(id => new StreamDecision(
                    id,
                    Noun.Item,
                    Decision.Record(Noted(lead.Events[0], w))
                )),
            ];

    static Refusal? OutOfTime(BatchWorld w, Situation s) =>
        Occurrence.Ahead(s.OccurredAt, s.Now) ?? Occurrence.TooEarly(s.OccurredAt, w.Newest);

    static LinkedFactNoted Noted(LedgerEvent lead, BatchWorld w) => new(EventCatalog.Of(lead).Name, w.Lead, new(w.Id));

    static Item? Item(BatchWorld w, BatchItemAdded said) => w.Items.GetValueOrDefault(said.Item!.Id);

    static bool IsApproved(BatchWorld w, Situation s) => w.Exporter.Exporter?.IsApprovedOn(s.LawDay) is true;

    static Inputs Exporting(BatchWorld w, Situation s) => Inputs.None.And("exporterApproved", IsApproved(w, s));

    static Judgement Judge(Trigger act, string category, Situation s, Inputs facts) =>
        s.Rules.Judge(act, category, s.Jurisdiction, s.LawDay, facts);

    internal static GuardKey LicenceKey(string number) => new("licence", number);

    /// <summary>One clearance a licence: taken by the declaration, freed by its withdrawal.</summary>
    static GuardChange Licence(Batch batch, Situation s, bool taken)
    {
        var key = LicenceKey(batch.Licence!.LicenceNo!);
        return new(key, s.Guard(key), taken ? batch.Id.ToString() : null);
    }

    static ImmutableArray<StreamDecision>? In(BatchWorld w, Batch batch, BatchState state) =>
        batch.State == state
            ? null
            : Refuse(w, new Refusal("wrong-state") { CurrentState = WireWords.Of(batch.State) });

    static ImmutableArray<StreamDecision> Nothing(BatchWorld w) => [new(w.Id, Noun.Batch, Decision.Record())];

    static ImmutableArray<StreamDecision> Refuse(BatchWorld w, Refusal refusal) =>
        [new(w.Id, Noun.Batch, Decision.Refuse(refusal))];
}
