using Api.Tests.Http;
using Ledger.Proof;
using Microsoft.Extensions.Logging;
using Support;

namespace Api.Tests.Proof;

/// <summary>Witnesses of strangers: some are down, some have forgotten, one lies.</summary>
public sealed class Asking_several_witnesses
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Publishes_with_one_down_and_says_so_when_two_are_while_writes_go_on()
    {
        await using var one = new RunningWitness("one", 51);
        await using var two = new RunningWitness("two", 52);
        await one.StartAsync();
        await two.StartAsync();
        var house = TestLedger.Keys.Log.Origin;
        await using var service = await PublishingService.StartAsync(
            $"witness house {HouseVkey()}\n{one.Line()}{two.Line()}group g 2 house one two\nquorum g\n"
        );
        Assert.Equal(3, service.Policy.Check(await service.PublishedAsync(1)).Witnesses.Length);

        await one.KillAsync();
        await service.GrowAsync(5);
        var check = service.Policy.Check(await service.PublishedAsync(5));
        Assert.Equal((Trust.Trusted, 2), (check.Trust, check.Witnesses.Length));
        var metrics = await MissingAsync(service, 1);
        foreach (var name in (string[])["ledger_proof_size", "ledger_proof_lag", "ledger_checkpoint_age"])
            Assert.Contains(name, metrics, StringComparison.Ordinal);
        Assert.Empty(service.Log.At(LogLevel.Error));

        await two.KillAsync();
        await service.GrowAsync(9);
        await Patience.UntilAsync(() => Task.FromResult(service.Log.At(LogLevel.Error).Length > 0));
        await MissingAsync(service, 2);
        await service.GrowAsync(12);
        Assert.Equal(5UL, PublishingService.Read((await service.Caller.GetAsync("/checkpoint")).Text).Size);
        var alarm = Assert.Single(service.Log.At(LogLevel.Error));
        Assert.Contains("one, two", alarm, StringComparison.Ordinal);

        await one.StartAsync();
        check = service.Policy.Check(await service.PublishedAsync(12));
        Assert.Equal((Trust.Trusted, house), (check.Trust, check.Checkpoint!.Origin));
        await Patience.UntilAsync(() => Task.FromResult(service.Log.At(LogLevel.Warning).Length > 0));
        Assert.Single(service.Log.At(LogLevel.Error));
    }

    static async Task<string> MissingAsync(PublishingService service, int count)
    {
        var text = "";
        await Patience.UntilAsync(async () =>
        {
            text = (await service.Caller.GetAsync("/metrics")).Text;
            return text.Split('\n')
                .Any(l =>
                    l.StartsWith("ledger_witness_missing", StringComparison.Ordinal)
                    && l.Split(' ')[1] == count.ToString(System.Globalization.CultureInfo.InvariantCulture)
                );
        });
        return text;
    }

    static string HouseVkey()
    {
        var folder = Directory.CreateTempSubdirectory("ledger-vkey-").FullName;
        using var witness = TestLedger.Witness(folder);
        return witness.Vkey;
    }

    [Fact]
    public async Task Builds_the_proof_again_for_one_that_has_an_older_store()
    {
        await using var old = new RunningWitness("old", 53);
        await old.StartAsync();
        await using var service = await PublishingService.StartAsync(old.Line() + "quorum old\n");
        await service.GrowAsync(3);
        await service.PublishedAsync(3);
        await old.KillAsync();
        var store = Directory.GetFiles(old.Folder).Single();
        var copy = await File.ReadAllBytesAsync(store, Stop);
        await old.StartAsync();
        await service.GrowAsync(300);
        await service.PublishedAsync(300);

        await old.KillAsync();
        await File.WriteAllBytesAsync(store, copy, Stop);
        await old.StartAsync();
        Assert.Equal(3UL, (await old.NewestAsync())!.Size);
        await service.GrowAsync(310);
        var note = await service.PublishedAsync(310);
        Assert.Equal(Trust.Trusted, service.Policy.Check(note).Trust);
        Assert.Equal(310UL, (await old.NewestAsync())!.Size);
    }

    [Fact]
    public async Task Shows_one_history_only_to_a_reader_who_asks_three_of_four()
    {
        await using var yes = await YesWitness.StartAsync();
        RunningWitness[] honest = [new("a", 61), new("b", 62), new("c", 63)];
        foreach (var witness in honest)
            await witness.StartAsync();
        var lines = string.Concat(honest.Select(w => w.Line())) + yes.Line;
        var policy = lines + "group g 3 a b c yes\nquorum g\n";
        await using var first = await PublishingService.StartAsync(policy);
        await using var second = await PublishingService.StartAsync(policy);
        await Task.WhenAll(first.GrowAsync(4), second.GrowAsync(4));
        var (one, other) = (await first.Node.Tree.RootAsync(4, Stop), await second.Node.Tree.RootAsync(4, Stop));
        Assert.NotEqual(one, other);

        // Each has tried again and again, and the dishonest one has said yes to both.
        await Patience.UntilAsync(async () =>
            (yes.Asked(one) > 3 || await SizeAsync(first) == 4)
            && (yes.Asked(other) > 3 || await SizeAsync(second) == 4)
        );
        Assert.NotEqual((4UL, 4UL), (await SizeAsync(first), await SizeAsync(second)));
        Assert.True(yes.Asked(one) > 0 && yes.Asked(other) > 0);
        foreach (var witness in honest)
            await witness.DisposeAsync();
    }

    [Fact]
    public async Task Shows_two_histories_to_a_reader_who_asks_two_of_three()
    {
        // The control: with one dishonest witness two of three are too few.
        await using var yes = await YesWitness.StartAsync();
        await using var a = new RunningWitness("a", 61);
        await using var b = new RunningWitness("b", 62);
        await a.StartAsync();
        await b.StartAsync();
        const string Rest = "group g 2 a b yes\nquorum g\n";
        await using var first = await PublishingService.StartAsync(a.Line() + b.Line(asked: false) + yes.Line + Rest);
        await using var second = await PublishingService.StartAsync(a.Line(asked: false) + b.Line() + yes.Line + Rest);
        await Task.WhenAll(first.GrowAsync(4), second.GrowAsync(4));
        var (one, other) = (await first.PublishedAsync(4), await second.PublishedAsync(4));
        Assert.NotEqual(PublishingService.Read(one).Root, PublishingService.Read(other).Root);
        Assert.Equal((Trust.Trusted, Trust.Trusted), (first.Policy.Check(other).Trust, second.Policy.Check(one).Trust));
    }

    static async Task<ulong> SizeAsync(PublishingService service) =>
        await service.Caller.GetAsync("/checkpoint") is { Status: 200 } reply
            ? PublishingService.Read(reply.Text).Size
            : 0;

    [Fact]
    public async Task Signs_nothing_more_once_the_house_witness_has_seen_what_the_database_lost()
    {
        await using var service = await PublishingService.StartAsync();
        await service.GrowAsync(6);
        await service.PublishedAsync(6);
        (await service.Caller.GetAsync("/health/ready")).Is(200);
        await using (var owner = DatabaseServer.Source(service.Node.Database.Connections.Owner))
        {
            await using var lose = owner.CreateCommand(
                "alter table proof.head disable trigger all; delete from proof.head where size > 1"
            );
            await lose.ExecuteNonQueryAsync(Stop);
        }
        var ready = new Reply(0, "", [], new Dictionary<string, string>());
        await Patience.UntilAsync(async () => (ready = await service.Caller.GetAsync("/health/ready")).Status == 503);
        Assert.Equal("rolled-back", (string)ready.Json["fault"]!["fault"]!);
        // Whoever found it says so a moment after it stands.
        await Patience.UntilAsync(() => Task.FromResult(service.Log.At(LogLevel.Error).Length > 0));
        Assert.Contains("RolledBack", Assert.Single(service.Log.At(LogLevel.Error)), StringComparison.Ordinal);
        var write = await service.Caller.PostAsync(
            "/api/v1/items",
            new { category = "appliance", identifiers = new[] { Goods.NewSerial() } }
        );
        write.Refuses(503, "ledger-read-only");
        Assert.Equal(6UL, PublishingService.Read((await service.Caller.GetAsync("/checkpoint")).Is(200).Text).Size);
    }
}
