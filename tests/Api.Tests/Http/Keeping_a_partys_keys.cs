using System.Text.Json.Nodes;

namespace Api.Tests.Http;

public sealed class Keeping_a_partys_keys(RunningService running)
{
    [Fact]
    public async Task Registers_one_once()
    {
        var (caller, signatory) = await SignatoryAsync();
        var (body, key) = ((await signatory.RegistrationAsync()).ToJsonString(), Goods.NewKey());

        var first = (await caller.PostAsync(signatory.Path, body, key)).Is(201);
        Assert.Equal((signatory.Thumbprint, "\"1\"", signatory.Path), (first.Id, first.ETag, first.Location));
        Assert.NotNull(first.Json["receipt"]);
        Assert.Equal(first.Text, (await caller.PostAsync(signatory.Path, body, key)).Is(201).Text);
        (await caller.PostAsync(signatory.Path, body)).Refuses(409, "key-exists");
        var other = new Signatory(caller, "MK-510104-9999");
        (await caller.PostAsync(other.Path, body)).Refuses(409, "key-exists");
        var listed = Assert.Single((await caller.GetAsync(signatory.Path)).Is(200).Items);
        Assert.Equal(signatory.Thumbprint, (string?)listed["thumbprint"]);
        Assert.Equal("own", (string?)listed["custody"]);
    }

    [Fact]
    public async Task Wants_signatures_that_hold()
    {
        var (caller, signatory) = await SignatoryAsync();
        var body = await signatory.RegistrationAsync();
        Task<Reply> Post(string name, JsonNode? value)
        {
            var changed = body.DeepClone().AsObject();
            changed[name] = value;
            return caller.PostAsync(signatory.Path, changed.ToJsonString());
        }

        (await Post("pop", null)).Refuses(422, "proof-of-possession-missing");
        (await Post("vouch", null)).Refuses(422, "proof-of-possession-missing");
        (await Post("from", 7)).Refuses(422, "signature-invalid");
        (await Post("voucher", null)).Refuses(422, "signature-invalid");
        (await Post("purpose", "leaf")).Refuses(422, "value-malformed");
        (await Post("purpose", "other")).Refuses(422, "value-malformed");
        (await Post("from", -1)).Refuses(422, "value-out-of-range");
        (await Post("jwk", JsonNode.Parse("""{"kty":"OKP","crv":"Ed25519","x":"AA"}"""))).Refuses(
            422,
            "value-malformed"
        );
        Assert.Empty((await caller.GetAsync(signatory.Path)).Items);
    }

    [Fact]
    public async Task Revokes_one_once()
    {
        var (caller, signatory) = await SignatoryAsync();
        (await caller.PostAsync(signatory.Path, (await signatory.RegistrationAsync()).ToJsonString())).Is(201);
        var path = $"{signatory.Path}/{signatory.Thumbprint}/revocations";

        (await caller.PostAsync(path, new { compromisedSince = Signatory.From, reason = "遗失" })).Is(201);
        (await caller.PostAsync(path, new { })).Refuses(409, "key-revoked");
        (await caller.PostAsync($"{signatory.Path}/unknown/revocations", new { })).Refuses(404, "key-not-found");
        var listed = Assert.Single((await caller.GetAsync(signatory.Path)).Items);
        Assert.Equal(Signatory.From, (long?)listed["revoked"]!["compromisedSince"]);
    }

    [Fact]
    public async Task Names_no_person_by_a_number() =>
        (await (await running.CallerAsync()).GetAsync("/api/v1/parties/13812345678/keys")).Refuses(
            422,
            "personal-data-in-public-field"
        );

    async Task<(Caller, Signatory)> SignatoryAsync()
    {
        var caller = await running.CallerAsync();
        return (caller, new(caller, Goods.NewParty("MK-510104-0001")));
    }
}
