using Api.Hosting;
using Ledger.Goods;
using Ledger.Kernel;

namespace Api;

/// <summary>What is stated of an item and moves no deal: appraisals, parts, refurbishing, documents.</summary>
static class ItemFacts
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var items = api.MapGroup("/items/{id}").WithTags("Items");
        Fact<AppraisalBody>(
                items,
                "/appraisals",
                b => b.OccurredAt,
                (b, f) =>
                    new AppraiseItem(
                        f.Fen(b.AmountFen, "amountFen"),
                        f.Currency(b.Currency),
                        f.Needed(b.Method, "method"),
                        f.Day(b.ValidUntil, "validUntil"),
                        f.NeededParty(b.Appraiser, "appraiser")
                    )
            )
            .Describe<AppraiseItem>("Record an appraisal", Examples.Appraisal, "appraiser-is-party-to-deal");
        items
            .MapItemCommand<TagBody>("/tags", Tag)
            .Describe<TagItem>("Put a ledger tag on it", Examples.Tag, "tag-used", "tag-malformed");
        Fact<BrandResolutionBody>(
                items,
                "/brand-resolutions",
                b => b.OccurredAt,
                (b, f) =>
                    new ResolveBrand(
                        f.Word<Brand>(b.Brand, "brand"),
                        f.Needed(b.How, "how", 500),
                        f.Hash(b.Evidence, "evidence")
                    )
            )
            .Describe<ResolveBrand>(
                "Put a brand right",
                Examples.BrandResolution,
                "brand-not-held",
                "evidence-missing"
            );
        Fact<PeriodicInspectionBody>(
                items,
                "/periodic-inspections",
                b => b.OccurredAt,
                (b, f) =>
                    new RecordPeriodicInspection(
                        f.Needed(b.Kind, "kind"),
                        b.Passed,
                        f.Day(b.ValidUntil, "validUntil"),
                        (int?)f.Number(b.Cycle, "cycle", 0, 1_000)
                    )
            )
            .Describe<RecordPeriodicInspection>(
                "Record a periodic inspection",
                Examples.PeriodicInspection,
                "before-first-registration"
            );
        items
            .MapItemCommand<PartBody>("/part-replacements", Part)
            .Describe<ReplacePart>("Record that a part was replaced", Examples.Part, "reused-part-without-source");
        Fact<RefurbishmentBody>(
                items,
                "/refurbishments",
                b => b.OccurredAt,
                (b, f) =>
                    new RefurbishItem(
                        f.Needed(b.Level, "level"),
                        f.Texts(b.Parts, "parts"),
                        (int?)f.Number(b.WarrantyMonths, "warrantyMonths", 0, 240),
                        f.Hash(b.SafetyTest, "safetyTest")
                    )
            )
            .Describe<RefurbishItem>("Record a refurbishing", Examples.Refurbishment, "safety-test-missing");
        Fact<RefurbGradeBody>(
                items,
                "/refurb-grades",
                b => b.OccurredAt,
                (b, f) => new IssueRefurbGrade(f.Needed(b.Grade, "grade"), f.Texts(b.Labels, "labels"))
            )
            .Describe<IssueRefurbGrade>(
                "Issue a refurbishing grade",
                Examples.RefurbGrade,
                "label-remanufactured-not-allowed"
            );
        Fact<WarrantyBody>(
                items,
                "/warranties",
                b => b.OccurredAt,
                (b, f) =>
                    new StartWarranty(
                        (int)f.Number(b.Months, "months", 0, 240),
                        f.Number(b.Km, "km", 0, Bounds.MostKm),
                        f.Texts(b.Parts, "parts")
                    )
            )
            .Describe<StartWarranty>("Start a warranty", Examples.Warranty, "warranty-shorter-than-due");
        MapDocuments(items);
    }

    static void MapDocuments(RouteGroupBuilder items)
    {
        items
            .MapItemCommand<RegistrationBody>("/registrations", Registration)
            .Describe<RecordRegistration>("Record a registration", Examples.Registration);
        Fact<DocumentBody>(
                items,
                "/document-losses",
                b => b.OccurredAt,
                (b, f) => new ReportDocumentLost(f.Needed(b.Document, "document"))
            )
            .Describe<ReportDocumentLost>("Record that a document was lost", Examples.Document);
        Fact<DocumentBody>(
                items,
                "/document-reissues",
                b => b.OccurredAt,
                (b, f) => new ReportDocumentReissued(f.Needed(b.Document, "document"))
            )
            .Describe<ReportDocumentReissued>("Record that a document was issued again", Examples.Document);
        Fact<AlterationBody>(
                items,
                "/alterations",
                b => b.OccurredAt,
                (b, f) => new AlterItem(f.Needed(b.What, "what", 500), b.WithdrawnFromTraffic)
            )
            .Describe<AlterItem>("Record a technical alteration", Examples.Alteration);
        items
            .MapItemCommand<SaleDeclarationBody>(
                "/sale-declarations",
                i =>
                    new(
                        new DeclareSale(
                            i.Fields.Party(i.Body.Buyer, "buyer"),
                            i.Fields.Day(i.Body.SoldOn, "soldOn"),
                            i.Fields.NeededParty(i.Body.Seller, "seller")
                        )
                    )
                    {
                        OccurredAt = i.Body.OccurredAt,
                    }
            )
            .Describe<DeclareSale>("Declare that it was sold", Examples.SaleDeclaration, "seller-not-owner");
        items
            .MapItemCommand<DiversionBody>("/classified-diversions", Divert)
            .Describe<DivertClassifiedDevice>(
                "Divert a classified device",
                Examples.Diversion,
                "not-marked-classified"
            );
    }

    static RouteHandlerBuilder Fact<T>(
        IEndpointRouteBuilder items,
        string route,
        Func<T, string?> at,
        Func<T, Fields, FactCommand> fact
    )
        where T : class => items.MapItemCommand<T>(route, i => new(fact(i.Body, i.Fields)) { OccurredAt = at(i.Body) });

    static Plan Tag(Incoming<TagBody> i)
    {
        var named = i.Fields.Identifiers([$"tag:{i.Body.Tag}"], "tag", i.Handles);
        return new(
            new TagItem(
                named.IsEmpty ? new(new("", ""), "") : named[0],
                i.Fields.Word<TagMedium>(i.Body.Medium, "medium"),
                i.Fields.Hash(i.Body.Photo, "photo")
            )
        )
        {
            OccurredAt = i.Body.OccurredAt,
        };
    }

    static Plan Part(Incoming<PartBody> i)
    {
        var (b, f) = (i.Body, i.Fields);
        return new(
            new ReplacePart(
                f.Needed(b.Part, "part"),
                f.Word<PartOrigin>(b.Origin, "origin"),
                f.Text(b.Source, "source"),
                b.MediumChanged,
                f.Text(b.OldSerial, "oldSerial"),
                f.Text(b.NewSerial, "newSerial")
            )
        )
        {
            OccurredAt = b.OccurredAt,
        };
    }

    static Plan Registration(Incoming<RegistrationBody> i)
    {
        var (b, f) = (i.Body, i.Fields);
        return new(
            new RecordRegistration(
                f.Word<RegistrationKind>(b.Kind, "kind"),
                f.Division(b.Region, "region"),
                f.Text(b.Plate, "plate", 20),
                f.Text(b.CertificateNo, "certificateNo", 60)
            )
        )
        {
            OccurredAt = b.OccurredAt,
        };
    }

    static Plan Divert(Incoming<DiversionBody> i)
    {
        if (!i.Body.Marked)
            i.Fields.Add(new Refusal("not-marked-classified").At("marked"));
        return new(
            new DivertClassifiedDevice(
                i.Fields.Needed(i.Body.Authority, "authority"),
                i.Fields.Hash(i.Body.DocHash, "docHash")
            )
        )
        {
            OccurredAt = i.Body.OccurredAt,
        };
    }
}
