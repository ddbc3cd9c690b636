using System.Text;
using System.Text.Json.Nodes;
using Ledger.Proof;

namespace Api.Tests.Http;

public sealed class Signing_a_deed(RunningService running)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Puts_it_into_the_leaf(bool device)
    {
        var (caller, stall, signatory) = await MarketAsync(device);
        var (path, body, key) = (await ListingsAsync(stall), Listing(stall), Goods.NewKey());
        var (input, drafted) = await signatory.PrepareAsync(path, body, key);
        var act = signatory.Sign(input);

        var recorded = (await signatory.RecordAsync(path, body, key, act)).Is(201);
        Assert.Equal($"{drafted.Jti}", (string?)recorded.Json["eventIds"]![0]);
        Assert.Equal("seller", drafted.Role);
        var again = (await signatory.RecordAsync($"{path}?receipt=full", body, key, act)).Is(201);
        var entry = again.Json["receipt"]!["entries"]![0]!;
        Assert.True(Leaf.TryRead(Encoding.ASCII.GetBytes((string)entry["leaf"]!), out var leaf, out _));
        Assert.Equal([act], leaf.Claims.Act);
        var checks = Deeds.Check(leaf, (ulong)entry["leafIndex"]!, _ => signatory.Key);
        Assert.Equal(SignatureVerdict.Ok, Assert.Single(checks).Result);
        var keys = (await caller.GetAsync(signatory.Path)).Json;
        Assert.Equal((string?)keys["party"], drafted.Party.ToBase64Url());
    }

    /// <summary>Whatever a party does it may sign, also what is about no item: the leaf of the act bears it.</summary>
    [Fact]
    public async Task Is_of_any_command()
    {
        var (caller, stall, signatory) = await MarketAsync();
        var (path, key) = ($"/api/v1/markets/{stall.Code}/staff", Goods.NewKey());
        var body = new
        {
            person = "G-01",
            desk = "1",
            roles = (string[])["CLK"],
            occurredAt = Goods.Day,
        };
        var (input, drafted) = await signatory.PrepareAsync(path, body, key);
        Assert.Empty((await caller.GetAsync(path)).Items);
        var act = signatory.Sign(input);
        var recorded = (await signatory.RecordAsync($"{path}?receipt=full", body, key, act)).Is(201);
        var entry = Assert.Single(recorded.Json["receipt"]!["entries"]!.AsArray())!;
        Assert.True(Leaf.TryRead(Encoding.ASCII.GetBytes((string)entry["leaf"]!), out var leaf, out _));
        Assert.Equal([act], leaf.Claims.Act);
        Assert.Equal("desk-staff-assigned.v1", drafted.Evt);
        Invalid("jti", await signatory.RecordAsync(path, body with { desk = "2" }, Goods.NewKey(), act));
    }

    [Fact]
    public async Task Records_nothing_before_it_is_signed()
    {
        var (caller, stall, signatory) = await MarketAsync();
        var path = await ListingsAsync(stall);
        await signatory.PrepareAsync(path, Listing(stall), Goods.NewKey());
        Assert.Single((await caller.GetAsync(path.Replace("listings", "history"))).Items);
    }

    /// <summary>Its digests are salted by keys of the item and of its owner, which must be there before it
    /// is.</summary>
    [Fact]
    public async Task Of_an_item_and_an_owner_that_nobody_knew_gives_the_same_leaf_later()
    {
        var (caller, stall, signatory) = await MarketAsync(device: true);
        var (body, key) = (Appliance(stall), Goods.NewKey());
        var (input, drafted) = await signatory.PrepareAsync("/api/v1/items", body, key);
        var (_, twice) = await signatory.PrepareAsync("/api/v1/items", body, key);
        Assert.Equal(drafted.Digest, twice.Digest);

        var item = (await signatory.RecordAsync("/api/v1/items", body, key, signatory.Sign(input))).Is(201);
        Assert.Equal(stall.Owner, (string?)(await caller.GetAsync(item.Location)).Json["owner"]);
    }

    [Fact]
    public async Task For_one_item_does_not_do_for_another()
    {
        var (_, stall, signatory) = await MarketAsync();
        var (body, key) = (Listing(stall), Goods.NewKey());
        var (input, _) = await signatory.PrepareAsync(await ListingsAsync(stall), body, key);
        Invalid("item", await signatory.RecordAsync(await ListingsAsync(stall), body, key, signatory.Sign(input)));
    }

    [Fact]
    public async Task Does_not_do_under_another_key_or_for_another_body()
    {
        var (_, stall, signatory) = await MarketAsync();
        var (path, body, key) = (await ListingsAsync(stall), Listing(stall), Goods.NewKey());
        var act = signatory.Sign((await signatory.PrepareAsync(path, body, key)).Input);
        Invalid("jti", await signatory.RecordAsync(path, body, Goods.NewKey(), act));
        Invalid("deed", await signatory.RecordAsync(path, Listing(stall, 1_001), key, act));
        (await signatory.RecordAsync(path, body, key, act)).Is(201);
        (await signatory.RecordAsync(path, Listing(stall, 1_001), key, act)).Refuses(422, "idempotency-key-reused");
    }

    [Fact]
    public async Task Holds_for_its_term_and_for_what_its_signer_saw()
    {
        var (_, stall, signatory) = await MarketAsync();
        var (path, body, key) = (await ListingsAsync(stall), Listing(stall), Goods.NewKey());
        var (_, deed) = await signatory.PrepareAsync(path, body, key);
        Task<Reply> Try(Deed other) => signatory.RecordAsync(path, body, key, signatory.Sign(other));

        Invalid("exp", await Try(deed with { Exp = Signatory.From }));
        Invalid("exp", await Try(deed with { Exp = deed.Exp + 72 * 3600 }));
        Invalid("seen", await Try(deed with { SeenRoot = default }));
        Invalid("seen", await Try(deed with { SeenSize = 1_000_000_000 }));
        Invalid("kid", await Try(deed with { Party = default }));
    }

    [Fact]
    public async Task Wants_a_live_key()
    {
        var (caller, stall, signatory) = await MarketAsync();
        var (path, body, key) = (await ListingsAsync(stall), Listing(stall), Goods.NewKey());
        var act = signatory.Sign((await signatory.PrepareAsync(path, body, key)).Input);
        var stranger = new Signatory(caller, stall.Code);
        (await stranger.AskAsync(path, body, key)).Refuses(422, "key-not-found");
        Invalid("kid", await stranger.RecordAsync(path, body, key, stranger.Sign((await Drafted()).Deed)));

        (await caller.PostAsync($"{signatory.Path}/{signatory.Thumbprint}/revocations", new { })).Is(201);
        (await signatory.RecordAsync(path, body, key, act)).Refuses(409, "key-revoked");
        (await signatory.AskAsync(path, body, key)).Refuses(409, "key-revoked");

        Task<(byte[] Input, Deed Deed)> Drafted() => signatory.PrepareAsync(path, body, key);
    }

    [Fact]
    public async Task Wants_the_time_of_the_deed()
    {
        var (_, stall, signatory) = await MarketAsync();
        var body = new { market = stall.Code, askFen = 1_000 };
        var reply = await signatory.AskAsync(await ListingsAsync(stall), body, Goods.NewKey());
        reply.Refuses(422, "value-missing");
        Assert.NotNull(reply.Json["errors"]!["occurredAt"]);
    }

    [Theory]
    [InlineData("?prepare=yes", "query-malformed", 400)]
    [InlineData("?prepare=true&role=%20", "query-malformed", 400)]
    [InlineData("?prepare=true", "value-missing", 422)]
    public async Task Is_asked_for_rightly(string query, string code, int status)
    {
        var (caller, stall, _) = await MarketAsync();
        (await caller.PostAsync(await ListingsAsync(stall) + query, Listing(stall))).Refuses(status, code);
    }

    [Theory]
    [InlineData("\"x\"", 400, "body-malformed")]
    [InlineData("[1]", 400, "body-malformed")]
    [InlineData("null", 400, "body-malformed")]
    [InlineData("[]", 422, "value-out-of-range")]
    [InlineData("[\"a\",\"b\",\"c\",\"d\",\"e\"]", 422, "value-out-of-range")]
    [InlineData("[\"a.b.c\"]", 422, "signature-invalid")]
    public async Task Comes_as_one_to_four_texts(string act, int status, string code)
    {
        var (caller, stall, _) = await MarketAsync();
        var body = System.Text.Json.JsonSerializer.SerializeToNode(Listing(stall))!.AsObject();
        body["act"] = JsonNode.Parse(act);
        (await caller.PostAsync(await ListingsAsync(stall), body.ToJsonString())).Refuses(status, code);
    }

    static void Invalid(string reason, Reply reply)
    {
        reply.Refuses(422, "signature-invalid");
        Assert.Equal(reason, (string?)reply.Json["facts"]!["reason"]);
    }

    async Task<(Caller, MarketClient, Signatory)> MarketAsync(bool device = false)
    {
        var caller = await running.CallerAsync();
        var stall = await MarketClient.OpenAsync(caller);
        return (caller, stall, await Signatory.RegisteredAsync(caller, stall.Code, device));
    }

    static async Task<string> ListingsAsync(MarketClient stall) => $"{await stall.RegisterAsync("appliance")}/listings";

    static object Listing(MarketClient stall, long askFen = 1_000) =>
        new
        {
            market = stall.Code,
            askFen,
            seller = stall.Owner,
            occurredAt = Goods.Day,
        };

    static object Appliance(MarketClient stall) =>
        new
        {
            category = "appliance",
            identifiers = new[] { Goods.NewSerial() },
            owner = stall.Owner,
            occurredAt = Goods.Day,
        };
}
