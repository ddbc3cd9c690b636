using System.Text.Json;
using Ledger.Kernel;
using Ledger.Keys;
using Ledger.Proof;
using Ledger.Proof.Bundles;

namespace Ledger.Store.Auditing;

/// <summary>A key as its registration has it.</summary>
/// <param name="Iss">Of the registration.</param>
sealed record AuditedKey(Jwk Key, string Iss, KeyPurpose Purpose, KeyCustody Custody, long From, long? To)
{
    /// <summary>Seconds from which on its signatures say nothing.</summary>
    public long? RevokedFrom { get; init; }

    /// <summary>Null where it may sign at that time.</summary>
    public string? FaultAt(long time) =>
        time < From ? "key-not-yet-valid"
        : time > To ? "key-expired"
        : time >= RevokedFrom ? VerdictWords.KeyRevoked
        : null;
}

/// <summary>The keys that the leaves so far have registered; it grows with them: a deed may name any of
/// them.</summary>
sealed class RegisteredKeys
{
    static readonly string Registered = EventCatalog.OfType(typeof(KeyRegistered))!.WireName,
        Revoked = EventCatalog.OfType(typeof(KeyRevoked))!.WireName;

    readonly Dictionary<(Hash Chain, Hash Thumbprint), AuditedKey> keys = [];
    readonly Dictionary<Hash, (Hash Chain, Hash Thumbprint)> signers = [];

    /// <summary>Whether a leaf is about keys.</summary>
    public static bool AreToldBy(Leaf leaf) => leaf.Claims.Evt == Registered || leaf.Claims.Evt == Revoked;

    /// <summary>A key that signs leaves.</summary>
    public AuditedKey? SignerOf(in Hash thumbprint) =>
        signers.TryGetValue(thumbprint, out var place) ? keys[place] : null;

    /// <summary>A party's own key for deeds.</summary>
    public Jwk? ForDeed(SignedDeed signed) =>
        keys.TryGetValue((signed.Deed.Party, signed.Jws.Kid), out var key)
        && key is { Purpose: KeyPurpose.Deed, Custody: KeyCustody.Own }
            ? key.Key
            : null;

    /// <summary>Takes a leaf about keys in.</summary>
    /// <returns>What is wrong with it; null: nothing.</returns>
    public string? Take(Leaf leaf) =>
        leaf.Claims.Evt == Registered ? Register(leaf)
        : leaf.Claims.Evt == Revoked ? Revoke(leaf)
        : null;

    string? Register(Leaf leaf)
    {
        if (
            Read<KeyRegistered>(leaf) is not { } said
            || !leaf.Said.TryGetProperty("jwk", out var json)
            || Jwk.Read(json) is not { } key
            || key.Thumbprint.ToBase64Url() != said.Thumbprint
        )
            return "registers a key that is none";
        var place = (leaf.Claims.Item, key.Thumbprint);
        keys[place] = new(key, leaf.Claims.Iss, said.Purpose, said.Custody, said.From, said.To);
        if (said.Purpose == KeyPurpose.Leaf)
            signers.TryAdd(key.Thumbprint, place);
        if (said.Custody != KeyCustody.Own)
            return null;
        var statement = new KeyStatement(leaf.Claims.Item, key.Thumbprint, WireWords.Of(said.Purpose), said.From);
        return said.Pop is { } pop && statement.Check(pop, kid => kid == key.Thumbprint ? key : null) == 0
            ? null
            : "registers an own key without proof of possession";
    }

    string? Revoke(Leaf leaf)
    {
        if (
            Read<KeyRevoked>(leaf) is not { } said
            || StrictBase64.ReadUrlHash(said.Thumbprint) is not { } thumbprint
            || !keys.TryGetValue((leaf.Claims.Item, thumbprint), out var key)
        )
            return "revokes a key that its chain does not have";
        var since = said.CompromisedSince ?? leaf.Claims.Iat;
        keys[(leaf.Claims.Item, thumbprint)] = key with { RevokedFrom = Math.Min(key.RevokedFrom ?? since, since) };
        return null;
    }

    static T? Read<T>(Leaf leaf)
        where T : LedgerEvent
    {
        try
        {
            return leaf.Said.Deserialize<T>(WireJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
