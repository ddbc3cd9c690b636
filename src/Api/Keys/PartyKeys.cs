using System.Collections.Immutable;
using Api.Hosting;
using Ledger.Kernel;
using Ledger.Keys;
using Ledger.Proof;
using Ledger.Store;

namespace Api;

/// <summary>Registers a key that a party holds itself.</summary>
/// <param name="From">From when on it signs, Unix seconds.</param>
/// <param name="Pop">Compact JWS by the new key over party, thumbprint, purpose and from.</param>
/// <param name="Vouch">The same payload signed by the party's previous own key, or by a registrar.</param>
/// <param name="Voucher">The registrar's public key, where it was one.</param>
/// <param name="Purpose"><c>deed</c> (absent), <c>wipe</c>, <c>credit</c> or <c>receipt</c>.</param>
/// <param name="To">Until when, Unix seconds; absent: until it is revoked.</param>
public sealed record KeyBody(
    JwkBody Jwk,
    long From,
    string? Pop = null,
    string? Vouch = null,
    JwkBody? Voucher = null,
    string? Purpose = null,
    long? To = null,
    string? OccurredAt = null
);

/// <summary>A public key: Ed25519, or P-256 with <paramref name="Y"/> (RFC 7517).</summary>
public sealed record JwkBody(string Kty, string Crv, string X, string? Y = null);

/// <summary>Revokes a key.</summary>
/// <param name="CompromisedSince">From when on its signatures say nothing, Unix seconds; absent: from now on.</param>
public sealed record KeyRevocationBody(long? CompromisedSince = null, string? Reason = null, string? OccurredAt = null);

/// <summary>The keys of a party.</summary>
/// <param name="Party">The party as signatures name it.</param>
public sealed record PartyKeysView(string Party, long Version, ImmutableArray<PartyKeyView> Items, string? Next = null)
{
    public static PartyKeysView Of(Hash party, Keychain chain) =>
        new(party.ToBase64Url(), chain.Version, [.. chain.Keys.Select(PartyKeyView.Of)]);
}

/// <param name="Revoked">The revocation, where there is one.</param>
public sealed record PartyKeyView(
    string Thumbprint,
    KeyJwk Jwk,
    KeyPurpose Purpose,
    KeyCustody Custody,
    long From,
    long? To,
    KeyRevocationBody? Revoked
)
{
    public static PartyKeyView Of(KeyOfChain key) =>
        new(
            key.Key.Thumbprint,
            key.Key.Jwk,
            key.Key.Purpose,
            key.Key.Custody,
            key.Key.From,
            key.Key.To,
            key.Revoked is { } r ? new(r.CompromisedSince, r.Reason) : null
        );
}

/// <summary>Keys of parties (proof.md §6).</summary>
static class PartyKeys
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var keys = api.MapGroup("/parties/{ref}/keys").WithTags("Parties");
        keys.MapCommand<KeyBody>("/", Register)
            .Describe<RegisterKey>(
                "Register a party's own key",
                Examples.Key,
                "key-exists",
                "proof-of-possession-missing",
                "signature-invalid"
            );
        keys.MapCommand<KeyRevocationBody>("/{thumbprint}/revocations", Revoke)
            .Describe<RevokeKey>("Revoke a party's key", Examples.KeyRevocation, "key-not-found", KeyEvents.IsRevoked);
        keys.MapGet("/", ListAsync)
            .Describe("A party's keys", null)
            .Produces<PartyKeysView>()
            .Produces<ProblemBody>(422, Problems.MediaType);
    }

    static Plan Register(Incoming<KeyBody> i)
    {
        var (b, f) = (i.Body, i.Fields);
        var party = Party(i.Http, f);
        var key = Write(b.Jwk);
        var jwk = KeyDecider.Read(key);
        if (jwk is null)
            f.Add(NoKey("jwk", b.Jwk));
        var voucher = b.Voucher is null ? null : Write(b.Voucher);
        if (voucher is not null && KeyDecider.Read(voucher) is null)
            f.Add(NoKey("voucher", b.Voucher!));
        var registering = new RegisterKey(
            KeyCommand.StreamOf(party, i.Handles),
            jwk?.Thumbprint.ToBase64Url() ?? "",
            key,
            f.Word<KeyPurpose>(b.Purpose ?? "deed", "purpose"),
            KeyCustody.Own,
            f.Number(b.From, "from", 0, Latest),
            f.Number(b.To, "to", 0, Latest),
            f.Text(b.Pop, "pop", DeedDecider.Longest),
            f.Text(b.Vouch, "vouch", DeedDecider.Longest),
            voucher
        );
        return Plan.At(Location(party), registering.Thumbprint, registering) with { OccurredAt = b.OccurredAt };
    }

    static Plan Revoke(Incoming<KeyRevocationBody> i)
    {
        var (b, f) = (i.Body, i.Fields);
        var party = Party(i.Http, f);
        var revoking = new RevokeKey(
            KeyCommand.StreamOf(party, i.Handles),
            Bounds.Short(i.PathText("thumbprint")),
            f.Number(b.CompromisedSince, "compromisedSince", 0, Latest),
            f.Text(b.Reason, "reason", 500)
        );
        return Plan.At(Location(party), revoking.Thumbprint, revoking) with { OccurredAt = b.OccurredAt };
    }

    static string Location(string party) => $"/api/v1/parties/{Uri.EscapeDataString(party)}/keys";

    static async Task ListAsync(HttpContext http, LedgerNode node)
    {
        var fields = new Fields("");
        var stream = node.Chains.StreamOf(Party(http, fields));
        if (!fields.Good)
            await Problems.WriteAsync(http, fields.Faults, 422);
        else
            await http.Response.WriteAsJsonAsync(
                PartyKeysView.Of(
                    node.Chains.HandleOf(stream),
                    await node.Chains.ChainAsync(stream, http.RequestAborted)
                ),
                WireJson.Options,
                http.RequestAborted
            );
    }

    /// <summary>Whoever acts may hold a key, also who is on no roll.</summary>
    static string Party(HttpContext http, Fields fields) => PartyPath.Reference(PartyPath.Raw(http), fields, "ref");

    static KeyJwk Write(JwkBody key) => new(key.Crv, key.Kty, key.X, key.Y);

    static Refusal NoKey(string name, JwkBody key) =>
        Refusal
            .Of(
                "value-malformed",
                ("name", name),
                ("value", Bounds.Short($"{key.Kty} {key.Crv}")),
                ("expected", "an Ed25519 or P-256 public key (RFC 8037, RFC 7518)")
            )
            .At(name);

    /// <summary>The last second that every reader holds: the year 9999.</summary>
    const long Latest = 253_402_300_799;
}
