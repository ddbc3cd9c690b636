using System.Text.Json;
using Ledger.Kernel;
using Ledger.Proof;

namespace Ledger.Keys;

/// <summary>
/// Registers and revokes keys (domain.md §4.1, proof.md §6). A key that a party holds itself comes with two signatures:
/// its own (<c>pop</c>), and that of somebody who knew the party before (<c>vouch</c>). The ledger's own word does not
/// count.
/// </summary>
public static class KeyDecider
{
    /// <summary>Each key stands in one chain only: by its thumbprint it is found.</summary>
    public static ReservationKey Reservation(string thumbprint) => new("key", thumbprint);

    public static CommandKind Commands { get; } =
        CommandKind.OfOne<KeyCommand, Keychain>(
            KeyStreams.Keys,
            (c, _) => c.Chain,
            Keychain.Fold,
            (c, _) => c is RegisterKey key ? [Reservation(key.Thumbprint)] : [],
            (c, _, chain, s) => Decide(c, chain, s)
        );

    /// <param name="chain">The party's keys so far.</param>
    public static Decision Decide(KeyCommand c, Keychain chain, Situation s) =>
        c switch
        {
            RegisterKey key => Register(key, chain, s),
            RevokeKey key => Revoke(key, chain),
            _ => throw new UnknownCommandException(c),
        };

    static Decision Register(RegisterKey c, Keychain chain, Situation s)
    {
        if (chain.Find(c.Thumbprint) is not null || s.ReservationOf(Reservation(c.Thumbprint)) is not null)
            return Decision.Refuse(Refusal.Of("key-exists", ("value", c.Thumbprint)).At("jwk"));
        var key = new KeyRegistered(c.Thumbprint, c.Jwk, c.Purpose, c.Custody, c.From, c.To, c.Pop, c.Vouch, c.Voucher);
        // The party as signatures name it: the handle of its stream.
        if (Flaw(key, chain, Hash.Read(s.Handles!.OfStream(c.Chain))) is { } flaw)
            return Decision.Refuse(flaw);
        return Decision.Record(key).Taking(new ReservationChange(Reservation(c.Thumbprint), null, c.Chain.ToString()));
    }

    static Decision Revoke(RevokeKey c, Keychain chain) =>
        chain.Find(c.Thumbprint) switch
        {
            null => Decision.Refuse(Refusal.Of("key-not-found", ("value", c.Thumbprint))),
            { Revoked: not null } => Decision.Refuse(Refusal.Of(KeyEvents.IsRevoked, ("value", c.Thumbprint))),
            _ => Decision.Record(new KeyRevoked(c.Thumbprint, c.CompromisedSince, c.Reason)),
        };

    /// <summary>The key that events hold, as one that verifies.</summary>
    /// <returns>Null where it is none.</returns>
    public static Jwk? Read(KeyJwk key) => Jwk.Read(JsonSerializer.SerializeToElement(key, WireJson.Options));

    /// <summary>A key as events hold it.</summary>
    public static KeyJwk Write(Jwk key) => JsonSerializer.Deserialize<KeyJwk>(key.Json, WireJson.Options)!;

    static Refusal? Flaw(KeyRegistered key, Keychain chain, Hash party)
    {
        if (key.To <= key.From)
            return Refusal
                .Of(
                    "value-out-of-range",
                    ("name", "to"),
                    ("value", key.To),
                    ("least", key.From + 1),
                    ("most", StrictJson.LargestInteger)
                )
                .At("to");
        if (Read(key.Jwk) is not { } jwk || jwk.Thumbprint.ToBase64Url() != key.Thumbprint)
            return Wrong("jwk", key.Thumbprint, "an Ed25519 or P-256 public key");
        if (key.Custody == KeyCustody.Service)
            return null;
        // Leaves are the operator's: a party's key for them would let it forge some.
        if (key.Purpose == KeyPurpose.Leaf)
            return Wrong("purpose", "leaf", "deed, wipe, credit, receipt");
        if (key.Pop is null || key.Vouch is null)
            return new Refusal("proof-of-possession-missing").At(key.Pop is null ? "pop" : "vouch");
        var statement = new KeyStatement(party, jwk.Thumbprint, WireWords.Of(key.Purpose), key.From);
        return Unless(statement.Check(key.Pop, kid => kid == jwk.Thumbprint ? jwk : null), "pop")
            ?? Unless(
                statement.Check(key.Vouch, kid => kid == jwk.Thumbprint ? null : Voucher(kid, key, chain)),
                "vouch"
            );
    }

    /// <summary>A live own key of the chain, or the registrar that the registration names.</summary>
    static Jwk? Voucher(Hash kid, KeyRegistered key, Keychain chain) =>
        chain.Find(kid.ToBase64Url()) is { Revoked: null, Key: { Custody: KeyCustody.Own } own } ? Read(own.Jwk)
        : key.Voucher is { } voucher && Read(voucher) is { } registrar && registrar.Thumbprint == kid ? registrar
        : null;

    static Refusal? Unless(SignatureVerdict verdict, string member) =>
        verdict == SignatureVerdict.Ok
            ? null
            : Refusal.Of("signature-invalid", ("name", member), ("reason", WireWords.Of(verdict))).At(member);

    static Refusal Wrong(string name, string value, string expected) =>
        Refusal.Of("value-malformed", ("name", name), ("value", value), ("expected", expected)).At(name);
}
