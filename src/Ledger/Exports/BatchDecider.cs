using System.Collections.Immutable;
using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Rules;

namespace Ledger.Exports;

/// <summary>
/// The life of an export batch: drafted, applied for, licensed, declared, used up (公告2024年第6号, 商贸函〔2025〕648号).
/// What touches its items is noted on each of them in the same transaction; the first decision is the act's own.
/// </summary>
public static class BatchDecider
{
    public static CommandKind Commands { get; } =
        CommandKind.Of<BatchCommand>(
            (c, read, s) =>
                BatchWorld
                    .Needs(c.Batch, (c as DraftBatch)?.Exporter, read, s)
                    .Concat(c is AddToBatch { Item: var item } ? [Need.Of(item)] : [])
                    .Concat(read.Has(c.Batch) ? Named(c, read.State(c.Batch, Batch.Fold)).Select(Need.Of) : []),
            (c, read, s) =>
                Decide(
                    c,
                    BatchWorld.Of(
                        c.Batch,
                        (c as DraftBatch)?.Exporter,
                        c is AddToBatch { Item: var item } ? [item] : [],
                        read,
                        s
                    ),
                    s
                )
        );

    static ImmutableArray<StreamDecision> Decide(BatchCommand c, BatchWorld w, Situation s)
    {
        if (Occurrence.TooEarly(s.OccurredAt, s.Newest) is { } wrong)
            return Refuse(w, wrong);
        return (c, w.Batch) switch
        {
            (DraftBatch draft, null) => Draft(draft, w, s),
            (_, null) => Refuse(w, Refusal.Of("batch-not-found", ("value", w.Id))),
            (AddToBatch add, { } batch) => In(w, batch, BatchState.Drafted) ?? Add(add, batch, w, s),
            (RemoveFromBatch r, { } batch) => In(w, batch, BatchState.Drafted)
                ?? (
                    batch.Of(r.Item) is null
                        ? Nothing(w)
                        : Touching(w, Decision.Record(new BatchItemRemoved(new(r.Item), r.Reason)), [r.Item])
                ),
            (ApplyForLicence apply, { } batch) => In(w, batch, BatchState.Drafted) ?? Apply(apply, batch, w, s),
            (GrantLicence g, { } batch) => In(w, batch, BatchState.Applied)
                ?? Touching(w, Decision.Record(new ExportLicenceGranted(g.LicenceNo, g.IssuingBody, g.ValidUntil))),
            (RefuseLicence r, { } batch) => In(w, batch, BatchState.Applied)
                ?? Touching(w, Decision.Record(new ExportLicenceRefused(r.Reasons))),
            (ReturnLicence r, { } batch) => In(w, batch, BatchState.Licensed)
                ?? Touching(w, Decision.Record(new ExportLicenceReturned(r.Reason))),
            (DeclareToCustoms declare, { } batch) => In(w, batch, BatchState.Licensed) ?? Declare(declare, batch, w, s),
            (WithdrawDeclaration r, { } batch) => In(w, batch, BatchState.Declared)
                ?? (
                    !batch.Left.IsEmpty
                        ? Refuse(w, new Refusal("wrong-state") { CurrentState = "exported" })
                        : Touching(
                            w,
                            Decision
                                .Record(new CustomsDeclarationWithdrawn(r.Reason))
                                .Taking(Licence(batch, s, taken: false))
                        )
                ),
            _ => throw new UnknownCommandException(c),
        };
    }

    /// <summary>Which reservations a command reads.</summary>
    static IEnumerable<ReservationKey> Named(BatchCommand c, Batch? batch) =>
        c is DeclareToCustoms or WithdrawDeclaration && batch?.Licence?.LicenceNo is { } number
            ? [LicenceKey(number)]
            : [];

    static ImmutableArray<StreamDecision> Draft(DraftBatch c, BatchWorld w, Situation s)
    {
        var e = new BatchDrafted(new(c.Batch), c.Exporter, c.HsCode, c.Destination, c.Port);
        if (w.Exporter.Exporter is null)
            return Refuse(w, Refusal.Of("exporter-not-found", ("value", e.Exporter)).At("exporter"));
        var facts = Exporting(w, s).And("hsCode", e.HsCode).And("destination", e.Destination);
        var decision = Decision.Record(e).WithVerdicts(Judge(Trigger.DraftBatch, "", s, facts));
        return
        [
            new(w.Id, ExportStreams.Batch, decision),
            new(w.Exporter.Stream, ExportStreams.Exporter, Decision.Record(Noted(e, w))),
        ];
    }

    static ImmutableArray<StreamDecision> Add(AddToBatch c, Batch batch, BatchWorld w, Situation s)
    {
        var id = c.Item;
        var e = new BatchItemAdded(new(id), c.HsCode, c.Make, c.Model, c.FirstRegistered, c.PendingExportOn);
        if (batch.Of(id) is not null)
            return Nothing(w);
        if (w.Items.GetValueOrDefault(id) is not { } item)
            return Refuse(w, new Refusal("item-not-found").At("item"));
        if (item.Life is Life.Ended)
            return Refuse(w, LifeTable.Ended(item));
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
        return Touching(w, Decision.Record(e).WithVerdicts(ExportJudge.Of(Trigger.AddBatchItem, item, s, facts)), [id]);
    }

    static ImmutableArray<StreamDecision> Apply(ApplyForLicence c, Batch batch, BatchWorld w, Situation s)
    {
        if (batch.Items.IsEmpty)
            return Refuse(w, Refusal.Of("batch-empty", ("value", w.Id)));
        var whole = Judge(
            Trigger.ApplyLicence,
            "",
            s,
            Exporting(w, s).And("prohibitionsChecked", c.ProhibitionsChecked ?? false)
        );
        var said = new ExportLicenceApplied(
            s.LawDay,
            batch.Items.Length,
            [.. batch.Items.Select(i => i.Item!)],
            c.ProhibitionsChecked
        );
        return Judged(Trigger.ApplyForItem, Decision.Record(said).WithVerdicts(whole), batch, w, s);
    }

    static ImmutableArray<StreamDecision> Declare(DeclareToCustoms c, Batch batch, BatchWorld w, Situation s)
    {
        if (s.ReservationOf(LicenceKey(batch.Licence!.LicenceNo!)) is not null)
            return Refuse(w, Refusal.Of("licence-already-used", ("value", batch.Licence.LicenceNo)));
        var facts = Exporting(w, s)
            .And("declaredCount", c.Count)
            .And("licensedCount", batch.Items.Length)
            .And("licenceUntil", batch.Licence.ValidUntil);
        return Judged(
            Trigger.DeclareItem,
            Decision
                .Record(new CustomsDeclared(c.Count, s.LawDay))
                .Taking(Licence(batch, s, taken: true))
                .WithVerdicts(Judge(Trigger.DeclareCustoms, "", s, facts)),
            batch,
            w,
            s
        );
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
                    GoodsStreams.Item,
                    Decision.Refuse(new Refusal("item-not-found").At($"items.{id}"))
                );
            var judged = ExportJudge.Of(act, item, s, ExportJudge.InBatch(item, said, batch.Drafted));
            var placed = judged with { Refusals = [.. judged.Refusals.Select(r => r.At($"items.{id}"))] };
            return new StreamDecision(
                id,
                GoodsStreams.Item,
                noted is null ? Decision.Refuse(placed.Refusals) : Decision.Record(noted).WithVerdicts(placed)
            );
        });
        return [new(w.Id, ExportStreams.Batch, lead), .. items];
    }

    /// <summary>The act with a note of it on the items it touches; none named: all of the batch.</summary>
    static ImmutableArray<StreamDecision> Touching(BatchWorld w, Decision lead, IEnumerable<Guid>? items = null) =>
        lead.IsRefused
            ? [new(w.Id, ExportStreams.Batch, lead)]
            :
            [
                new(w.Id, ExportStreams.Batch, lead),
                .. (items ?? w.Batch!.Items.Select(i => i.Item!.Id)).Select(id => new StreamDecision(
                    id,
                    GoodsStreams.Item,
                    Decision.Record(Noted(lead.Events[0], w))
                )),
            ];

    static LinkedFactNoted Noted(LedgerEvent lead, BatchWorld w) => new(EventCatalog.Of(lead).Name, w.Lead, new(w.Id));

    static Item? Item(BatchWorld w, BatchItemAdded said) => w.Items.GetValueOrDefault(said.Item!.Id);

    static bool IsApproved(BatchWorld w, Situation s) => w.Exporter.Exporter?.IsApprovedOn(s.LawDay) is true;

    static Inputs Exporting(BatchWorld w, Situation s) => Inputs.None.And("exporterApproved", IsApproved(w, s));

    static Judgement Judge(Trigger act, string category, Situation s, Inputs facts) =>
        s.Rules.Judge(act, category, s.Jurisdiction, s.LawDay, facts);

    internal static ReservationKey LicenceKey(string number) => new("licence", number);

    /// <summary>One clearance a licence: taken by the declaration, freed by its withdrawal.</summary>
    static ReservationChange Licence(Batch batch, Situation s, bool taken)
    {
        var key = LicenceKey(batch.Licence!.LicenceNo!);
        return new(key, s.ReservationOf(key), taken ? batch.Id.ToString() : null);
    }

    static ImmutableArray<StreamDecision>? In(BatchWorld w, Batch batch, BatchState state) =>
        batch.State == state
            ? null
            : Refuse(w, new Refusal("wrong-state") { CurrentState = WireWords.Of(batch.State) });

    static ImmutableArray<StreamDecision> Nothing(BatchWorld w) => [new(w.Id, ExportStreams.Batch, Decision.Record())];

    static ImmutableArray<StreamDecision> Refuse(BatchWorld w, Refusal refusal) =>
        [new(w.Id, ExportStreams.Batch, Decision.Refuse(refusal))];
}
