using Ledger.Exports;
using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Store;

namespace Api.Http;

/// <summary>What happens to one item on its way abroad and back.</summary>
static class ItemExports
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var items = api.MapGroup("/items/{id}").WithTags("Export");
        items
            .MapDeed<ExportInspectionBody>("/export-inspections", Inspect)
            .Says("Record an inspection before export", Examples.ExportInspection);
        items
            .MapDeed<AfterSaleBody>("/after-sale-confirmations", Confirm)
            .Says("Attach the maker's after-sale confirmation", Examples.AfterSale, "vehicle-not-named");
        items
            .MapDeed<ExportNoteBody>("/export-annotations", Annotate)
            .Says(
                "Record the note 转让待出口",
                Examples.ExportNote,
                "temp-plate-too-long",
                "insurance-shorter",
                "within-one-year-of-scrap",
                "encumbered",
                "held-by-authority"
            );
        items
            .MapDeed<ReasonBody>(
                "/export-annotations/cancellations",
                i =>
                    new(new CancelExport(i.Fields.Needed(i.Body.Reason, "reason", 500)))
                    {
                        OccurredAt = i.Body.OccurredAt,
                    }
            )
            .Says("Take the note back", Examples.Reason, "item-in-other-batch", "wrong-state");
        items
            .MapAct<DepartureBody>("/departures", DepartAsync)
            .Says("Record that it has left the country", Examples.Departure, "not-declared", "wrong-state");
        items
            .MapAct<DestinationBody>("/destination-registrations", ArriveAsync)
            .Says("Record its registration abroad", Examples.DestinationRegistration, "wrong-state");
        items
            .MapDeed<ReimportBody>(
                "/reimports",
                i =>
                    new(new ReimportItem(i.Fields.Day(i.Body.ImportedOn, "importedOn") ?? default))
                    {
                        OccurredAt = i.Body.OccurredAt,
                    }
            )
            .Says("Record that it came back", Examples.Reimport, "wrong-state");
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
                            .Select(r => new Finding(f.Needed(r.Point, "findings"), f.Needed(r.Found, "findings"))),
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
                f.Needed(b.Seal, "seal")
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

    static Task<Act> DepartAsync(Incoming<DepartureBody> i, LedgerNode node)
    {
        var e = new ItemExported(i.Fields.Day(i.Body.ExportedOn, "exportedOn"), i.Fields.Text(i.Body.Port, "port"));
        return StreamEndpoint.OfItemAsync(
            i,
            node,
            i.Body.OccurredAt,
            (item, order, stop) => node.Exports.DepartAsync(item, e, order, stop)
        );
    }

    static Task<Act> ArriveAsync(Incoming<DestinationBody> i, LedgerNode node)
    {
        var (b, f) = (i.Body, i.Fields);
        var registry = f.Text(b.Registry, "registry");
        var e = new DestinationRegistered(
            f.Country(b.Country, "country"),
            f.Day(b.RegisteredOn, "registeredOn"),
            f.Number(b.OdometerKm, "odometerKm", 0, Bounds.MostKm)
        )
        {
            Facts = registry is null ? null : Facts.Of([new("registry", registry)]),
        };
        return StreamEndpoint.OfItemAsync(
            i,
            node,
            b.OccurredAt,
            (item, order, stop) => node.Exports.ArriveAsync(item, e, order, stop)
        );
    }
}
