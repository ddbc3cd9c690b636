using Ledger.Kernel;
using Ledger.Markets;
using Ledger.Parties;

namespace Ledger.Tests.Adversary;

/// <summary>Who acts: of most roles the one that is concerned and a stranger.</summary>
static class Cast
{
    public const string Market = "MK-510100-0001",
        Elsewhere = "MK-510100-0002",
        Station = "ST-510100-0001",
        OtherStation = "ST-510100-0002",
        Bank = "91510100MA9000005Q",
        OtherBank = "91510100MA70000036",
        RegulatorCode = "11510000MB8000001B",
        PoliceCode = "11510000MB9000002L",
        OtherPoliceCode = "11510000MB60000022";

    public static readonly PartyRef Owner = new(Market, "K-1"),
        Buyer = new(Market, "K-2"),
        Third = new(Market, "K-3");

    public static readonly Acting Clerk = new("clerk", "CLK", Market, "second"),
        StrangeClerk = new("clerk-2", "CLK", Elsewhere, "second"),
        Platform = new("platform", "PLT", null, "second"),
        Registrar = new("registrar", "STN", Station, "second"),
        StrangeRegistrar = new("registrar-2", "STN", OtherStation, "second"),
        Lender = new(Bank, "LND", null, "second"),
        StrangeLender = new(OtherBank, "LND", null, "second"),
        Police = new(PoliceCode, "POL", null, "second"),
        StrangePolice = new(OtherPoliceCode, "POL", null, "second"),
        Regulator = new(RegulatorCode, "REG", null, "second"),
        Wiper = new("wiper", "WOP", Market, "second"),
        Verifier = new("verifier", "WVR", Market, "second"),
        WiperAsVerifier = new("wiper", "WVR", Market, "second"),
        Seller = new($"{Owner}", "CON", null, "second"),
        Customer = new($"{Buyer}", "CON", null, "second"),
        Stranger = new($"{Third}", "CON", null, "second"),
        Dealer = new($"{Third}", "DLR", Market, "second"),
        // They name the market, whose desk they are not.
        NamelessDealer = new("dealer", "DLR", Market, "second"),
        PlatformAtMarket = new("platform-2", "PLT", Market, "second"),
        // The clerk's name, in another role.
        ClerkAsDealer = new("clerk", "DLR", Market, "second"),
        Operator = new("local", "ADM", null, "second");

    public static readonly Acting[] All =
    [
        Clerk,
        StrangeClerk,
        Platform,
        Registrar,
        StrangeRegistrar,
        Lender,
        StrangeLender,
        Police,
        StrangePolice,
        Regulator,
        Wiper,
        Verifier,
        WiperAsVerifier,
        Seller,
        Customer,
        Stranger,
        Dealer,
        NamelessDealer,
        PlatformAtMarket,
        ClerkAsDealer,
        Operator,
    ];

    /// <summary>Whose names somebody may say for a second person's: anybody's, a side's, an authority's.</summary>
    public static readonly string?[] Seconds =
    [
        "second",
        $"{Owner}",
        $"{Buyer}",
        $"{Third}",
        RegulatorCode,
        "clerk",
        null,
    ];

    const string Basis = "5d9474c0309b7ca09a182d888f73b37a8fe1362ccdb9d2ceae40e9c23a7ab1cd";

    /// <summary>The one bootstrap: the operator names the regulator, who opens everything else.</summary>
    public static World Open()
    {
        var world = new World();
        void Must(LedgerCommand command, Acting by) =>
            Assert.Empty(world.Give(command, by, new DateTimeOffset(2024, 1, 1, 2, 0, 0, TimeSpan.Zero)));
        foreach (
            var (code, role) in new[]
            {
                (RegulatorCode, "REG"),
                (PoliceCode, "POL"),
                (OtherPoliceCode, "POL"),
                (Bank, "LND"),
                (OtherBank, "LND"),
            }
        )
        {
            var kind = role == "LND" ? PartyNature.Organisation : PartyNature.StateBody;
            var by = role == "REG" ? Operator : Regulator;
            Must(new RegisterParty(code, kind, code, code), by);
            Must(new GrantRole(code, role, Basis), by);
        }
        foreach (var market in new[] { Market, Elsewhere })
            Must(new OpenMarket(market, "市场"), Regulator);
        foreach (var station in new[] { Station, OtherStation })
            Must(new AuthoriseStation(station, "站", "公安", null, null, null), Regulator);
        return world;
    }
}
