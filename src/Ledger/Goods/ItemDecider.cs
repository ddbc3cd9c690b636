using Ledger.Custody;
using Ledger.DataWipe;
using Ledger.Encumbrances;
using Ledger.Exports;
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
        var item = history.State;
        return (command, item) switch
        {
            (RegisterItem register, null) => Register(register, s),
            (RegisterItem again, _) => Decision.Refuse(
                Refusal.Of("item-exists", ("value", again.Identifiers.FirstOrDefault()?.Identifier)).At("identifiers")
            ),
            (ObserveFact fact, _) => Observing.Decide(fact, history, s),
            (RecordSale sale, _) => Observing.Decide(sale, history, s),
            (_, null) => Decision.Refuse(new Refusal("item-not-found")),
            (CorrectEvent or VoidEvent, _) => Correcting.Decide(command, history, s),
            (IssueBundle c, _) => ExportDecider.Issue(c, history),
            (_, { Life: Life.Ended }) => Decision.Refuse(
                new Refusal("item-ended") { CurrentState = "ended", BlockingEvent = item.LastEvent }
            ),
            (AddIdentifier add, _) => Add(add, item, s),
            (CorrectIdentifier c, _) => IdentityDecider.Correct(c, item, history),
            (InspectItem c, _) => Decision
                .Record(new ItemInspected(c.Standard, c.Accreditation, c.Passed, c.Results))
                .Judged(ItemJudge.Accredited(c.Accreditation, s.LawDay, item, s)),
            (GradeItem c, _) => Grade(c, item, s),
            (ReadOdometer c, _) => Read(c, item, s),
            (RecordRepair c, _) => Decision.Record(
                new RepairRecorded(c.Work, c.Outcome, c.CostFen, c.Currency, c.Parts)
            ),
            (DiscloseItem c, _) => DisclosureDecider.Decide(c.Sheet, item),
            (ChangeUse c, _) => Change(c, item, s),
            (NoteScrapLimit, _) => FactDecider.Reach(item, s),
            (RecordBrand c, _) => Decision.Record(new BrandRecorded(c.Brand, c.BrandSource, c.Evidence)),
            (
                RegisterEncumbrance
                    or ReleaseEncumbrance
                    or ExtendEncumbrance
                    or ChangeLessee
                    or ConsentToDeal
                    or PlaceHold
                    or ReleaseHold,
                _
            ) => EncumbranceDecider.Decide(command, item, s),
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
            (InspectForExport or AttachAfterSaleConfirmation or AnnotateExport or CancelExport or ReimportItem, _) =>
                ExportDecider.Decide(command, item, s),
            (FactCommand c, _) => FactDecider.Decide(c, item, s),
            (TagItem c, _) => FactDecider.Decide(c, item, s),
            (
                ReleaseStock
                    or MirrorListing
                    or ExpireListing
                    or VoidListing
                    or VoidInvoice
                    or RescindDeal
                    or FileComplaint
                    or SettleComplaint,
                _
            ) => AfterSaleDecider.Decide(command, item, s),
            (SuspendWipe c, _) => IncidentReach.Decide(c, item),
            (SettleWipe c, _) => IncidentReach.Decide(c, item),
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
        var holders = c.Identifiers.Select(i => s.Guard(ItemGuards.Alias(i.Identifier))).OfType<string>();
        if (holders.Distinct().Count() > 1)
            return Decision.Refuse(
                Refusal
                    .Of(
                        "identifiers-of-two-items",
                        ("value", string.Join(" ", c.Identifiers.Select(i => i.Identifier)))
                    )
                    .At("identifiers")
            );
        foreach (var id in c.Identifiers)
        {
            if (!(observed && id.Identifier.Kind == "register") && Foreign(id, c.Category) is { } foreign)
                return Decision.Refuse(foreign.At("identifiers"));
            if (s.Guard(ItemGuards.Alias(id.Identifier)) is not null)
                return Decision.Refuse(Refusal.Of("item-exists", ("value", id.Identifier)).At("identifiers"));
        }
        if (c.OwnedSince is { } since && since > s.LawDay)
            return Decision.Refuse(Occurrence.InFuture("ownedSince", Instants.Text(since)));
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
                    c.Owner,
                    c.OwnedSince
                )
            )
            .Taking(ItemJudge.Aliases(c.ItemId, c.Identifiers))
            .Judged(ItemJudge.Registering(c, s));
    }

    /// <summary>A kind of identifier that the category does not have.</summary>
    internal static Refusal? Foreign(NamedIdentifier id, string category) =>
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
            return holder != item.Id.ToString()
                    ? Decision.Refuse(Refusal.Of("alias-taken", ("value", c.Identifier.Identifier)).At("identifier"))
                // It was taken back: a binding is logged once, and cannot be made again.
                : !item.Identifiers.Contains(c.Identifier.Ref)
                    ? Decision.Refuse(new Refusal("wrong-state") { CurrentState = "corrected" })
                : Decision.Record();
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

    /// <summary>What a car may be used for decides how long: judged by the limit it has and by the one it would
    /// get.</summary>
    static Decision Change(ChangeUse c, Item item, Situation s)
    {
        if (!ScrapYears.ByCategory.ContainsKey(c.To))
            return Decision.Refuse(
                Refusal
                    .Of(
                        "value-malformed",
                        ("name", "to"),
                        ("value", c.To),
                        ("expected", string.Join(", ", ScrapYears.ByCategory.Keys.Order(StringComparer.Ordinal)))
                    )
                    .At("to")
            );
        if (item.ScrapCategory is not { } from || item.FirstRegistered is not { } start)
            return Decision.Refuse(Refusal.Of("value-missing", ("name", "scrapCategory, firstRegistered")).At("to"));
        if (from == c.To)
            return Decision.Record();
        if (c.ChangedOn < start || c.ChangedOn > s.LawDay)
            return Decision.Refuse(
                Refusal
                    .Of(
                        "value-malformed",
                        ("name", "changedOn"),
                        ("value", c.ChangedOn),
                        ("expected", $"{Instants.Text(start)} to {Instants.Text(s.LawDay)}")
                    )
                    .At("changedOn")
            );
        var used = ScrapYears.YearsBegun(start, c.ChangedOn);
        var years = ScrapYears.AfterUseChange(from, c.To, used);
        var facts = Inputs
            .None.And("scrapLimit", item.ScrapLimit)
            .And("yearsUsed", used)
            .And("yearsAllowed", years is null ? "none" : null)
            .And("yearsAllowed", years)
            .And("byFormula", from == "private-small");
        return Decision
            .Record(
                new UseNatureChanged(
                    from,
                    c.To,
                    c.ChangedOn,
                    years,
                    LimitAfter(item, from, years is { } allowed ? ShanghaiDay.YearsOn(start, allowed) : null)
                )
            )
            .Judged(s.Rules.Judge(Trigger.ChangeUse, item.Category, s.Jurisdiction, s.LawDay, facts));
    }

    /// <summary>A car that was used commercially once keeps the limit that this gave it: no later change moves it
    /// out.</summary>
    static DateOnly? LimitAfter(Item item, string from, DateOnly? computed)
    {
        if (item.ScrapLimitAfterChange is null && from.StartsWith("private-", StringComparison.Ordinal))
            return computed;
        return Instants.TryParseDay(item.ScrapLimit, out var had) && (computed is null || had < computed)
            ? had
            : computed;
    }

    /// <summary>An implausible reading is asked about again before it is committed; confirmed, it stands with its
    /// verdict. It is held against the last accepted one of its day or of a day before it, whenever that
    /// came.</summary>
    static Decision Read(ReadOdometer c, Item item, Situation s)
    {
        var (before, accepted) = (item.Condition.Odometer.AcceptedBy(c.ObservedOn), item.Condition.Odometer.Accepted);
        var facts = OdometerSeries.Facts(c.ValueKm, c.ObservedOn, before);
        var judged = s.Rules.Judge(Trigger.ObserveOdometer, item.Category, s.Jurisdiction, s.LawDay, facts);
        var said = ReadingVerdict.Of(
            judged.Recorded,
            before,
            isNewest: accepted is null || c.ObservedOn >= accepted.On
        );
        if (said.Verdict is OdometerVerdict.Implausible && !c.Confirmed)
            return Decision.Refuse(
                Refusal
                    .Of(
                        "odometer-needs-confirmation",
                        ("valueKm", c.ValueKm),
                        ("lastKm", before?.Km),
                        ("reason", said.Reason)
                    )
                    .At("valueKm")
            );
        return Decision
            .Record(
                new OdometerObserved(c.ValueKm, c.Unit, c.Source, c.ObservedOn, c.Evidence, said.Verdict, said.Reason)
            )
            .Judged(judged);
    }
}
