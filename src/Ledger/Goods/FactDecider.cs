using Ledger.DataWipe;
using Ledger.Goods.Categories;
using Ledger.Kernel;
using Ledger.Rules;
using Ledger.Trading;

namespace Ledger.Goods;

/// <summary>Facts that a person states of an item and that move no deal: each with what would make it untrue.</summary>
static class FactDecider
{
    public static Decision Decide(FactCommand c, Item item, Situation s) =>
        c switch
        {
            AppraiseItem a
                when item.Trade.LiveDeal is { } deal && (deal.Seller == a.Appraiser || deal.Buyer == a.Appraiser) =>
                Decision.Refuse(
                    new Refusal("appraiser-is-party-to-deal") { BlockingEvent = deal.Event }.At("appraiser")
                ),
            AppraiseItem { ValidUntil: { } last } when last < s.LawDay => Decision.Refuse(
                CategoryActs.InOrder("validUntil", last, "occurredAt", s.LawDay)
            ),
            AppraiseItem a => Decision.Record(
                new ItemAppraised(a.AmountFen, a.Currency, a.Method, a.ValidUntil, a.Appraiser)
            ),
            ResolveBrand { Evidence: null } => Decision.Refuse(new Refusal("evidence-missing").At("evidence")),
            ResolveBrand { Brand: var brand } when !item.Condition.Brands.Contains(brand) => Decision.Refuse(
                Refusal.Of("brand-not-held", ("value", WireWords.Of(brand))).At("brand")
            ),
            ResolveBrand b => Decision.Record(new BrandResolved(b.Brand, b.How, b.Evidence)),
            RecordPeriodicInspection when s.LawDay < item.FirstRegistered => Decision.Refuse(
                Refusal.Of("before-first-registration", ("firstRegistered", item.FirstRegistered)).At("occurredAt")
            ),
            RecordPeriodicInspection { ValidUntil: { } last } when last < s.LawDay => Decision.Refuse(
                CategoryActs.InOrder("validUntil", last, "occurredAt", s.LawDay)
            ),
            RecordPeriodicInspection i => Decision.Record(
                new InspectionRecorded(i.Kind, i.Passed, i.ValidUntil, i.Cycle)
            ),
            ReplacePart { Origin: PartOrigin.Reused, Source: null } => Decision.Refuse(
                new Refusal("reused-part-without-source").At("source")
            ),
            ReplacePart p => Decision.Record(new PartReplaced(p.Part, p.Origin, p.Source, p.MediumChanged)),
            RefurbishItem { SafetyTest: null } when NeedsSafetyTest(item) => Decision.Refuse(
                new Refusal("safety-test-missing").At("safetyTest")
            ),
            RefurbishItem r => Decision.Record(new ItemRefurbished(r.Level, r.Parts, r.WarrantyMonths, r.SafetyTest)),
            IssueRefurbGrade { Labels: { IsDefault: false } labels }
                when labels.FirstOrDefault(IsRemanufactured) is { } label => Decision.Refuse(
                Refusal.Of("label-remanufactured-not-allowed", ("value", label)).At("labels")
            ),
            IssueRefurbGrade g => Decision.Record(new RefurbGradeIssued(g.Grade, g.Labels)),
            StartWarranty w => Decision
                .Record(new WarrantyStarted(w.Months, w.Km, w.Parts))
                .WithVerdicts(Warranty(w, item, s)),
            RecordRegistration r => Decision.Record(new RegistrationRecorded(r.Kind, r.Region)),
            ReportDocumentLost d => Decision.Record(new DocumentLost(d.Document)),
            ReportDocumentReissued d => Decision.Record(new DocumentReissued(d.Document)),
            AlterItem a => Decision.Record(new ItemAltered(a.What, a.WithdrawnFromTraffic)),
            DeclareSale { Seller: var seller } when item.Owner.IsNot(seller) || s.IsForAnother(Roles.Con, seller) =>
                Decision.Refuse(new Refusal("seller-not-owner") { BlockingEvent = item.LastEvent }.At("seller")),
            DeclareSale d => Decision.Record(new SaleDeclared(d.Buyer, d.SoldOn)),
            DivertClassifiedDevice d => Decision.Record(new ClassifiedDeviceDiverted(d.Authority, d.DocHash)),
            _ => throw new UnknownCommandException(c),
        };

    /// <summary>The tag is an identifier like any other: whoever holds it already is told.</summary>
    public static Decision Decide(TagItem c, Item item, Situation s)
    {
        if (RegistrationDecider.RefuseIdentifierKind(c.Tag, item.Category) is { } foreign)
            return Decision.Refuse(foreign.At("tag"));
        if (s.ReservationOf(ItemReservations.Alias(c.Tag.Identifier)) is { } holder)
            return holder == item.Id.ToString()
                ? Decision.Record()
                : Decision.Refuse(Refusal.Of("tag-used", ("value", c.Tag.Identifier)).At("tag"));
        var judged = ItemJudge.Registering(new(item.Id, item.Category, [c.Tag]), s);
        return Decision
            .Record(new ItemTagged(c.Medium, c.Photo), new ItemIdentifierAdded(c.Tag.Ref, c.Photo))
            .Taking(ItemReservations.Taken(item.Id, [c.Tag]))
            .WithVerdicts(judged);
    }

    /// <summary>Nothing to record before the day, nor twice for one limit, nor of a vehicle that has left.</summary>
    public static Decision RecordScrapLimit(Item item, Situation s) =>
        item.Life is < Life.Exported
        && Instants.TryParseDay(item.ScrapLimit, out var limit)
        && s.LawDay >= limit
        && item.ScrapLimitReached != limit
            ? Decision.Record(new ScrapLimitReached(item.ScrapCategory, limit, RuleOf(item)))
            : Decision.Record();

    static string RuleOf(Item item) => item.ScrapLimitAfterChange is null ? "scrap-years" : "scrap-use-change";

    /// <summary>Old appliances and electronics are tested before they are sold again.</summary>
    static bool NeedsSafetyTest(Item item) =>
        item.Category == Appliances.Category.Code || item.Category == Electronics.Category.Code;

    static bool IsRemanufactured(string label) =>
        label.Contains("再制造", StringComparison.Ordinal)
        || label.Contains("remanufactured", StringComparison.OrdinalIgnoreCase);

    static Judgement Warranty(StartWarranty w, Item item, Situation s) =>
        s.Rules.Judge(
            Trigger.StartWarranty,
            item.Category,
            s.Jurisdiction,
            s.LawDay,
            Inputs
                .None.And("months", w.Months)
                .And("km", w.Km)
                .And("firstRegistered", item.FirstRegistered)
                .And("odometerKm", item.Condition.OdometerKm)
                .And(
                    "commercial",
                    item.ScrapCategory is { } category
                        ? !category.StartsWith("private-", StringComparison.Ordinal)
                        : (bool?)null
                )
        );
}
