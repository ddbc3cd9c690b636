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
                BatchStreams
                    .Needs(c.Batch, (c as DraftBatch)?.Exporter, read, s)
                    .Concat(c is AddToBatch { Item: var item } ? [Need.Of(item)] : [])
                    .Concat(read.Has(c.Batch) ? Named(c, read.State(c.Batch, Batch.Fold)).Select(Need.Of) : []),
            (c, read, s) =>
                Decide(
                    c,
                    BatchStreams.Of(
                        c.Batch,
                        (c as DraftBatch)?.Exporter,
                        c is AddToBatch { Item: var item } ? [item] : [],
                        read,
                        s
                    ),
                    s
                )
        );

    static ImmutableArray<StreamDecision> Decide(BatchCommand c, BatchStreams streams, Situation s)
    {
        var exporter = (c as DraftBatch)?.Exporter ?? streams.Batch?.Drafted.Exporter;
        if (ExportRelations.Refuses(exporter, s.By) is { } foreign)
            return Refuse(streams, foreign);
        if (Occurrence.TooEarly(s.OccurredAt, s.Newest) is { } wrong)
            return Refuse(streams, wrong);
        return (c, streams.Batch) switch
        {
            (DraftBatch draft, null) => Draft(draft, streams, s),
            (_, null) => Refuse(streams, Refusal.Of("batch-not-found", ("value", streams.Id))),
            (AddToBatch add, { } batch) => In(streams, batch, BatchState.Drafted) ?? Add(add, batch, streams, s),
            (RemoveFromBatch r, { } batch) => In(streams, batch, BatchState.Drafted)
                ?? (
                    batch.Of(r.Item) is null
                        ? Nothing(streams)
                        : Touching(streams, Decision.Record(new BatchItemRemoved(new(r.Item), r.Reason)), [r.Item])
                ),
            (ApplyForLicence apply, { } batch) => In(streams, batch, BatchState.Drafted)
                ?? Apply(apply, batch, streams, s),
            (GrantLicence g, { } batch) => In(streams, batch, BatchState.Applied)
                ?? Touching(
                    streams,
                    Decision.Record(new ExportLicenceGranted(g.LicenceNo, g.IssuingBody, g.ValidUntil))
                ),
            (RefuseLicence r, { } batch) => In(streams, batch, BatchState.Applied)
                ?? Touching(streams, Decision.Record(new ExportLicenceRefused(r.Reasons))),
            (ReturnLicence r, { } batch) => In(streams, batch, BatchState.Licensed)
                ?? Touching(streams, Decision.Record(new ExportLicenceReturned(r.Reason))),
            (DeclareToCustoms declare, { } batch) => In(streams, batch, BatchState.Licensed)
                ?? Declare(declare, batch, streams, s),
            (WithdrawDeclaration r, { } batch) => In(streams, batch, BatchState.Declared)
                ?? (
                    !batch.Left.IsEmpty
                        ? Refuse(streams, new Refusal("wrong-state") { CurrentState = "exported" })
                        : Touching(
                            streams,
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

    static ImmutableArray<StreamDecision> Draft(DraftBatch c, BatchStreams streams, Situation s)
    {
        var e = new BatchDrafted(new(c.Batch), c.Exporter, c.HsCode, c.Destination, c.Port);
        if (streams.Exporter.Exporter is null)
            return Refuse(streams, Refusal.Of("exporter-not-found", ("value", e.Exporter)).At("exporter"));
        var facts = Exporting(streams, s).And("hsCode", e.HsCode).And("destination", e.Destination);
        var decision = Decision.Record(e).WithVerdicts(Judge(Trigger.DraftBatch, "", s, facts));
        return
        [
            new(streams.Id, ExportStreams.Batch, decision),
            new(streams.Exporter.Stream, ExportStreams.Exporter, Decision.Record(Noted(e, streams))),
        ];
    }

    static ImmutableArray<StreamDecision> Add(AddToBatch c, Batch batch, BatchStreams streams, Situation s)
    {
        var id = c.Item;
        var e = new BatchItemAdded(new(id), c.HsCode, c.Make, c.Model, c.FirstRegistered, c.PendingExportOn);
        if (batch.Of(id) is not null)
            return Nothing(streams);
        if (streams.Items.GetValueOrDefault(id) is not { } item)
            return Refuse(streams, Refusal.Of("item-not-found", ("value", id)).At("item"));
        if (item.Life is Life.Ended)
            return Refuse(streams, LifeTable.Ended(item));
        if (item.Export.Batch is { } other && item.Life is not Life.Exported)
            return Refuse(streams, Refusal.Of("item-in-other-batch", ("batch", other)).At("item"));
        if (item.Life is Life.Exported)
            return Refuse(
                streams,
                new Refusal("wrong-state") { CurrentState = "exported", BlockingEvent = item.LastEvent }
            );
        if (s.IsForAnother(Roles.Exp, item.Owner.Party))
            return Refuse(streams, ExportRelations.NotOwner(item).At("item"));
        var facts = ExportJudge
            .InBatch(item, e, batch.Drafted)
            .And("exporterApproved", IsApproved(streams, s))
            .And("count", batch.Items.Length + 1)
            .And("hsCode", e.HsCode)
            .And("batchHsCode", batch.Drafted.HsCode);
        return Touching(
            streams,
            Decision.Record(e).WithVerdicts(ExportJudge.Of(Trigger.AddBatchItem, item, s, facts)),
            [id]
        );
    }

    static ImmutableArray<StreamDecision> Apply(ApplyForLicence c, Batch batch, BatchStreams streams, Situation s)
    {
        if (batch.Items.IsEmpty)
            return Refuse(streams, Refusal.Of("batch-empty", ("value", streams.Id)));
        var whole = Judge(
            Trigger.ApplyLicence,
            "",
            s,
            Exporting(streams, s).And("prohibitionsChecked", c.ProhibitionsChecked ?? false)
        );
        var said = new ExportLicenceApplied(
            s.LawDay,
            batch.Items.Length,
            [.. batch.Items.Select(i => i.Item!)],
            c.ProhibitionsChecked
        );
        return Judged(Trigger.ApplyForItem, Decision.Record(said).WithVerdicts(whole), batch, streams, s);
    }

    static ImmutableArray<StreamDecision> Declare(DeclareToCustoms c, Batch batch, BatchStreams streams, Situation s)
    {
        if (s.ReservationOf(LicenceKey(batch.Licence!.LicenceNo!)) is not null)
            return Refuse(streams, Refusal.Of("licence-already-used", ("value", batch.Licence.LicenceNo)));
        var facts = Exporting(streams, s)
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
            streams,
            s
        );
    }

    /// <summary>Judges each item of the batch; its verdicts stand on its own stream, and one refusal refuses
    /// all.</summary>
    static ImmutableArray<StreamDecision> Judged(
        Trigger act,
        Decision lead,
        Batch batch,
        BatchStreams streams,
        Situation s
    )
    {
        var noted = lead.IsRefused ? null : Noted(lead.Events[0], streams);
        var items = batch.Items.Select(said =>
        {
            var id = said.Item!.Id;
            if (Item(streams, said) is not { } item)
                return new StreamDecision(
                    id,
                    GoodsStreams.Item,
                    Decision.Refuse(Refusal.Of("item-not-found", ("value", id)).At($"items.{id}"))
                );
            if (ExportRelations.WasSold(item))
                return new StreamDecision(
                    id,
                    GoodsStreams.Item,
                    Decision.Refuse(ExportRelations.NotOwner(item).At($"items.{id}"))
                );
            var judged = ExportJudge.Of(act, item, s, ExportJudge.InBatch(item, said, batch.Drafted));
            var placed = judged with { Refusals = [.. judged.Refusals.Select(r => r.At($"items.{id}"))] };
            return new StreamDecision(
                id,
                GoodsStreams.Item,
                noted is null ? Decision.Refuse(placed.Refusals) : Decision.Record(noted).WithVerdicts(placed)
            );
        });
        return [new(streams.Id, ExportStreams.Batch, lead), .. items];
    }

    /// <summary>The act with a note of it on the items it touches; none named: all of the batch.</summary>
    static ImmutableArray<StreamDecision> Touching(
        BatchStreams streams,
        Decision lead,
        IEnumerable<Guid>? items = null
    ) =>
        lead.IsRefused
            ? [new(streams.Id, ExportStreams.Batch, lead)]
            :
            [
                new(streams.Id, ExportStreams.Batch, lead),
                .. (items ?? streams.Batch!.Items.Select(i => i.Item!.Id)).Select(id => new StreamDecision(
                    id,
                    GoodsStreams.Item,
                    Decision.Record(Noted(lead.Events[0], streams))
                )),
            ];

    static LinkedFactNoted Noted(LedgerEvent lead, BatchStreams streams) =>
        new(EventCatalog.Of(lead).Name, streams.Lead, new(streams.Id));

    static Item? Item(BatchStreams streams, BatchItemAdded said) => streams.Items.GetValueOrDefault(said.Item!.Id);

    static bool IsApproved(BatchStreams streams, Situation s) =>
        streams.Exporter.Exporter?.IsApprovedOn(s.LawDay) is true;

    static Inputs Exporting(BatchStreams streams, Situation s) =>
        Inputs.None.And("exporterApproved", IsApproved(streams, s));

    static Judgement Judge(Trigger act, string category, Situation s, Inputs facts) =>
        s.Rules.Judge(act, category, s.Jurisdiction, s.LawDay, facts);

    internal static ReservationKey LicenceKey(string number) => new("licence", number);

    /// <summary>One clearance a licence: taken by the declaration, freed by its withdrawal.</summary>
    static ReservationChange Licence(Batch batch, Situation s, bool taken)
    {
        var key = LicenceKey(batch.Licence!.LicenceNo!);
        return new(key, s.ReservationOf(key), taken ? batch.Id.ToString() : null);
    }

    static ImmutableArray<StreamDecision>? In(BatchStreams streams, Batch batch, BatchState state) =>
        batch.State == state
            ? null
            : Refuse(streams, new Refusal("wrong-state") { CurrentState = WireWords.Of(batch.State) });

    static ImmutableArray<StreamDecision> Nothing(BatchStreams streams) =>
        [new(streams.Id, ExportStreams.Batch, Decision.Record())];

    static ImmutableArray<StreamDecision> Refuse(BatchStreams streams, Refusal refusal) =>
        [new(streams.Id, ExportStreams.Batch, Decision.Refuse(refusal))];
}
