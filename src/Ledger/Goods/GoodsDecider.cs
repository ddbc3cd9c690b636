using Ledger.Kernel;
using Ledger.Parties;
using Ledger.Rules;

namespace Ledger.Goods;

/// <summary>What an item is, and in what condition.</summary>
static class GoodsDecider
{
    public static CommandKind Commands { get; } =
        ItemCommandKind.Of<GoodsCommand>(Decide, (c, _, _) => Reservations(c));

    public static Decision Decide(GoodsCommand command, ItemHistory history, Situation s)
    {
        var item = history.State!;
        return command switch
        {
            AddIdentifier add => Add(add, item, s),
            CorrectIdentifier c => IdentityDecider.Correct(c, item, history),
            InspectItem c => Decision.Record(Inspected(c)).WithVerdicts(Accredited(c, item, s)),
            GradeItem c => Grade(c, item, s),
            ReadOdometer c => Read(c, item, s),
            RecordRepair c => Decision.Record(new RepairRecorded(c.Work, c.Outcome, c.CostFen, c.Currency, c.Parts)),
            DiscloseItem c => DisclosureDecider.Decide(c.Sheet, item),
            ChangeUse c => Change(c, item, s),
            NoteScrapLimit => FactDecider.RecordScrapLimit(item, s),
            RecordBrand c => Decision.Record(new BrandRecorded(c.Brand, c.BrandSource, c.Evidence)),
            MakePublicLink or RevokePublicLink => IsShownBy(item, s)
                ? Decision.Record()
                : Decision.Refuse(new Refusal("not-the-keeper")),
            FactCommand c => FactDecider.Decide(c, item, s),
            TagItem c => FactDecider.Decide(c, item, s),
            _ => throw new UnknownCommandException(command),
        };
    }

    /// <summary>Whether whoever acts may show the item to the public: its owner, or the desk of the market that keeps,
    /// offers or stocks it.</summary>
    static bool IsShownBy(Item item, Situation s) =>
        s.Self.Is(item.Owner.Party)
        || s.By.IsDeskOf(item.Custody.Open?.Site)
        || s.By.IsDeskOf(item.Trade.OfferedIn)
        || item.Trade.Stock is { } stock && stock.IsOf(s.By);

    static IEnumerable<ReservationKey> Reservations(GoodsCommand command) =>
        command switch
        {
            AddIdentifier c => [ItemReservations.Alias(c.Identifier.Identifier)],
            TagItem c => [ItemReservations.Alias(c.Tag.Identifier)],
            InspectItem { Accreditation: { } number } => [LicenceTerms.Row(LicenceKind.Accreditation, number)],
            GradeItem { Inspection: { } inspection } => Reservations(inspection),
            _ => [],
        };

    /// <summary>What the rules ask of a grade, given for the first time or corrected.</summary>
    internal static Judgement JudgeGrade(int? scoreTenths, int? grade, bool? accident, Item item, Situation s) =>
        s.Rules.Judge(
            Trigger.GradeItem,
            item.Category,
            s.Jurisdiction,
            s.LawDay,
            Inputs.None.And("scoreTenths", scoreTenths).And("grade", grade).And("accident", accident)
        );

    static Decision Add(AddIdentifier c, Item item, Situation s)
    {
        if (s.ReservationOf(ItemReservations.Alias(c.Identifier.Identifier)) is { } holder)
            return holder != item.Id.ToString()
                    ? Decision.Refuse(Refusal.Of("alias-taken", ("value", c.Identifier.Identifier)).At("identifier"))
                // It was taken back: a binding is logged once, and cannot be made again.
                : !item.Identifiers.Contains(c.Identifier.Ref)
                    ? Decision.Refuse(new Refusal("wrong-state") { CurrentState = "corrected" })
                : Decision.Record();
        if (RegistrationDecider.RefuseIdentifierKind(c.Identifier, item.Category) is { } foreign)
            return Decision.Refuse(foreign.At("identifier"));
        var judged = ItemJudge.Registering(new(item.Id, item.Category, [c.Identifier]), s);
        return Decision
            .Record(new ItemIdentifierAdded(c.Identifier.Ref, c.Evidence))
            .Taking(ItemReservations.Taken(item.Id, [c.Identifier]))
            .WithVerdicts(judged);
    }

    static ItemInspected Inspected(InspectItem c) => new(c.Standard, c.Accreditation, c.Passed, c.Results);

    static Judgement Accredited(InspectItem c, Item item, Situation s) =>
        ItemJudge.Accredited(c.Accreditation, s.LawDay, item, s);

    /// <summary>A grading that says what was found records the inspection that it rests on first.</summary>
    static Decision Grade(GradeItem c, Item item, Situation s)
    {
        var graded = new ItemGraded(c.Standard, c.ScoreTenths, c.Grade, c.Accident);
        var judged = JudgeGrade(c.ScoreTenths, c.Grade, c.Accident, item, s);
        return c.Inspection is { } inspection
            ? Decision.Record(Inspected(inspection), graded).WithVerdicts(Accredited(inspection, item, s).And(judged))
            : Decision.Record(graded).WithVerdicts(judged);
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
            .WithVerdicts(s.Rules.Judge(Trigger.ChangeUse, item.Category, s.Jurisdiction, s.LawDay, facts));
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
            .WithVerdicts(judged);
    }
}
