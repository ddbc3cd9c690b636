using Api.Hosting;
using Ledger.Exports;
using Ledger.Goods;
using Ledger.Kernel;

namespace Api;

/// <summary>What happens to one item on its way abroad and back.</summary>
static class ItemExports
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var items = api.MapGroup("/items/{id}").WithTags("Export");
        items
            .MapItemCommand<ExportInspectionBody>("/export-inspections", Inspect)
            .Describe<InspectForExport>("Record an inspection before export", Examples.ExportInspection);
        items
            .MapItemCommand<AfterSaleBody>("/after-sale-confirmations", Confirm)
            .Describe<AttachAfterSaleConfirmation>(
                "Attach the maker's after-sale confirmation",
                Examples.AfterSale,
                "vehicle-not-named"
            );
        items
            .MapItemCommand<ExportNoteBody>("/export-annotations", Annotate)
            .Describe<AnnotateExport>(
                "Record the note 转让待出口",
                Examples.ExportNote,
                "temp-plate-too-long",
                "insurance-shorter",
                "within-one-year-of-scrap",
                "encumbered",
                "held-by-authority"
            );
        items
            .MapItemCommand<ReasonBody>(
                "/export-annotations/cancellations",
                i =>
                    new(new CancelExport(i.Fields.Needed(i.Body.Reason, "reason", 500)))
                    {
                        OccurredAt = i.Body.OccurredAt,
                    }
            )
            .Describe<CancelExport>("Take the note back", Examples.Reason, "item-in-other-batch", "wrong-state");
        items
            .MapItemCommand<DepartureBody>("/departures", Depart)
            .Describe<ExportItem>(
                "Record that it has left the country",
                Examples.Departure,
                "not-declared",
                "wrong-state"
            );
        items
            .MapItemCommand<DestinationBody>("/destination-registrations", Arrive)
            .Describe<RegisterAbroad>(
                "Record its registration abroad",
                Examples.DestinationRegistration,
                "wrong-state"
            );
        items
            .MapItemCommand<ReimportBody>(
                "/reimports",
                i =>
                    new(new ReimportItem(i.Fields.Day(i.Body.ImportedOn, "importedOn") ?? default))
                    {
                        OccurredAt = i.Body.OccurredAt,
                    }
            )
            .Describe<ReimportItem>("Record that it came back", Examples.Reimport, "wrong-state");
    }

    static Plan Inspect(Incoming<ExportInspectionBody> i)
    {
        var (b, f) = (i.Body, i.Fields);
        return new(
            new InspectForExport(
                f.Needed(b.Standard, "standard"),
                b.Passed,
                f.Day(b.InspectedOn, "inspectedOn") ?? default,
                f.Text(b.Accreditation, "accreditation"),
                b.Findings is null
                    ? null
                    :
                    [
                        .. b
                            .Findings.Take(100)
                            .Select(r => new InspectionFinding(
                                f.Needed(r.Point, "findings"),
                                f.Needed(r.Found, "findings")
                            )),
                    ]
            )
        )
        {
            OccurredAt = b.OccurredAt,
        };
    }

    static Plan Confirm(Incoming<AfterSaleBody> i)
    {
        var (b, f) = (i.Body, i.Fields);
        var vehicle = f.Identifiers([b.Vehicle], "vehicle", i.Handles);
        return new(
            new AttachAfterSaleConfirmation(
                f.Needed(b.Maker, "maker"),
                f.Country(b.Destination, "destination"),
                vehicle.IsEmpty ? new(new("", ""), "") : vehicle[0],
                f.Texts(b.Outlets, "outlets"),
                f.NeededHash(b.Seal, "seal")
            )
        )
        {
            OccurredAt = b.OccurredAt,
        };
    }

    static Plan Annotate(Incoming<ExportNoteBody> i)
    {
        var (b, f) = (i.Body, i.Fields);
        return new(
            new AnnotateExport(
                f.Day(b.AnnotatedOn, "annotatedOn") ?? default,
                f.Text(b.TempPlate, "tempPlate", 20),
                f.Day(b.TempPlateUntil, "tempPlateUntil"),
                f.Day(b.InsuranceUntil, "insuranceUntil")
            )
        )
        {
            OccurredAt = b.OccurredAt,
        };
    }

    static Plan Depart(Incoming<DepartureBody> i)
    {
        var leaving = new ExportItem(i.Fields.Day(i.Body.ExportedOn, "exportedOn"), i.Fields.Text(i.Body.Port, "port"));
        return new(leaving, ("", default)) { OccurredAt = i.Body.OccurredAt };
    }

    static Plan Arrive(Incoming<DestinationBody> i)
    {
        var (b, f) = (i.Body, i.Fields);
        var registering = new RegisterAbroad(
            f.Country(b.Country, "country"),
            f.Day(b.RegisteredOn, "registeredOn"),
            f.Number(b.OdometerKm, "odometerKm", 0, Bounds.MostKm),
            f.Text(b.Registry, "registry")
        );
        return new(registering, ("", default)) { OccurredAt = b.OccurredAt };
    }
}
