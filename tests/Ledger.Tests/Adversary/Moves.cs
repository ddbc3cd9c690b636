using System.Collections.Immutable;
using Ledger.Custody;
using Ledger.DataWipe;
using Ledger.Encumbrances;
using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Markets;
using Ledger.Trading;

namespace Ledger.Tests.Adversary;

/// <summary>Commands on one thing, with values that fit, almost fit or belong to another matter.</summary>
sealed class Moves(Random chance, World world, Guid item, string category)
{
    const string Paper = "5d9474c0309b7ca09a182d888f73b37a8fe1362ccdb9d2ceae40e9c23a7ab1cd";

    public bool IsCar => category == "used-car";

    T One<T>(params T[] of) => of[chance.Next(of.Length)];

    readonly Dictionary<int, int> made = [];

    /// <summary>One of the ids of a kind that somebody has given, or one that nobody has: so that commands meet.</summary>
    Guid Id(int kind) => Id(kind, chance.Next(made.GetValueOrDefault(kind, 1) + 1));

    /// <summary>An id of its own for what is begun, as the ledger makes one of each request's key.</summary>
    Guid New(int kind) => Id(kind, made[kind] = made.GetValueOrDefault(kind, 1) + 1);

    Guid Id(int kind, int n) => new(kind, (short)n, 0, item.ToByteArray()[..8]);

    /// <summary>The id of the honest sale's.</summary>
    Guid First(int kind) => Id(kind, 0);

    PartyRef Party() =>
        One(
            Cast.Owner,
            Cast.Owner,
            Cast.Buyer,
            Cast.Third,
            PartyRef.Organisation(Cast.Bank),
            new(Cast.Elsewhere, "K-1")
        );

    PartyRef Holder() => PartyRef.Organisation(One(Cast.Bank, Cast.Bank, Cast.OtherBank));

    const int Listing = 1,
        Deal = 2,
        Lien = 3,
        Hold = 4,
        Intake = 5,
        Attestation = 6,
        Complaint = 7;

    public RegisterItem Register() =>
        new(
            item,
            category,
            [World.Handles.Name(IsCar ? new("vin", "LSVAM4187C2184847") : new("imei", "356938035643809"))],
            "大众",
            "M1",
            ScrapCategory: IsCar ? "private-small" : null,
            FirstRegistered: IsCar ? new DateOnly(2022, 1, 1) : null,
            Owner: Cast.Owner
        )
        {
            Item = item,
        };

    AttestWipe Wipe(Guid id, string tool, ImmutableArray<string> docs) =>
        new(
            id,
            0,
            First(Intake),
            new(
                WipeTechnique.UfsPurge,
                One(WipeResult.Ok, WipeResult.Ok, WipeResult.Failed),
                1,
                One(1_000_000L, 1_000_000L, 5L),
                new(HiddenArea.Absent, HiddenArea.Absent, HiddenArea.Absent),
                0,
                null
            ),
            null,
            new(tool, "4.2"),
            world.Now.AddMinutes(-30),
            world.Now.AddMinutes(-1),
            One(new PartyRef(Cast.Market, "W-1"), Party()),
            docs
        );

    VerifyWipe Check(Guid id, string tool) =>
        new(
            id,
            new(
                One(CheckMethod.Sampled, CheckMethod.Sampled, CheckMethod.None),
                One<long?>(2_995, 2_995, 3, null),
                1_000_000,
                One<long?>(0, 0, 5, null)
            ),
            new(tool, One("4.2", "1.0")),
            One(new PartyRef(Cast.Market, "W-2"), new PartyRef(Cast.Market, "W-1")),
            One(true, true, true, false),
            "x"
        );

    string Tool() => One("cleaner", "Cleaner", " CLEANER ", "reader");

    /// <summary>Any command, of any matter.</summary>
    public LedgerCommand Any()
    {
        LedgerCommand command = chance.Next(44) switch
        {
            0 => new ListItem(New(Listing), One(Cast.Market, Cast.Elsewhere), Party(), 1_000, "CNY", null),
            1 => new RepriceListing(Id(Listing), chance.Next(1, 9)),
            2 => new WithdrawListing(Id(Listing), "x"),
            3 => new MirrorListing(Id(Listing), Cast.Elsewhere, One(Cast.Market, Cast.Elsewhere)),
            4 => new OpenDeal(New(Deal), Party(), Party(), PartyKind.Person, PartyKind.Person, DealMode.Retail),
            5 => new AgreeDeal(Id(Deal), 1_000, "CNY", null),
            6 => new RecordPayment(Id(Deal), One(1_000, 999), "CNY", "bank"),
            7 => Invoice(Id(Deal)),
            8 => new VoidInvoice(Id(Deal), "x"),
            9 => new CompleteDeal(Id(Deal)),
            10 => new SubmitTransfer(
                Id(Deal),
                One(Cast.Station, Cast.OtherStation),
                null,
                One<ImmutableArray<string>>([Paper], [])
            ),
            11 => new CheckVehicle(Paper, null, One(true, true, false), true),
            12 or 13 => new TransferOwnership(
                Id(Deal),
                One(
                    TransferVia.Station,
                    TransferVia.Station,
                    TransferVia.Court,
                    TransferVia.Auction,
                    TransferVia.HandOver
                ),
                One(Cast.Station, Cast.OtherStation, null),
                null,
                null,
                null,
                One<ImmutableArray<string>>([], [Paper])
            ),
            14 => new RefuseTransfer(Id(Deal), "x"),
            15 => new CancelDeal(Id(Deal), "buyer", "x", null),
            16 => new RescindDeal(Id(Deal), "x", null, New(Deal)),
            17 => new TakeIntoStock(Party(), One(StockMode.Purchase, StockMode.Consign), null, null),
            18 => new ReleaseStock("x"),
            19 => new FileComplaint(New(Complaint), Id(Deal), "fraud", null),
            20 => new SettleComplaint(Id(Complaint), "x", null, null),
            21 => new RegisterEncumbrance(New(Lien), EncumbranceKind.Mortgage, Holder(), new(2027, 1, 1), null),
            22 => new ReleaseEncumbrance(Id(Lien), One(Holder(), Party()), "x"),
            23 => new ExtendEncumbrance(Id(Lien), Holder(), new(2029, 1, 1)),
            24 => new ConsentToDeal(
                Id(Lien),
                Holder(),
                world.Item(item)?.LiveDeal ?? Id(Deal),
                One<DateTimeOffset?>(null, world.Now.AddMinutes(1), world.Now.AddMinutes(3))
            ),
            25 => new PlaceHold(New(Hold), One(HoldAuthority.Police, HoldAuthority.Court), "x", null),
            26 => new ReleaseHold(Id(Hold), One(HoldAuthority.Police, HoldAuthority.Court), "x"),
            27 => new ReceiveItem(
                New(Intake),
                One(null, Party(), world.Item(item)?.Custody.Open?.Keeper),
                "A",
                IntakeReason.Wipe,
                null
            ),
            28 => new TransferCustody(
                world.Item(item)?.Custody.Open?.Id ?? Id(Intake),
                One(null, Party(), world.Item(item)?.Custody.Open?.Keeper),
                One(Party(), Cast.Third),
                "B",
                One(null, "S-1", "S-2")
            ),
            29 => new DeclareMedia([new(0, MediumType.Ufs, 1_000_000, null)], null),
            30 => new GiveWipeConsent(Id(Intake), [0], "purge", "gone", null, Party()),
            31 => Wipe(New(Attestation), Tool(), One<ImmutableArray<string>>([Paper], [])),
            32 => Check(Id(Attestation), Tool()),
            33 => new DestroyMedium(
                0,
                One(WipeTechnique.Disintegrate, WipeTechnique.Shred),
                [Paper],
                One<long?>(12, null)
            ),
            34 => new VoidEvent(Past(), "x", Paper),
            35 => One<LedgerCommand>(
                new SuspendMarket(Cast.Market, "x"),
                new ReinstateMarket(Cast.Market, "x"),
                new SuspendStation(Cast.Station, "x"),
                new AuthoriseStation(Cast.Station, "站", "公安", null, null, null)
            ),
            36 => Register(),
            37 => Sheet(),
            // What is rare among the others, and hangs on each other.
            38 or 39 => new ReceiveItem(
                New(Intake),
                world.Item(item)?.Custody.Open?.Keeper,
                "A",
                IntakeReason.Wipe,
                null
            ),
            40 or 41 => new TransferCustody(
                world.Item(item)?.Custody.Open?.Id ?? Id(Intake),
                null,
                Cast.Third,
                "B",
                One(null, "S-1")
            ),
            _ => world.Item(item)?.Encumbrances.Liens is [{ Id: { } lien, Holder: { } holder }, ..]
                ? new ConsentToDeal(
                    lien,
                    holder,
                    world.Item(item)?.LiveDeal ?? Id(Deal),
                    world.Now.AddMinutes(chance.Next(1, 5))
                )
                : new RegisterEncumbrance(New(Lien), EncumbranceKind.Mortgage, Holder(), new(2027, 1, 1), null),
        };
        return On(command);
    }

    Guid Past() => world.Of(item) is { Count: > 0 } history ? history[chance.Next(history.Count)].EventId : item;

    InvoiceDeal Invoice(Guid deal) =>
        new(deal, InvoiceKind.Sale, 1_000, 995, 5, 50, "CNY", $"{chance.Next(100_000_000):D8}");

    LedgerCommand On(LedgerCommand command) => command is ItemCommand of ? of with { Item = item } : command;

    /// <summary>An honest sale: what each does in its turn.</summary>
    public IEnumerable<(LedgerCommand Command, Acting By)> Sale()
    {
        var deal = First(Deal);
        if (!IsCar)
        {
            yield return (On(new ReceiveItem(First(Intake), Cast.Owner, "A", IntakeReason.Wipe, null)), Cast.Clerk);
            yield return (On(new DeclareMedia([new(0, MediumType.Ufs, 1_000_000, null)], null)), Cast.Wiper);
            yield return (On(new GiveWipeConsent(First(Intake), [0], "purge", "gone", null, Cast.Owner)), Cast.Seller);
            world.Now = world.Now.AddHours(2);
            yield return (On(Wipe(First(Attestation), "cleaner", [Paper])), Cast.Wiper);
            yield return (On(Check(First(Attestation), "reader")), Cast.Verifier);
        }
        else
            yield return (Sheet(), Cast.Clerk);
        yield return (On(new ListItem(First(Listing), Cast.Market, Cast.Owner, 1_000, "CNY", null)), Cast.Clerk);
        yield return (
            On(new OpenDeal(deal, Cast.Owner, Cast.Buyer, PartyKind.Person, PartyKind.Person, DealMode.Retail)),
            Cast.Clerk
        );
        yield return (On(new AgreeDeal(deal, 1_000, "CNY", null)), Cast.Clerk);
        yield return (On(new RecordPayment(deal, 1_000, "CNY", "bank")), Cast.Clerk);
        yield return (On(Invoice(deal)), Cast.Clerk);
        if (!IsCar)
        {
            yield return (On(new CompleteDeal(deal)), Cast.Clerk);
            yield break;
        }
        yield return (On(new SubmitTransfer(deal, Cast.Station, null, [Paper])), Cast.Clerk);
        yield return (On(new CheckVehicle(Paper, null, true, true)), Cast.Registrar);
        yield return (
            On(new TransferOwnership(deal, TransferVia.Station, Cast.Station, null, null, null, [])),
            Cast.Registrar
        );
    }

    LedgerCommand Sheet() =>
        On(
            new DiscloseItem(
                Disclosed.No,
                Disclosed.No,
                Disclosed.No,
                Disclosed.No,
                Disclosed.No,
                Disclosed.No,
                Disclosed.No,
                Disclosed.No,
                Disclosed.No,
                null
            )
        );
}
