using System.Collections.Immutable;
using Api.Hosting;
using Ledger.Goods;
using Ledger.Kernel;

namespace Api;

/// <summary>Items: registering, their condition, their history.</summary>
static class Items
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var items = api.MapGroup("/items").WithTags("Items");
        items
            .MapCommand<RegisterItemBody>("/", Register)
            .Describe<RegisterItem>(
                "Register an item",
                Examples.RegisterItem,
                "category-unknown",
                "vin-malformed",
                "vin-check-failed",
                "imei-check-failed",
                "item-exists",
                "identifier-not-for-category"
            );
        items
            .MapItemCommand<AddIdentifierBody>(
                "/{id}/identifiers",
                i =>
                {
                    var ids = i.Fields.NewIdentifiers([i.Body.Identifier], "identifier", i.Handles);
                    var add = new AddIdentifier(
                        ids.IsEmpty ? new(new("", ""), "") : ids[0],
                        i.Fields.Hash(i.Body.Evidence, "evidence")
                    );
                    return new(add) { OccurredAt = i.Body.OccurredAt };
                }
            )
            .Describe<AddIdentifier>(
                "Bind a further identifier",
                Examples.AddIdentifier,
                "alias-taken",
                "vin-check-failed"
            );
        items
            .MapItemCommand<InspectionBody>("/{id}/inspections", Inspect)
            .Describe<InspectItem>(
                "Record an inspection or a grading",
                Examples.Inspection,
                "grade-does-not-follow-score"
            )
            .AlsoGives<GradeItem>();
        items
            .MapItemCommand<OdometerBody>("/{id}/odometer-readings", Read)
            .Describe<ReadOdometer>("Record an odometer reading", Examples.Odometer, "odometer-needs-confirmation");
        items
            .MapItemCommand<DisclosureBody>("/{id}/disclosures", Disclose)
            .Describe<DiscloseItem>("Disclose what a buyer must know", Examples.Disclosure, "contradicts-ledger");
        items
            .MapItemCommand<UseChangeBody>(
                "/{id}/use-changes",
                i =>
                    new(
                        new ChangeUse(
                            i.Fields.Needed(i.Body.To, "to"),
                            i.Fields.Day(i.Body.ChangedOn, "changedOn") ?? default
                        )
                    )
                    {
                        OccurredAt = i.Body.OccurredAt,
                    }
            )
            .Describe<ChangeUse>(
                "Put a vehicle to another use",
                Examples.UseChange,
                "already-past-limit",
                "frozen-last-year"
            );
        items
            .MapItemCommand<RepairBody>("/{id}/repairs", Repair)
            .Describe<RecordRepair>("Record a repair", Examples.Repair);
        items
            .MapItemCommand<BrandBody>(
                "/{id}/brands",
                i =>
                    new(
                        new RecordBrand(
                            i.Fields.Word<Brand>(i.Body.Brand, "brand"),
                            i.Fields.Needed(i.Body.BrandSource, "brandSource"),
                            i.Fields.Hash(i.Body.Evidence, "evidence")
                        )
                    )
                    {
                        OccurredAt = i.Body.OccurredAt,
                    }
            )
            .Describe<RecordBrand>("Record a brand", Examples.Brand);
        ItemQueries.Map(items);
    }

    static Plan Register(Incoming<RegisterItemBody> i)
    {
        var (b, f) = (i.Body, i.Fields);
        var ids = f.NewIdentifiers(b.Identifiers, "identifiers", i.Handles);
        if (b.ScrapCategory is not null && !ScrapYears.ByCategory.ContainsKey(b.ScrapCategory))
            f.Malformed(
                b.ScrapCategory,
                "scrapCategory",
                string.Join(", ", ScrapYears.ByCategory.Keys.Order(StringComparer.Ordinal))
            );
        var command = new RegisterItem(
            i.NewId("item"),
            f.Needed(b.Category, "category"),
            ids,
            f.Text(b.Make, "make"),
            f.Text(b.Model, "model"),
            f.Text(b.TypeCode, "typeCode"),
            f.Text(b.Fuel, "fuel"),
            f.Text(b.UseNature, "useNature"),
            b.ScrapCategory,
            f.Day(b.ProductionDate, "productionDate"),
            f.Day(b.FirstRegistered, "firstRegistered"),
            f.Text(b.Emission, "emission"),
            f.Party(b.Owner, "owner"),
            f.Day(b.OwnedSince, "ownedSince")
        );
        return new(command with { Item = command.ItemId }, ("", command.ItemId)) { OccurredAt = b.OccurredAt };
    }

    static Plan Inspect(Incoming<InspectionBody> i)
    {
        var (b, f) = (i.Body, i.Fields);
        var standard = f.Needed(b.Standard, "standard");
        if (b.Grade is null && b.Passed is null)
            f.Add(Refusal.Of("value-missing", ("name", "passed / grade")).At("passed"));
        var results = b
            .Results?.Select(r => new InspectionFinding(
                f.Needed(r.Point, "results.point"),
                f.Needed(r.Found, "results.found", 500)
            ))
            .ToImmutableArray();
        f.Number(b.ScoreTenths, "scoreTenths", 0, 1000);
        f.Number(b.Grade, "grade", 1, 5);
        var inspecting = new InspectItem(
            standard,
            b.Passed ?? false,
            f.Text(b.Accreditation, "accreditation"),
            results
        );
        // What a body says is recorded or refused: only a grading has a score, and what was found is an inspection's.
        if (b.Grade is null && (b.ScoreTenths is not null || b.Accident is not null))
            f.Add(Refusal.Of("value-missing", ("name", "grade")).At("grade"));
        var alsoInspected = b.Passed is not null || b.Accreditation is not null || b.Results is not null;
        if (b.Grade is not null && alsoInspected && b.Passed is null)
            f.Add(Refusal.Of("value-missing", ("name", "passed")).At("passed"));
        ItemCommand command = b.Grade is { } grade
            ? new GradeItem(standard, b.ScoreTenths, grade, b.Accident ?? false, alsoInspected ? inspecting : null)
            : inspecting;
        return new(command) { OccurredAt = b.OccurredAt };
    }

    static Plan Disclose(Incoming<DisclosureBody> i)
    {
        var (b, f) = (i.Body, i.Fields);
        Disclosed Said(string word, string name) => f.Word<Disclosed>(word, name);
        return new(
            new DiscloseItem(
                Said(b.Accident, "accident"),
                Said(b.Flood, "flood"),
                Said(b.Fire, "fire"),
                Said(b.Repair, "repair"),
                Said(b.Mortgage, "mortgage"),
                Said(b.Use, "use"),
                Said(b.Recall, "recall"),
                Said(b.Mileage, "mileage"),
                Said(b.Other, "other"),
                f.Text(b.Text, "text", 500)
            )
        )
        {
            OccurredAt = b.OccurredAt,
        };
    }

    static Plan Read(Incoming<OdometerBody> i)
    {
        var (b, f) = (i.Body, i.Fields);
        return new(
            new ReadOdometer(
                f.Number(b.ValueKm, "valueKm", 0, Bounds.MostKm),
                f.Word<DistanceUnit>(b.Unit ?? "km", "unit"),
                f.Word<OdometerSource>(b.Source, "source"),
                f.Day(b.ObservedOn, "observedOn") ?? default,
                f.Hash(b.Evidence, "evidence"),
                b.Confirmed
            )
        )
        {
            OccurredAt = b.OccurredAt,
        };
    }

    static Plan Repair(Incoming<RepairBody> i)
    {
        var (b, f) = (i.Body, i.Fields);
        return new(
            new RecordRepair(
                f.Text(b.Work, "work", 500),
                f.Word<RepairOutcome>(b.Outcome, "outcome"),
                f.Number(b.CostFen, "costFen", 0, Bounds.MostFen),
                b.CostFen is null ? null : f.Currency(b.Currency),
                b.Parts?.Select(p => f.Needed(p, "parts")).ToImmutableArray()
            )
        )
        {
            OccurredAt = b.OccurredAt,
        };
    }
}
