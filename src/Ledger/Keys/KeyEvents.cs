using System.Collections.Immutable;
using Ledger.Kernel;

namespace Ledger.Keys;

/// <summary>A party's key, on the stream of that party's keys (domain.md §4.1, proof.md §6). Times are seconds since
/// 1970.</summary>
/// <param name="Thumbprint">RFC 7638 of <paramref name="Jwk"/>.</param>
/// <param name="Pop">Proof of possession: a JWS by the new key; of a key of custody <c>own</c>.</param>
/// <param name="Vouch">The same payload signed by the party's previous own key or by a registrar.</param>
/// <param name="Voucher">The registrar's public key, where it was one.</param>
public sealed record KeyRegistered(
    string Thumbprint,
    KeyJwk Jwk,
    KeyPurpose Purpose,
    KeyCustody Custody,
    long From,
    long? To = null,
    string? Pop = null,
    string? Vouch = null,
    KeyJwk? Voucher = null
) : LedgerEvent;

/// <summary>A key was revoked: its signatures count for nothing from then on, or from the second that is stated
/// (proof.md §6).</summary>
/// <param name="CompromisedSince">From when on its signatures say nothing; null: from now on.</param>
/// <param name="Thumbprint">RFC 7638 of the key.</param>
public sealed record KeyRevoked(string Thumbprint, long? CompromisedSince = null, string? Reason = null) : LedgerEvent;

/// <summary>A public key as RFC 7517 writes it: members in the order of their names, as the thumbprint wants
/// them.</summary>
public sealed record KeyJwk(string Crv, string Kty, string X, string? Y = null);

/// <summary>What a key signs (proof.md §6).</summary>
public enum KeyPurpose
{
    /// <summary>Leaves of the log: a key of the operator's.</summary>
    Leaf,

    /// <summary>Deeds of a party.</summary>
    Deed,

    /// <summary>Credentials of wipes.</summary>
    Wipe,

    /// <summary>Credentials of credit signals.</summary>
    Credit,
    Receipt,
}

/// <summary>Who holds the private half: the party itself, or this service on its behalf.</summary>
public enum KeyCustody
{
    Own,
    Service,
}

/// <summary>Catalogue lines of parties' keys; <see cref="EventCatalog"/> gathers them.</summary>
public static class KeyEvents
{
    /// <summary>The refusal that names a revoked key has the event's word (domain.md §2).</summary>
    public const string IsRevoked = "key-revoked";

    public static ImmutableArray<EventLine> All { get; } =
    [
        EventLine
            .Of<KeyRegistered>("key-registered", KeyStreams.Keys, "登记密钥", "Key registered")
            .FirstIn("Ledger.Parties"),
        EventLine.Of<KeyRevoked>("key-revoked", KeyStreams.Keys, "吊销密钥", "Key revoked").FirstIn("Ledger.Parties"),
    ];
}
