using System.Collections.Immutable;
using Ledger.Goods;
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

    public static Issuer? Fold(IEnumerable<Recorded> history)
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

/// <summary>What the guard row of an issuer says, so that an act on a party can ask of a code without reading the
/// issuer: its purposes and its term, as <c>licence,wipe|from..to</c>; no row: it is not known.</summary>
public sealed record IssuerTerm(ImmutableArray<IssuerPurpose> Purposes, Term Term)
{
    public static GuardKey Row(string org) => new("issuer", org);

    public static bool Is(GuardKey key) => key.Kind == "issuer";

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

/// <summary>Registers, suspends and revokes issuers; each by two persons.</summary>
public static class IssuerDecider
{
    /// <param name="issuer">As it stands; null: nobody has registered it.</param>
    /// <param name="holder">Stream of the party that it is: an accreditation must be its own.</param>
    public static Decision Decide(LedgerEvent e, string org, Issuer? issuer, Guid holder, Situation s)
    {
        if (Occurrence.Ahead(s.OccurredAt, s.Now) is { } ahead)
            return Decision.Refuse(ahead);
        if (s.SecondActor is null)
            return Decision.Refuse(new Refusal("counter-signature-missing"));
        Decision Next(Issuer next) =>
            Decision
                .Record(e)
                .Taking(new GuardChange(IssuerTerm.Row(org), s.Guard(IssuerTerm.Row(org)), IssuerTerm.Text(next)));
        return (e, issuer) switch
        {
            (IssuerRegistered r, { SuspendedSince: null, RevokedSince: null }) when SaysNothingNew(r, issuer) =>
                Decision.Record(),
            (IssuerRegistered r, _) => Flaw(r, holder, s) is { } flaw
                ? Decision.Refuse(flaw)
                : Next(Issuer.Registering(r, issuer, s.OccurredAt)).Taking([.. Read(e, org, s)]),
            (_, null) => Decision.Refuse(Refusal.Of("issuer-unknown", ("value", Bounds.Short(org)))),
            (_, { RevokedSince: not null }) => Decision.Refuse(new Refusal("wrong-state") { CurrentState = "revoked" }),
            (IssuerSuspended, { SuspendedSince: not null }) => Decision.Record(),
            (IssuerSuspended, _) => Next(issuer with { SuspendedSince = s.OccurredAt }),
            (IssuerRevoked r, _) => Next(issuer with { RevokedSince = r.Since ?? s.OccurredAt }),
            _ => throw new ArgumentException($"{e.GetType().Name} is no act on an issuer.", nameof(e)),
        };
    }

    /// <summary>An issuer that stands is registered again in other words only.</summary>
    static bool SaysNothingNew(IssuerRegistered r, Issuer issuer)
    {
        var (next, now) = (Issuer.Registering(r, issuer, issuer.RegisteredAt).Registered, issuer.Registered);
        return next with { Purposes = now.Purposes, Keys = now.Keys } == now
            && (next.Purposes ?? []).SequenceEqual(now.Purposes ?? [])
            && (next.Keys ?? []).SequenceEqual(now.Keys ?? []);
    }

    /// <summary>Which guard rows the decision reads.</summary>
    public static ImmutableArray<GuardKey> Named(LedgerEvent e, string org) =>
        e is IssuerRegistered { Accreditation: { } number }
            ? [IssuerTerm.Row(org), ItemGuards.Accreditation(number)]
            : [IssuerTerm.Row(org)];

    /// <summary>The accreditation's row, held as it was read.</summary>
    static IEnumerable<GuardChange> Read(LedgerEvent e, string org, Situation s) =>
        Named(e, org).Where(key => !IssuerTerm.Is(key)).Select(key => GuardChange.Read(key, s.Guard(key)));

    /// <summary>An accreditation that it acts under is its own and holds on the first day.</summary>
    static Refusal? Flaw(IssuerRegistered r, Guid holder, Situation s)
    {
        var first = ShanghaiDay.Of(r.From ?? s.OccurredAt);
        if (new Term(first, r.To is { } to ? ShanghaiDay.Of(to) : null).Backwards is { } backwards)
            return backwards.At("to");
        if (r.Accreditation is not { } number)
            return null;
        var terms = LicenceTerms.Read(s.Guard(ItemGuards.Accreditation(number)));
        return terms?.Holder == holder && terms.IsValidOn(first)
            ? null
            : new Refusal("accreditation-not-valid-on-date").At("accreditation");
    }
}
