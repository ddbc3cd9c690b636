using System.Collections.Immutable;
using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Rules;

namespace Ledger.Exports;

/// <summary>What the rules say of the next act on a batch: of the whole, and of each of its items.</summary>
/// <param name="Next">The act; null where none is left to judge.</param>
public sealed record BatchChecklist(
    Trigger? Next,
    ImmutableArray<RuleAnswer> Whole,
    ImmutableDictionary<Guid, ImmutableArray<RuleAnswer>> Items
)
{
    public bool IsReady => Next is not null && !Whole.Concat(Items.Values.SelectMany(i => i)).Any(a => a.Blocks);

    /// <summary>Judged as the act itself would be, on a day.</summary>
    public static BatchChecklist Of(
        Batch batch,
        Exporter? exporter,
        IReadOnlyDictionary<Guid, Item?> items,
        RuleSet rules,
        DateOnly day
    )
    {
        (Trigger Whole, Trigger Item)? next = batch.State switch
        {
            BatchState.Drafted => (Trigger.ApplyLicence, Trigger.ApplyForItem),
            BatchState.Applied or BatchState.Licensed => (Trigger.DeclareCustoms, Trigger.DeclareItem),
            _ => null,
        };
        if (next is not var (whole, each))
            return new(null, [], ImmutableDictionary<Guid, ImmutableArray<RuleAnswer>>.Empty);
        ImmutableArray<RuleAnswer> Asked(Trigger act, string category, Inputs facts) =>
            [.. rules.Explain(act, category, Jurisdiction.Sichuan, day, facts)];
        return new(
            whole,
            Asked(
                whole,
                "",
                Inputs
                    .None.And("exporterApproved", exporter?.IsApprovedOn(day) is true)
                    .And("licenceUntil", batch.Licence?.ValidUntil)
            ),
            batch.Items.ToImmutableDictionary(
                said => said.Item!.Id,
                said =>
                    items.GetValueOrDefault(said.Item!.Id) is { } item
                        ? Asked(each, item.Category, ExportJudge.InBatch(item, said, batch.Drafted))
                        : []
            )
        );
    }
}
