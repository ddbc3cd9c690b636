using System.Collections.Immutable;
using Ledger.Kernel;

namespace Ledger.Parties;

/// <summary>An issuer as folded from its stream.</summary>
/// <param name="RegisteredAt">When the first registration that still counts was recorded.</param>
/// <param name="SuspendedSince">From when on its word counts for nothing, until it is registered again.</param>
/// <param name="RevokedSince">From when on its word counts for nothing.</param>
public sealed record Issuer(
    IssuerRegistered Registered,
    DateTimeOffset RegisteredAt,
    DateTimeOffset? SuspendedSince,
    DateTimeOffset? RevokedSince,
    long Version
)
{
    public string Org => Registered.Org ?? "";

    public static Issuer? Fold(IEnumerable<StoredEvent> history)
    {
        Issuer? issuer = null;
        foreach (var e in history)
            issuer = (e.Event, issuer) switch
            {
                (IssuerRegistered registered, _) => Registering(registered, issuer, e.Envelope.OccurredAt) with
                {
                    Version = e.Version,
                },
                (IssuerSuspended, not null) => issuer with
                {
                    SuspendedSince = e.Envelope.OccurredAt,
                    Version = e.Version,
                },
                (IssuerRevoked revoked, not null) => issuer with
                {
                    RevokedSince = revoked.Since ?? e.Envelope.OccurredAt,
                    Version = e.Version,
                },
                _ => issuer,
            };
        return issuer;
    }

    /// <summary>Registered again while it stands it goes on from its first day; after a stop it begins anew.</summary>
    internal static Issuer Registering(IssuerRegistered r, Issuer? before, DateTimeOffset at) =>
        before is { SuspendedSince: null, RevokedSince: null }
            ? before with
            {
                Registered = r with { From = r.From ?? before.Registered.From },
            }
            : new(r, at, null, null, 0);

    /// <summary>The days on which its word counts.</summary>
    public Term Term =>
        new Term(ShanghaiDay.Of(Registered.From ?? RegisteredAt), Day(Registered.To))
            .Until(Day(SuspendedSince))
            .Until(Day(RevokedSince));

    static DateOnly? Day(DateTimeOffset? at) => at is { } instant ? ShanghaiDay.Of(instant) : null;
}

/// <summary>What the reservation of an issuer says, so that an act on a party can ask of a code without reading the
/// issuer: its purposes and its term, as <c>licence,wipe|from..to</c>; no row: it is not known.</summary>
public sealed record IssuerTerm(ImmutableArray<IssuerPurpose> Purposes, Term Term)
{
    public static ReservationKey Row(string org) => new("issuer", org);

    public static bool Is(ReservationKey key) => key.Kind == "issuer";

    public static IssuerTerm? Read(string? row)
    {
        if (row?.Split('|') is not [var purposes, var term] || Term.Read(term) is not { } days)
            return null;
        var words = purposes.Split(',');
        return new([.. Enum.GetValues<IssuerPurpose>().Where(p => words.Contains(WireWords.Of(p)))], days);
    }

    public static string Text(Issuer issuer) =>
        $"{string.Join(',', (issuer.Registered.Purposes ?? []).Select(p => WireWords.Of(p)))}|{issuer.Term}";

    public bool Issues(IssuerPurpose purpose, DateOnly day) => Purposes.Contains(purpose) && Term.Holds(day);
}
