using Ledger.Custody;
using Ledger.DataWipe;
using Ledger.Encumbrances;
using Ledger.Goods.Categories;
using Ledger.Kernel;
using Ledger.Kernel.Identifiers;
using Ledger.Rules;
using Ledger.Trading;

namespace Ledger.Goods;

/// <summary>Decides what is recorded of an item itself; trade and encumbrance acts go to their own deciders.</summary>
public static class ItemDecider
{
    /// <summary>From (command, history) to events or refusals; pure.</summary>
    public static Decision Decide(ItemCommand command, ItemHistory history, Situation s)
    {
        // Clocks of two machines differ: five minutes ahead is not the future.
        if (s.OccurredAt > s.Now.AddMinutes(5))
            return Decision.Refuse(
                Refusal.Of("occurred-in-future", ("value", Instants.Text(s.OccurredAt))).At("occurredAt")
            );
        var item = history.State;
        return (command, item) switch
        {
            (RegisterItem register, null) => Register(register, s),
            (RegisterItem again, _) => Decision.Refuse(
                Refusal.Of("item-exists", ("value", again.Identifiers.FirstOrDefault()?.Identifier)).At("identifiers")
            ),
            (ObserveFact fact, _) => Observing.Decide(fact, history, s),
            (RecordSale sale, _) => Observing.Decide(sale, history, s),
            (_, null) => Decision.Refuse(new Refusal("unknown-stream")),
            (CorrectEvent or VoidEvent, _) => Correcting.Decide(command, history, s),
            (_, { Life: Life.Ended }) => Decision.Refuse(
                new Refusal("item-ended") { CurrentState = "ended", BlockingEvent = item.LastEvent }
            ),
            (AddIdentifier add, _) => Add(add, item, s),
            (InspectItem c, _) => Decision.Record(new ItemInspected(c.Standard, c.Accreditation, c.Passed, c.Results)),
            (GradeItem c, _) => Grade(c, item, s),
            (ReadOdometer c, _) => Read(c, item, s),
            (RecordRepair c, _) => Decision.Record(
                new RepairRecorded(c.Work, c.Outcome, c.CostFen, c.Currency, c.Parts)
            ),
            (RecordBrand c, _) => Decision.Record(new BrandRecorded(c.Brand, c.BrandSource, c.Evidence)),
            (RegisterEncumbrance or ReleaseEncumbrance or PlaceHold or ReleaseHold, _) => EncumbranceDecider.Decide(
                command,
                item
            ),
            (ReceiveItem c, _) => CustodyDecider.Decide(c, item),
            (TransferCustody c, _) => CustodyDecider.Decide(c, item, s),
            (
                DeclareMedia
                    or GiveWipeConsent
                    or AttestWipe
                    or VerifyWipe
                    or DestroyMedium
                    or RemoveMedium
                    or UnlinkAccount,
                _
            ) => WipeDecider.Decide(command, item, s),
            _ => TradeDecider.Decide(command, item, s),
        };
    }

    /// <summary>What every registration asks, by whichever door: category, kinds of identifier, free aliases, check
    /// digits.</summary>
    internal static Decision Register(RegisterItem c, Situation s, bool observed = false)
    {
        if (GoodsCategory.Find(c.Category) is null)
            return Decision.Refuse(
                Refusal
                    .Of(
                        "category-unknown",
                        ("value", c.Category),
                        ("known", string.Join(", ", GoodsCategory.All.Select(g => g.Code)))
                    )
                    .At("category")
            );
        foreach (var id in c.Identifiers)
        {
            if (!(observed && id.Identifier.Kind == "register") && Foreign(id, c.Category) is { } foreign)
                return Decision.Refuse(foreign.At("identifiers"));
            if (s.Guard(ItemGuards.Alias(id.Identifier)) is not null)
                return Decision.Refuse(Refusal.Of("item-exists", ("value", id.Identifier)).At("identifiers"));
        }
        return Decision
            .Record(
                new ItemRegistered(
                    c.Category,
                    [.. c.Identifiers.Select(i => i.Ref)],
                    c.Make,
                    c.Model,
                    c.TypeCode,
                    c.Fuel,
                    c.UseNature,
                    c.ScrapCategory,
                    c.ProductionDate,
                    c.FirstRegistered,
                    c.Emission,
                    c.Owner
                )
            )
            .Taking(ItemJudge.Aliases(c.ItemId, c.Identifiers))
            .Judged(ItemJudge.Registering(c, s));
    }

    /// <summary>A kind of identifier that the category does not have.</summary>
    static Refusal? Foreign(NamedIdentifier id, string category) =>
        GoodsCategory.Find(category) is { } known && !known.Identifiers.Contains(id.Identifier.Kind)
            ? Refusal.Of(
                "identifier-not-for-category",
                ("kind", id.Identifier.Kind),
                ("category", category),
                ("allowed", string.Join(", ", known.Identifiers))
            )
            : null;

    static Decision Add(AddIdentifier c, Item item, Situation s)
    {
        if (s.Guard(ItemGuards.Alias(c.Identifier.Identifier)) is { } holder)
            return holder == item.Id.ToString()
                ? Decision.Record()
                : Decision.Refuse(Refusal.Of("alias-taken", ("value", c.Identifier.Identifier)).At("identifier"));
        if (Foreign(c.Identifier, item.Category) is { } foreign)
            return Decision.Refuse(foreign.At("identifier"));
        var judged = ItemJudge.Registering(new(item.Id, item.Category, [c.Identifier]), s);
        return Decision
            .Record(new ItemIdentifierAdded(c.Identifier.Ref, c.Evidence))
            .Taking(ItemJudge.Aliases(item.Id, [c.Identifier]))
            .Judged(judged);
    }

    static Decision Grade(GradeItem c, Item item, Situation s)
    {
        var facts = Inputs.None.And("scoreTenths", c.ScoreTenths).And("grade", c.Grade).And("accident", c.Accident);
        return Decision
            .Record(new ItemGraded(c.Standard, c.ScoreTenths, c.Grade, c.Accident))
            .Judged(s.Rules.Judge(Trigger.GradeItem, item.Category, s.Jurisdiction, s.LawDay, facts));
    }

    /// <summary>An implausible reading is asked about again before it is committed; confirmed, it stands with its
    /// verdict.</summary>
    static Decision Read(ReadOdometer c, Item item, Situation s)
    {
        var facts = Inputs.None.And("valueKm", c.ValueKm).And("lastKm", item.Condition.OdometerKm);
        var judged = s.Rules.Judge(Trigger.ObserveOdometer, item.Category, s.Jurisdiction, s.LawDay, facts);
        var lower = judged.Recorded.Any(v => v.Result is Result.Hit);
        if (lower && !c.Confirmed)
            return Decision.Refuse(
                Refusal
                    .Of("odometer-needs-confirmation", ("valueKm", c.ValueKm), ("lastKm", item.Condition.OdometerKm))
                    .At("valueKm")
            );
        var verdict =
            lower ? OdometerVerdict.Implausible
            : item.Condition.OdometerKm is null ? OdometerVerdict.NoVerdict
            : OdometerVerdict.Plausible;
        var reason =
            lower ? "rolled-back"
            : item.Condition.OdometerKm is null ? "first-reading"
            : null;
        return Decision
            .Record(new OdometerObserved(c.ValueKm, c.Unit, c.Source, c.ObservedOn, c.Evidence, verdict, reason))
            .Judged(judged);
    }
}
