using System.Collections.Immutable;
using Ledger.Goods;
using Ledger.Goods.Categories;
using Ledger.Kernel;
using Ledger.Kernel.Identifiers;
using Ledger.Markets;
using Ledger.Rules;
using Ledger.Trading;
using Support;

namespace Ledger.Tests;

/// <summary>
/// One item as a desk and its store would live it, without the store: each command is decided, what it gives is
/// appended, and its reservations move. A decision sees the reservations that its module names for it and no other.
/// </summary>
sealed class ItemScenario(string category = "used-car")
{
    public const string Market = "MK-510100-0007";
    public const string Clerk = "clerk";

    public static Acting By { get; } = new(Clerk, "CLK");
    public static readonly Guid Item = Id(1),
        Listing = Id(2),
        Deal = Id(3),
        Lien = Id(4),
        Hold = Id(5),
        Intake = Id(6),
        Attestation = Id(8),
        Stranger = Id(99);
    public static readonly PartyRef Seller = new(Market, "K-1"),
        Buyer = new(Market, "K-2"),
        Third = new(Market, "K-3");
    public static readonly DateTimeOffset Start = new(2026, 1, 5, 2, 0, 0, TimeSpan.Zero);

    int named;

    public Dictionary<ReservationKey, string> Reservations { get; } =
        new() { [SiteReservations.Market(Market)] = "here", [SiteReservations.State("ST-1")] = "2010-01-01/" };
    public ItemHistory History { get; private init; } = new(Item);
    public Item State => History.State ?? throw new InvalidOperationException("Nothing is registered yet.");
    public string Category { get; } = category;

    /// <summary>The desk at which all is done that is no station's.</summary>
    public string Site { get; init; } = Market;

    /// <summary>As whom acts who is asked whether he is the party.</summary>
    public PartyRef? Self { get; set; }

    /// <summary>Whose word the second person brings, where there is one; null: a regulator's, who is on the roll.</summary>
    public PartyRef? Second { get; set; }

    /// <summary>Moves a minute with each act, so that no two events share an instant unless a test says so.</summary>
    public DateTimeOffset Clock { get; set; } = Start;

    /// <summary>The same item once more, to live on by itself.</summary>
    public ItemScenario Copy()
    {
        var copy = new ItemScenario(Category)
        {
            History = new(Item, History.Events),
            Clock = Clock,
            Discloses = Discloses,
            named = named,
            Self = Self,
            Second = Second,
        };
        copy.Reservations.Clear();
        foreach (var (key, value) in Reservations)
            copy.Reservations.Add(key, value);
        return copy;
    }

    /// <summary>A stream that is no item's, as it would be read: a day from one event to the next.</summary>
    public static StoredEvent[] Stream(params LedgerEvent[] events) =>
        [
            .. events.Select(
                (e, i) =>
                    new StoredEvent(Id(i + 1), Id(9), i + 1, Start, e, new("key", Start.AddDays(i), Clerk, "ADM", ""))
                    {
                        Type = EventCatalog.Of(e).WireName,
                    }
            ),
        ];

    public static Guid Id(int n) => new(n, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]);

    public Decision Decide(
        ItemCommand command,
        DateTimeOffset? at = null,
        DateTimeOffset? now = null,
        string? actor = null,
        string? second = null,
        string jurisdiction = Jurisdiction.Sichuan,
        RuleSet? rules = null
    )
    {
        Disclose(command);
        var occurred = at ?? Clock;
        return ItemDecisions
            .Decide(
                command,
                History,
                new(
                    occurred,
                    now ?? (occurred > Clock ? occurred : Clock),
                    rules ?? RuleSet.Current,
                    By with
                    {
                        // The history's events are the clerk's, so the next act is, but for the wipe's verifier.
                        Actor = actor ?? (People.Who(command) is { Role: "WVR", Actor: var other } ? other : Clerk),
                        SecondActor = second,
                        Site = command is CheckVehicle or RefuseTransfer or TransferOwnership ? "ST-1" : Site,
                    }
                )
                {
                    Jurisdiction = jurisdiction,
                    Self = Self is null ? ActingParty.Nobody : new([Self], []),
                    Second =
                        second is null ? ActingParty.Nobody
                        : Second is null ? ActingParty.Nobody with { Held = Roles.Reg }
                        : new([Second], []),
                },
                Reservations
            )
            .Told();
    }

    /// <summary>A clerk asks for the sheet before a car is offered; a test that wants none says so.</summary>
    void Disclose(ItemCommand command)
    {
        if (command is not (ListItem or AgreeDeal) || !Discloses || History.State is not { Category: "used-car" } car)
            return;
        if (car.Disclosure is null && car.Life is not Life.Ended)
        {
            // At the instant of what came before it: no test's clock moves for it.
            var clock = Clock;
            Append(SampleCommands.Sheet(), History.Events[^1].Envelope.OccurredAt);
            Clock = clock;
        }
    }

    /// <summary>False: nothing is disclosed but by the test itself.</summary>
    public bool Discloses { get; init; } = true;

    /// <summary>Does what must succeed.</summary>
    public ItemScenario Then(ItemCommand command, DateTimeOffset? at = null, string? second = null)
    {
        var decision = Decide(command, at, second: second);
        Assert.Equal("", string.Join(' ', decision.Refusals.Select(r => r.Code)));
        foreach (var change in decision.Reservations)
        {
            Assert.Equal(change.Expected, Reservations.GetValueOrDefault(change.Key));
            if (change.New is null)
                Reservations.Remove(change.Key);
            else
                Reservations[change.Key] = change.New;
        }
        foreach (var e in decision.Events)
            Append(e, at, verdicts: e == decision.Events[^1] ? decision.Verdicts : []);
        return this;
    }

    /// <summary>Writes a fact past every decider, as a history that is already there.</summary>
    public ItemScenario Append(
        LedgerEvent e,
        DateTimeOffset? at = null,
        DateTimeOffset? recordedAt = null,
        ImmutableArray<Verdict> verdicts = default
    )
    {
        var occurred = at ?? Clock;
        History.Append(
            new(
                Id(1000 + ++named),
                Item,
                History.Version + 1,
                recordedAt ?? Clock,
                e,
                new("key", occurred, Clerk, "CLK", RuleSet.Current.Version)
                {
                    Verdicts = verdicts.IsDefault ? [] : verdicts,
                }
            )
            {
                Type = EventCatalog.Of(e).WireName,
            }
        );
        Clock = (occurred > Clock ? occurred : Clock).AddMinutes(1);
        return this;
    }

    public ItemScenario Observe(LedgerEvent fact, DateTimeOffset? at = null) => Then(new ObserveFact(fact, null), at);

    public Guid Last => History.Events[^1].EventId;

    public static string Outcome(Decision d) =>
        d.Told().IsRefused ? string.Join(' ', d.Refusals.Select(r => r.Code))
        : d.Events.IsEmpty ? "nothing"
        : string.Join(" + ", d.Events.Select(e => EventCatalog.Of(e).Name));

    public static string Code(Decision d) => Assert.Single(d.Told().Refusals).Code;

    // What a clerk does, with the values that fit each other.

    public static string Identifier(string category) =>
        category switch
        {
            "used-car" or "farm-machinery" => "vin:LSVAM4187C2184847",
            "electronics" => "imei:490154203237518",
            "appliance" => "serial:HAIER/BC-1",
            _ => "tag:7K3M9P2QXWAR",
        };

    public static NamedIdentifier Named(string text) => TestLedger.Name(text);

    public RegisterItem Registration(PartyRef? owner = null) =>
        new(
            Item,
            Category,
            [Named(Identifier(Category))],
            "Make",
            "Model",
            ScrapCategory: Category == "used-car" ? "private-small" : null,
            FirstRegistered: GoodsCategory.Find(Category) is { TransfersByStation: true } ? new(2020, 3, 15) : null,
            Owner: owner
        );

    public static ListItem Offer(string market = Market) => new(Listing, market, Seller, 5_000_000, "CNY", null);

    public static OpenDeal OpenDeal(PartyKind seller = PartyKind.Person) =>
        new(Deal, Seller, Buyer, seller, PartyKind.Person, DealMode.Retail);

    public static AgreeDeal AgreePrice => new(Deal, 4_800_000, "CNY", null);
    public static RecordPayment Payment => new(Deal, 4_800_000, "CNY", "bank");

    public static InvoiceDeal Invoice(string? number = null) =>
        new(Deal, InvoiceKind.Sale, 4_800_000, 4_776_119, 23_881, 50, "CNY", number);

    public static TransferOwnership Station => new(Deal, TransferVia.Station, "ST-1", null, null, null, []);

    public static SaleRecorded Sale(
        PartyRef? seller = null,
        PartyRef? buyer = null,
        long? km = null,
        int? grade = null
    ) =>
        new(
            seller ?? Seller,
            buyer ?? Buyer,
            PartyKind.Person,
            PartyKind.Person,
            4_800_000,
            "CNY",
            null,
            OdometerKm: km,
            Grade: grade
        );

    public RecordSale Sold(SaleRecorded? sale = null, string? invoice = null) =>
        new(sale ?? Sale(), Market, Registration(), invoice);

    public ItemScenario Registered(PartyRef? owner = null) => Then(Registration(owner));

    /// <summary>Taken in, its medium declared, its owner's consent given; the clock stands after the wipe.</summary>
    public ItemScenario Wipeable(string? serial = null)
    {
        Registered()
            .Then(SampleCommands.Arrival())
            .Then(SampleCommands.Media(serial: serial))
            .Then(SampleCommands.Consent());
        Clock = Start.AddMinutes(12);
        return this;
    }

    public ItemScenario Wiped() => Wipeable().Then(SampleCommands.Wipe());

    public ItemScenario Opened() => Registered().Then(OpenDeal());

    public ItemScenario Agreed() => Opened().Then(AgreePrice);

    public ItemScenario Paid() => Agreed().Then(Payment);

    public ItemScenario Invoiced() => Paid().Then(Invoice());

    /// <summary>A car whose papers are at the station, which found it as they say.</summary>
    public ItemScenario Checked() => Then(SampleCommands.Submission()).Then(SampleCommands.VehicleCheck());

    /// <summary>A life that no command reaches yet.</summary>
    public static Item Ended(string category = "used-car") =>
        new(Item)
        {
            Category = category,
            Life = Life.Ended,
            LastEvent = Id(7),
        };
}
