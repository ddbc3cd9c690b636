using System.Collections.Immutable;
using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Rules;

namespace Ledger.Exports;

/// <summary>What happens to one item of a batch at a border: it leaves, it is registered abroad. What its batch has to
/// know is noted on it in the same transaction.</summary>
public static class BorderDecider
{
    public static CommandKind Commands { get; } =
        CommandKind.Of<BorderCommand>(
            (c, read, s) =>
                read.Has(c.Item) && read.ItemOf(c.Item).State?.Export.Batch is { } batch
                    ? BatchStreams.Needs(batch, null, read, s).Prepend(Need.Of(c.Item))
                    : [Need.Of(c.Item)],
            (c, read, s) =>
                Decide(
                    c,
                    BatchStreams.Of(read.ItemOf(c.Item).State?.Export.Batch ?? Guid.Empty, null, [c.Item], read, s),
                    s
                )
        );

    static ImmutableArray<StreamDecision> Decide(BorderCommand c, BatchStreams streams, Situation s) =>
        streams.Items.GetValueOrDefault(c.Item) is not { } item
            ? Refuse(c, Refusal.Of("item-not-found", ("value", c.Item)))
        : ExportRelations.Refuses(streams.Batch?.Drafted.Exporter, s.By) is { } foreign ? Refuse(c, foreign)
        : Occurrence.TooEarly(s.OccurredAt, s.Newest) is { } early ? Refuse(c, early)
        : c switch
        {
            ExportItem x => Depart(x, item, streams, s),
            RegisterAbroad r => [new(c.Item, GoodsStreams.Item, Arrive(r, item, streams, s))],
            _ => throw new UnknownCommandException(c),
        };

    /// <summary>One item of a declared batch leaves; with the last one the licence is used up.</summary>
    static ImmutableArray<StreamDecision> Depart(ExportItem c, Item item, BatchStreams streams, Situation s)
    {
        var e = new ItemExported(c.ExportedOn, c.Port);
        if (!LifeTable.Fits(item, e))
            return Refuse(c, LifeTable.WrongState(item));
        if (streams.Batch is not { State: BatchState.Declared } batch || batch.Of(c.Item) is not { } said)
            return Refuse(c, Refusal.Of("not-declared", ("batch", streams.Batch?.Id)));
        if (ExportRelations.WasSold(item))
            return Refuse(c, ExportRelations.NotOwner(item));
        // A hold or a doubt that came after the declaration stops it at the border.
        var judged = ExportJudge.Of(Trigger.DeclareItem, item, s, ExportJudge.InBatch(item, said, batch.Drafted));
        var noted = new LinkedFactNoted(EventCatalog.Of(e).Name, streams.Lead, new(c.Item));
        return
        [
            new(c.Item, GoodsStreams.Item, Decision.Record(e).WithVerdicts(judged)),
            new(
                streams.Id,
                ExportStreams.Batch,
                batch.Left.Count + 1 == batch.Items.Length
                    ? Decision.Record(noted, new ExportLicenceConsumed(batch.Items.Length))
                    : Decision.Record(noted)
            ),
        ];
    }

    /// <summary>Registered abroad, held against where its batch was to go.</summary>
    static Decision Arrive(RegisterAbroad c, Item item, BatchStreams streams, Situation s)
    {
        var e = new DestinationRegistered(c.Country, c.RegisteredOn, c.OdometerKm)
        {
            Facts = c.Registry is null ? null : ExtraFields.Of([new("registry", c.Registry)]),
        };
        var facts = Inputs.None.And("country", e.Country).And("destination", streams.Batch?.Drafted.Destination);
        return LifeTable.InState(item, e, ExportJudge.Of(Trigger.RegisterDestination, item, s, facts));
    }

    static ImmutableArray<StreamDecision> Refuse(BorderCommand c, Refusal refusal) =>
        [new(c.Item, GoodsStreams.Item, Decision.Refuse(refusal))];
}
