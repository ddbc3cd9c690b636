using System.Collections.Immutable;
using Ledger.Kernel;

namespace Ledger.Parties;

/// <summary>A body whose word counts for a purpose: from then on its credentials and licences are known (proof.md §8).
/// A later registration takes the place of the one before.</summary>
/// <param name="Org">Its unified social credit code.</param>
/// <param name="Accreditation">Number of the accreditation it acts under.</param>
/// <param name="Keys">Thumbprints of the keys it signs with (RFC 7638).</param>
/// <param name="From">First instant; absent: when it was registered.</param>
/// <param name="To">Last instant; absent: no end is set.</param>
public sealed record IssuerRegistered(
    string? Org,
    string? Name = null,
    ImmutableArray<IssuerPurpose>? Purposes = null,
    string? Accreditation = null,
    ImmutableArray<string>? Keys = null,
    DateTimeOffset? From = null,
    DateTimeOffset? To = null
) : LedgerEvent;

/// <summary>Two persons suspended an issuer: credentials and licences that it gives do not count until it is registered
/// again.</summary>
/// <param name="Basis">Hash of the order.</param>
public sealed record IssuerSuspended(string? Reason, string? Basis = null) : LedgerEvent;

/// <summary>Two persons revoked an issuer: credentials and licences that it gives after an instant do not
/// count.</summary>
/// <param name="Since">From when on its word counts for nothing; earlier words stand.</param>
public sealed record IssuerRevoked(DateTimeOffset? Since, string? Reason = null) : LedgerEvent;

/// <summary>What an issuer is known for.</summary>
public enum IssuerPurpose
{
    /// <summary>Data-wipe credentials.</summary>
    Wipe,

    /// <summary>Credit signals.</summary>
    Credit,

    /// <summary>Licences, accreditations and filings.</summary>
    Licence,
}

/// <summary>Catalogue lines of issuers; <see cref="EventCatalog"/> gathers them.</summary>
public static class IssuerEvents
{
    public static ImmutableArray<EventLine> All { get; } =
    [
        EventLine.Of<IssuerRegistered>("issuer-registered", PartyStreams.Issuer, "签发机构登记", "Issuer registered"),
        EventLine.Of<IssuerSuspended>("issuer-suspended", PartyStreams.Issuer, "签发机构暂停", "Issuer suspended"),
        EventLine.Of<IssuerRevoked>("issuer-revoked", PartyStreams.Issuer, "签发机构撤销", "Issuer revoked"),
    ];
}
