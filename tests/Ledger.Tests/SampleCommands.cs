using System.Collections.Concurrent;
using System.Text.Json;
using Ledger.Custody;
using Ledger.DataWipe;
using Ledger.Encumbrances;
using Ledger.Exports;
using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Trading;
using Support;

namespace Ledger.Tests;

/// <summary>Every command there is, with values that fit the story.</summary>
static class SampleCommands
{
    public static readonly PartyRef Bank = new(ItemScenario.Market, "BANK"),
        OtherBank = new(ItemScenario.Market, "BANK-2");

    public static ReadOdometer Reading(long km, bool confirmed = false) =>
        new(km, DistanceUnit.Km, OdometerSource.Desk, new(2026, 1, 5), null, confirmed);

    public static GradeItem Grade(int? score, int grade, bool accident = false) =>
        new("GB/T 30323-2013", score, grade, accident);

    public static InspectItem Inspection => new("GB 38900", true, null, null);

    public static RegisterEncumbrance Pledge(Guid? id = null) =>
        new(id ?? ItemScenario.Lien, EncumbranceKind.Mortgage, Bank, new(2026, 1, 1), null);

    public static ReleaseEncumbrance Redemption(PartyRef? by = null) => new(ItemScenario.Lien, by ?? Bank, null);

    public static PlaceHold Seizure(Guid? id = null) =>
        new(id ?? ItemScenario.Hold, HoldAuthority.Court, "(2026)川01执1", null);

    public static ReleaseHold Lifting(HoldAuthority by = HoldAuthority.Court) => new(ItemScenario.Hold, by, null);

    public static WithdrawListing Withdrawal => new(ItemScenario.Listing, "owner's wish");
    public static CancelDeal Cancelling => new(ItemScenario.Deal, "buyer", "changed his mind", null);
    public static TakeIntoStock Intake => new(ItemScenario.Third, StockMode.Consign, null, null);

    /// <summary>All nine answered, with one that says otherwise.</summary>
    public static ItemDisclosed Sheet() => Disclosing().Sheet;

    public static DiscloseItem Disclosing(
        Disclosed accident = Disclosed.No,
        Disclosed mortgage = Disclosed.NotChecked
    ) =>
        new(
            accident,
            Disclosed.No,
            Disclosed.NotChecked,
            Disclosed.Yes,
            mortgage,
            Disclosed.No,
            Disclosed.NotChecked,
            Disclosed.NotChecked,
            Disclosed.NotChecked,
            null
        );

    public static SubmitTransfer Submission() => new(ItemScenario.Deal, "ST-1", null, ["papers"]);

    public static CheckVehicle VehicleCheck(bool vin = true, bool engine = true) => new("rubbing", null, vin, engine);

    public static AnnotateExport ExportNote(string plate = "2026-02-01", string? insured = null) =>
        new(
            new(2026, 1, 5),
            "川A临0001",
            DateOnly.Parse(plate, System.Globalization.CultureInfo.InvariantCulture),
            DateOnly.Parse(insured ?? plate, System.Globalization.CultureInfo.InvariantCulture)
        );

    public static ReceiveItem Arrival(Guid? id = null, IntakeReason reason = IntakeReason.Wipe) =>
        new(id ?? ItemScenario.Intake, ItemScenario.Seller, "A-1", reason, null);

    public static DeclareMedia Media(MediumType type = MediumType.Ufs, string? serial = null) =>
        new([new(0, type, 1_000_000, serial is null ? null : TestLedger.Handles.Name(new("medium", serial)))], null);

    public static GiveWipeConsent Consent(Guid? intake = null, PartyRef? by = null) =>
        new(intake ?? ItemScenario.Intake, [0], "purge", "nothing is left", null, by ?? ItemScenario.Seller);

    public static readonly WipeTool Cleaner = new("cleaner", "4.2"),
        Reader = new("reader", "1.0");

    public static readonly PartyRef Operator = new(ItemScenario.Market, "W-1"),
        Verifier = new(ItemScenario.Market, "W-2");

    public static readonly HiddenAreas NothingHidden = new(HiddenArea.Absent, HiddenArea.Absent, HiddenArea.Absent);

    /// <summary>Starts ten minutes after the story's start and takes a minute; every byte was reached.</summary>
    public static AttestWipe Wipe(
        WipeTechnique technique = WipeTechnique.UfsPurge,
        WipeLevel? claimed = null,
        Guid? id = null,
        Guid? intake = null
    ) =>
        new(
            id ?? ItemScenario.Attestation,
            0,
            intake ?? ItemScenario.Intake,
            new(technique, WipeResult.Ok, 1, 1_000_000, NothingHidden, 0, null),
            claimed,
            Cleaner,
            ItemScenario.Start.AddMinutes(10),
            ItemScenario.Start.AddMinutes(11),
            Operator,
            ["report"]
        );

    public static VerifyWipe Check(
        long residues = 0,
        bool accepted = true,
        PartyRef? by = null,
        WipeTool? tool = null,
        long sampled = 2_995,
        Guid? id = null
    ) =>
        new(
            id ?? ItemScenario.Attestation,
            new(CheckMethod.Sampled, sampled, 1_000_000, residues),
            tool ?? Reader,
            by ?? Verifier,
            accepted,
            accepted ? null : "residues"
        );

    public static DestroyMedium Destruction(WipeTechnique technique = WipeTechnique.Disintegrate) =>
        new(0, technique, ["photo"], 12);

    /// <summary>Name of the act → the command; in the order of a life.</summary>
    public static IReadOnlyList<(string Name, Func<ItemScenario, ItemCommand> Command)> All { get; } =
    [
        ("register", s => s.Registration()),
        (
            "correct identifier",
            s => new CorrectIdentifier(ItemScenario.Named(ItemScenario.Identifier(s.Category)), "mistyped", "photo")
        ),
        ("add identifier", _ => new AddIdentifier(ItemScenario.Named("vin:1M8GDM9AXKP042788"), null)),
        ("inspect", _ => Inspection),
        ("grade", _ => Grade(900, 1)),
        ("read odometer", _ => Reading(60_000)),
        ("disclose", _ => Disclosing()),
        ("change use", _ => new ChangeUse("taxi-small", new(2026, 1, 5))),
        ("repair", _ => new RecordRepair("brakes", RepairOutcome.Fixed, 80_000, "CNY", ["pads"])),
        ("brand", _ => new RecordBrand(Brand.Flood, "insurer", null)),
        ("receive", _ => Arrival()),
        (
            "hand on",
            _ => new TransferCustody(
                ItemScenario.Intake,
                ItemScenario.Third,
                new(ItemScenario.Market, "K-9"),
                "B-1",
                null
            )
        ),
        ("declare media", _ => Media()),
        ("consent to wipe", _ => Consent()),
        ("attest wipe", _ => Wipe()),
        ("verify wipe", _ => Check()),
        ("destroy medium", _ => Destruction()),
        ("remove medium", _ => new RemoveMedium(0, ItemScenario.Third)),
        ("unlink account", _ => new UnlinkAccount(AccountKind.ActivationLock, null)),
        ("suspend wipe", _ => new SuspendWipe(ItemScenario.Stranger, ItemScenario.Attestation, null)),
        (
            "settle wipe",
            _ => new SettleWipe(ItemScenario.Stranger, ItemScenario.Attestation, IncidentOutcome.Unfounded, null)
        ),
        ("take into stock", _ => Intake),
        ("list", _ => ItemScenario.Offer()),
        ("reprice", _ => new RepriceListing(ItemScenario.Listing, 4_900_000)),
        ("withdraw", _ => Withdrawal),
        ("open deal", _ => ItemScenario.OpenDeal()),
        ("agree", _ => ItemScenario.AgreePrice),
        ("pay", _ => ItemScenario.Payment),
        ("invoice", _ => ItemScenario.Invoice()),
        ("cancel", _ => Cancelling),
        ("complete", _ => new CompleteDeal(ItemScenario.Deal)),
        ("submit transfer", _ => Submission()),
        ("check vehicle", _ => VehicleCheck()),
        ("refuse transfer", _ => new RefuseTransfer(ItemScenario.Deal, "a page is missing")),
        ("transfer", _ => ItemScenario.Station),
        ("appraise", _ => new AppraiseItem(7_000_000, "CNY", "market", null, ItemScenario.Third)),
        ("resolve brand", _ => new ResolveBrand(Brand.Flood, "dried", "hash")),
        ("inspect periodically", _ => new RecordPeriodicInspection("annual", true, null, null)),
        ("replace part", _ => new ReplacePart("door", PartOrigin.Oem, null, null)),
        ("refurbish", _ => new RefurbishItem("full", null, null, "hash")),
        ("issue refurbishing grade", _ => new IssueRefurbGrade("A", null)),
        ("start warranty", _ => new StartWarranty(3, null, null)),
        ("record registration", _ => new RecordRegistration(RegistrationKind.First, null)),
        ("lose document", _ => new ReportDocumentLost("certificate")),
        ("reissue document", _ => new ReportDocumentReissued("certificate")),
        ("alter", _ => new AlterItem("colour", null)),
        ("declare sale", _ => new DeclareSale(ItemScenario.Buyer, null, ItemScenario.Seller)),
        ("divert classified", _ => new DivertClassifiedDevice("authority", null)),
        ("tag", _ => new TagItem(ItemScenario.Named("tag:000000000016"), TagMedium.Qr, null)),
        ("release stock", _ => new ReleaseStock("sold elsewhere")),
        ("mirror", _ => new MirrorListing(ItemScenario.Listing, ItemScenario.Market, ItemScenario.Market)),
        ("note scrap limit", _ => new NoteScrapLimit()),
        ("make public link", _ => new MakePublicLink()),
        ("end public link", _ => new RevokePublicLink()),
        ("expire listing", _ => new ExpireListing(ItemScenario.Listing)),
        ("void listing", _ => new VoidListing(ItemScenario.Listing, "order", null)),
        ("void invoice", _ => new VoidInvoice(ItemScenario.Deal, "typo")),
        ("rescind", _ => new RescindDeal(ItemScenario.Deal, "hidden accident", null, ItemScenario.Id(55))),
        ("complain", _ => new FileComplaint(ItemScenario.Id(56), ItemScenario.Deal, "fraud", null)),
        ("settle complaint", _ => new SettleComplaint(ItemScenario.Id(56), "upheld", 3, null)),
        ("inspect for export", _ => new InspectForExport("WM/T 8-2022", true, new(2026, 1, 5), null, null)),
        (
            "attach confirmation",
            s => new AttachAfterSaleConfirmation(
                "maker",
                "AE",
                ItemScenario.Named(ItemScenario.Identifier(s.Category)),
                null,
                "seal"
            )
        ),
        ("note for export", _ => ExportNote()),
        ("cancel export", _ => new CancelExport("sold at home")),
        ("reimport", _ => new ReimportItem(new(2026, 1, 5))),
        ("register lien", _ => Pledge()),
        ("release lien", _ => Redemption()),
        ("extend lien", _ => new ExtendEncumbrance(ItemScenario.Lien, Bank, new(2029, 1, 1))),
        ("change lessee", _ => new ChangeLessee(ItemScenario.Lien, Bank, "lessee")),
        ("consent to deal", _ => new ConsentToDeal(ItemScenario.Lien, Bank, ItemScenario.Deal, null)),
        ("place hold", _ => Seizure()),
        ("release hold", _ => Lifting()),
        (
            "correct",
            s =>
                Correct(
                    Target(s),
                    "typo",
                    s.Registration() is var r
                        ? new ItemRegistered(r.Category, [.. r.Identifiers.Select(i => i.Ref)], "Other make")
                        : null!,
                    null
                )
        ),
        ("issue bundle", s => new IssueBundle("5f1c", ["identifiers"], 9, s.History.Version, "export", Bank)),
        ("void", s => new VoidEvent(Target(s), "mistake", null)),
        (
            "observe transfer",
            s => new ObserveFact(new OwnershipTransferred(NewOwner: ItemScenario.Third), s.Registration())
        ),
        ("record sale", s => s.Sold()),
    ];

    static Guid Target(ItemScenario s) =>
        s.History.Events.Count == 0 ? ItemScenario.Stranger : s.History.Events[0].EventId;

    /// <summary>Name of a state → how an item comes there.</summary>
    public static IReadOnlyList<(string Name, Func<ItemScenario, ItemScenario> Reach)> States { get; } =
    [
        ("unknown", s => s),
        ("held", s => s.Registered()),
        ("stocked", s => s.Registered().Then(Intake)),
        ("listed", s => s.Registered().Then(ItemScenario.Offer())),
        ("withdrawn", s => s.Registered().Then(ItemScenario.Offer()).Then(Withdrawal)),
        ("deal open", s => s.Registered().Then(ItemScenario.Offer()).Then(ItemScenario.OpenDeal())),
        ("agreed", s => s.Agreed()),
        ("paid", s => s.Paid()),
        ("invoiced", s => s.Invoiced()),
        (
            "completed",
            s =>
                s.Invoiced()
                    .Observe(new OwnershipTransferred(ItemScenario.Deal, TransferVia.Station, ItemScenario.Buyer))
        ),
        ("cancelled", s => s.Opened().Then(Cancelling)),
        ("encumbered", s => s.Registered().Then(Pledge())),
        ("held by authority", s => s.Registered().Then(Seizure())),
        ("in transfer", s => s.Category == "used-car" ? s.Invoiced().Then(Submission()) : s.Invoiced()),
        ("received", s => s.Registered().Then(Arrival())),
        ("uncleared", s => s.Wipeable()),
        ("attested", s => s.Wiped()),
        ("cleared", s => s.Wiped().Then(Check())),
        (
            "suspect",
            s => s.Wiped().Then(Check()).Then(new SuspendWipe(ItemScenario.Stranger, ItemScenario.Attestation, null))
        ),
        ("wipe failed", s => s.Wiped().Then(Check(accepted: false))),
        ("to be exported", s => s.Registered().Then(ExportNote())),
        ("exported", s => s.Registered().Observe(new ItemExported())),
    ];

    public static (string Name, Func<ItemScenario, ItemScenario> Reach) State(string name) =>
        States.Single(s => s.Name == name);

    static readonly ConcurrentDictionary<(string State, string Category), ItemScenario> Lived = new();

    /// <summary>An item in a state: lived once, each asker has a copy.</summary>
    public static ItemScenario At(string state, string category = "used-car") =>
        Lived.GetOrAdd((state, category), at => State(at.State).Reach(new(at.Category))).Copy();

    /// <summary>A correction that says every member that may be said, as it should have been.</summary>
    public static CorrectEvent Correct(Guid target, string reason, LedgerEvent to, string? evidence)
    {
        var facts = CorrectedFacts.None;
        var told = JsonSerializer.SerializeToElement(to, to.GetType(), WireJson.Options);
        foreach (var name in Modules.Correctable[to.GetType()].Members)
        {
            var value = told.TryGetProperty(name, out var given) ? given : JsonElement.Parse("null");
            facts = facts with { Members = facts.Members.SetItem(name, value) };
        }
        return new(target, reason, facts, evidence);
    }
}
