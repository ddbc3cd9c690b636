using System.Globalization;
using Ledger.Custody;
using Ledger.DataWipe;
using Ledger.Exports;
using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Kernel.Identifiers;
using Ledger.Pipeline;
using Ledger.Trading;
using Support;

namespace Store.Tests;

/// <summary>
/// Two nodes on one database, the same race again and again: exactly one wins, the other is refused with the reason.
/// Fifty rounds here; <c>LEDGER_RACES=1000</c> for more.
/// </summary>
public sealed class Racing_by_the_hundred
{
    static readonly CancellationToken Stop = CancellationToken.None;
    static readonly DateTimeOffset Day = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);
    static readonly string[] Markets = ["MK-510104-0001", "MK-510302-0001"];
    static readonly PartyRef Owner = new(Sites.Market, "S");

    static int Rounds =>
        int.TryParse(Environment.GetEnvironmentVariable("LEDGER_RACES"), CultureInfo.InvariantCulture, out var n)
            ? n
            : 50;

    [Fact]
    public async Task One_car_listed_by_two_markets_is_listed_once()
    {
        await using var first = await TestLedger.OpenAsync();
        await using var second = await TestLedger.OpenAsync(first.Connection);
        foreach (var market in Markets)
            await first.OpenMarketAsync(market);
        await RaceAsync(
            async n => await RegisterAsync(first, n),
            (item, n, i) =>
                (i == 0 ? first : second).RecordAsync(
                    new ListItem(Id("listing", n, i), Markets[i], null, 100, "CNY", null),
                    item,
                    Key("list", n, i),
                    Day
                ),
            "already-listed"
        );
    }

    [Fact]
    public async Task One_car_sold_twice_is_in_one_deal()
    {
        await using var first = await TestLedger.OpenAsync();
        await using var second = await TestLedger.OpenAsync(first.Connection);
        await RaceAsync(
            async n => await RegisterAsync(first, n),
            (item, n, i) =>
                (i == 0 ? first : second).RecordAsync(
                    new OpenDeal(
                        Id("deal", n, i),
                        Owner,
                        new("test", $"B{i}"),
                        PartyKind.Person,
                        PartyKind.Person,
                        DealMode.Retail
                    ),
                    item,
                    Key("deal", n, i),
                    Day
                ),
            "item-in-other-deal"
        );
    }

    [Fact]
    public async Task One_medium_attested_twice_for_one_intake_has_one_attestation()
    {
        await using var first = await TestLedger.OpenAsync();
        await using var second = await TestLedger.OpenAsync(first.Connection);
        await RaceAsync(
            async n =>
            {
                var item = await RegisterAsync(first, n);
                var intake = Id("intake", n, 0);
                await DoAsync(first, new ReceiveItem(intake, Owner, "A", IntakeReason.Wipe, null), item, n, "receive");
                await DoAsync(
                    first,
                    new DeclareMedia([new(0, MediumType.Ufs, 1_000_000, null)], null),
                    item,
                    n,
                    "media"
                );
                await DoAsync(
                    first,
                    new GiveWipeConsent(intake, [0], "purge", "gone", null, Owner),
                    item,
                    n,
                    "consent",
                    new($"{Owner}", "CON")
                );
                return item;
            },
            (item, n, i) =>
                (i == 0 ? first : second).RecordAsync(
                    new AttestWipe(
                        Id("wipe", n, i),
                        0,
                        Id("intake", n, 0),
                        new(WipeTechnique.UfsPurge, WipeResult.Ok, 1, 1_000_000, null, 0, null),
                        null,
                        new("cleaner", "4.2"),
                        Day.AddMinutes(1),
                        Day.AddMinutes(2),
                        new("test", $"W{i}"),
                        ["report"]
                    ),
                    item,
                    Key("wipe", n, i),
                    Day.AddMinutes(3)
                ),
            "medium-already-attested"
        );
    }

    [Fact]
    public async Task One_licence_declared_by_two_batches_is_cleared_once()
    {
        await using var first = await TestLedger.OpenAsync();
        await using var second = await TestLedger.OpenAsync(first.Connection);
        await ActAsync(first, "file", new FileExporter(Code, "x", null, true, true, true));
        await ActAsync(first, "approve", new ApproveExporter(Code, "office", null, null));
        await RaceAsync(
            async n =>
            {
                for (var i = 0; i < 2; i++)
                    await LicensedAsync(first, n, i);
                return Guid.Empty;
            },
            (_, n, i) =>
                (i == 0 ? first : second).RecordAsync(
                    new DeclareToCustoms(Id("batch", n, i), 1, null),
                    Key("declare", n, i),
                    Day
                ),
            "licence-already-used"
        );
    }

    static readonly string Code = Roll.CodeOf("EXP")!;

    static async Task LicensedAsync(TestLedger ledger, int n, int i)
    {
        var batch = Id("batch", n, i);
        var item = Id("item", n, i + 10);
        var named = TestLedger.Name($"serial:HAIER/{n}-{i}");
        await ledger.RecordAsync(
            new RegisterItem(item, "appliance", [named], "A", "B", Owner: PartyRef.Organisation(Code)),
            item,
            Key("register", n, i + 10),
            Day
        );
        await DoAsync(ledger, new AnnotateExport(new(2026, 1, 5), null, null, null), item, n, $"note {i}");
        BatchCommand[] steps =
        [
            new DraftBatch(batch, Code, "8703234110", "AE", null),
            new AddToBatch(batch, item, "8703234110", "A", "B", new(2020, 1, 1), new(2026, 1, 5)),
            new ApplyForLicence(batch, null),
            new GrantLicence(batch, $"licence {n}", "office", new(2026, 12, 31)),
        ];
        foreach (var (step, command) in steps.Index())
            await ActAsync(ledger, $"{n}/{i}/{step}", command);
    }

    /// <summary>Both at once, each round on something new; the loser's reason is the domain's.</summary>
    static async Task RaceAsync(
        Func<int, Task<Guid>> prepare,
        Func<Guid, int, int, Task<Answer>> act,
        string loserIsTold
    )
    {
        Assert.True(Rounds > 0);
        for (var round = 0; round < Rounds; round++)
        {
            var (n, item) = (round, await prepare(round));
            var answers = await Task.WhenAll(Enumerable.Range(0, 2).Select(i => Task.Run(() => act(item, n, i))));
            Assert.Single(answers.OfType<Answer.Accepted>());
            Assert.Equal(loserIsTold, Assert.Single(answers.OfType<Answer.Refused>()).Refusals[0].Code);
        }
    }

    static async Task<Guid> RegisterAsync(TestLedger ledger, int n)
    {
        var item = Id("item", n, 0);
        var named = new NamedIdentifier[] { TestLedger.Name($"serial:HAIER/{n}") };
        Assert.IsType<Answer.Accepted>(
            await ledger.RecordAsync(
                new RegisterItem(item, "appliance", [.. named], Owner: Owner),
                item,
                Key("register", n, 0),
                Day
            )
        );
        return item;
    }

    static async Task DoAsync(
        TestLedger ledger,
        ItemCommand command,
        Guid item,
        int n,
        string step,
        Acting? by = null
    ) => Assert.IsType<Answer.Accepted>(await ledger.RecordAsync(command, item, $"{step} {n}", Day, by));

    static async Task ActAsync(TestLedger ledger, string key, LedgerCommand command) =>
        Assert.IsType<Answer.Accepted>(await ledger.RecordAsync(command, key, Day));

    static Guid Id(string what, int n, int i) => TestLedger.Handles.EntityId(what, "test", $"{n}/{i}");

    static string Key(string what, int n, int i) => $"{what}/{n}/{i}";
}
