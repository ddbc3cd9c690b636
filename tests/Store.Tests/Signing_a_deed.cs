using System.Text;
using Ledger.Goods;
using Ledger.Keys;
using Ledger.Pipeline;
using Ledger.Proof;
using Ledger.Store.Auditing;
using Ledger.Store.Witness;
using Ledger.Trading;
using Support;

namespace Store.Tests;

/// <summary>A party's own signature, from the draft to the log.</summary>
public sealed class Signing_a_deed
{
    const string Party = "MK-510104-0001";
    const long From = 1_767_225_600;
    static readonly DateTimeOffset Day = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);
    static readonly CancellationToken Stop = CancellationToken.None;
    static readonly Ed25519Key Own = new([.. Enumerable.Repeat((byte)51, 32)]);
    static readonly Ed25519Key Registrar = new([.. Enumerable.Repeat((byte)52, 32)]);

    [Fact]
    public async Task Leaves_a_log_that_audits_clean()
    {
        await using var ledger = await TestLedger.OpenAsync();
        await RegisterKeyAsync(ledger);
        var order = Deal(await ItemAsync(ledger), "deal", "K-1", "K-2");
        var act = await PreparedAsync(ledger, order);
        // No checkpoint was published yet.
        var deed = Deeds.Read(act)!.Deed;
        Assert.Equal((0UL, Merkle.EmptyRoot), (deed.SeenSize, deed.SeenRoot));
        var recorded = await RecordAsync(ledger, order with { Deeds = [act] });
        Assert.Equal(2, Assert.IsType<Answer.Accepted>(recorded).Version);
        var revoking = new RevokeKey(ledger.Node.Chains.StreamOf(Party), Thumbprint, null, "lost");
        await ledger.RecordAsync(revoking, "revoke", Registered);

        var houseWitness = (HouseWitness)ledger.Node.Witness;
        var audit = new Audit(
            ledger.Database,
            async stop => new(houseWitness.Vkey, await houseWitness.NewestAsync(stop)),
            [],
            _ => { }
        );
        Assert.Empty((await audit.RunAsync(new(0, true, null), Stop)).Findings);
    }

    /// <summary>Both drafts name a buyer whom nobody knew: one of them is first, the other takes his id.</summary>
    [Fact]
    public async Task Of_strangers_to_two_desks_at_once_gives_each_one_id()
    {
        await using var ledger = await TestLedger.OpenAsync();
        await RegisterKeyAsync(ledger);
        var orders = new[]
        {
            Deal(await ItemAsync(ledger, "a"), "d1", "K-1", "K-2"),
            Deal(await ItemAsync(ledger, "b"), "d2", "K-2", "K-1"),
        };
        var acts = await Task.WhenAll(orders.Select(o => Task.Run(() => PreparedAsync(ledger, o))));
        foreach (var (order, act) in orders.Zip(acts))
            Assert.IsType<Answer.Accepted>(await RecordAsync(ledger, order with { Deeds = [act] }));
        await using var count = ledger.Database.Source.CreateCommand(
            "select count(*) from vault.blind_index where kind = 'party'"
        );
        Assert.Equal(2L, await count.ExecuteScalarAsync(Stop));
    }

    static Task<Answer> RecordAsync(TestLedger ledger, CommandRequest signed) =>
        Patience.AnswerAsync(() => ledger.Pipeline.RecordAsync(signed, Stop));

    static string Thumbprint => Jwk.OfEd25519(Own.PublicKey).Thumbprint.ToBase64Url();

    static readonly DateTimeOffset Registered = DateTimeOffset.FromUnixTimeSeconds(From);

    static async Task RegisterKeyAsync(TestLedger ledger)
    {
        var chains = ledger.Node.Chains;
        var (stream, jwk) = (chains.StreamOf(Party), Jwk.OfEd25519(Own.PublicKey));
        var statement = new KeyStatement(chains.HandleOf(stream), jwk.Thumbprint, "deed", From);
        var key = new RegisterKey(
            stream,
            Thumbprint,
            KeyDecider.Write(jwk),
            KeyPurpose.Deed,
            KeyCustody.Own,
            From,
            null,
            statement.Sign(Own),
            statement.Sign(Registrar),
            KeyDecider.Write(Jwk.OfEd25519(Registrar.PublicKey))
        );
        Assert.IsType<Answer.Accepted>(await ledger.RecordAsync(key, "key", Registered));
    }

    static async Task<Guid> ItemAsync(TestLedger ledger, string key = "item")
    {
        var item = TestLedger.Handles.EntityId("item", "test", key);
        var name = $"serial:HAIER/{key}";
        var register = new RegisterItem(item, "appliance", [TestLedger.Name(name)]);
        var answer = await ledger.RecordAsync(register, item, key, Day);
        Assert.IsType<Answer.Accepted>(answer);
        return item;
    }

    static CommandRequest Deal(Guid item, string key, string seller, string buyer) =>
        new(
            new OpenDeal(
                TestLedger.Handles.EntityId("deal", "test", key),
                new("test", seller),
                new("test", buyer),
                PartyKind.Person,
                PartyKind.Person,
                DealMode.Retail
            )
            {
                Item = item,
            },
            new("local", "PLT"),
            "test",
            key,
            TestLedger.Said(key),
            Day
        )
        {
            LateReason = "补录",
        };

    static async Task<string> PreparedAsync(TestLedger ledger, CommandRequest order)
    {
        var answer = await ledger.Pipeline.PrepareAsync(order, new(Thumbprint, "market"), Stop);
        var input = Encoding.ASCII.GetBytes(Assert.IsType<Answer.Prepared>(answer).SigningInput);
        return CompactJws.Join(input, Own.Sign(input));
    }
}
