using Ledger.Kernel;

namespace Ledger.Keys;

/// <summary>The closed union of what can be recorded of the keys of one party.</summary>
/// <param name="Chain">Stream of the keys: a party's, or the operator's.</param>
public abstract record KeyCommand(Guid Chain) : LedgerCommand
{
    /// <summary>The stream of a party's keys.</summary>
    /// <param name="party">Its reference, or an organisation's code.</param>
    public static Guid StreamOf(string party, Handles handles) => handles.EntityId("keys", "party", party);
}

/// <inheritdoc cref="KeyRegistered"/>
public sealed record RegisterKey(
    Guid Chain,
    string Thumbprint,
    KeyJwk Jwk,
    KeyPurpose Purpose,
    KeyCustody Custody,
    long From,
    long? To = null,
    string? Pop = null,
    string? Vouch = null,
    KeyJwk? Voucher = null
) : KeyCommand(Chain);

/// <summary>Asks to revoke a key of the chain; refused where it is unknown or revoked already.</summary>
/// <param name="CompromisedSince">From when on its signatures say nothing, Unix seconds; null: from now on.</param>
/// <param name="Thumbprint">RFC 7638 of the key.</param>
public sealed record RevokeKey(Guid Chain, string Thumbprint, long? CompromisedSince = null, string? Reason = null)
    : KeyCommand(Chain);
