using System.Collections.Immutable;
using Ledger.Kernel;

namespace Ledger.Parties;

/// <summary>Registers, suspends and revokes issuers; each by two persons.</summary>
public static class IssuerDecider
{
    public static CommandKind Commands { get; } =
        CommandKind.OfOne<IssuerCommand, Issuer?>(
            PartyStreams.Issuer,
            (c, s) => IssuerCommand.StreamOf(c.Org, s.Ids),
            Issuer.Fold,
            (c, _) => Named(c),
            (c, _, issuer, s) => Decide(c, issuer, s)
        );

    /// <param name="issuer">As it stands; null: nobody has registered it.</param>
    public static Decision Decide(IssuerCommand c, Issuer? issuer, Situation s)
    {
        Decision Next(LedgerEvent e, Issuer next) =>
            Decision
                .Record(e)
                .Taking(
                    new ReservationChange(
                        IssuerTerm.Row(c.Org),
                        s.ReservationOf(IssuerTerm.Row(c.Org)),
                        IssuerTerm.Text(next)
                    )
                );
        return (c, issuer) switch
        {
            (RegisterIssuer r, _) => Register(r, issuer, Next, s),
            (_, null) => Decision.Refuse(Refusal.Of("issuer-not-found", ("value", Bounds.Short(c.Org)))),
            (_, { RevokedSince: not null }) => Decision.Refuse(new Refusal("wrong-state") { CurrentState = "revoked" }),
            (SuspendIssuer, { SuspendedSince: not null }) => Decision.Record(),
            (SuspendIssuer x, _) => Next(
                new IssuerSuspended(x.Reason, x.Basis),
                issuer with
                {
                    SuspendedSince = s.OccurredAt,
                }
            ),
            (RevokeIssuer r, _) => Next(
                new IssuerRevoked(r.Since, r.Reason),
                issuer with
                {
                    RevokedSince = r.Since ?? s.OccurredAt,
                }
            ),
            _ => throw new UnknownCommandException(c),
        };
    }

    static Decision Register(RegisterIssuer c, Issuer? issuer, Func<LedgerEvent, Issuer, Decision> next, Situation s)
    {
        var r = new IssuerRegistered(c.Org, c.Name, c.Purposes, c.Accreditation, c.Keys, c.From, c.To);
        if (issuer is { SuspendedSince: null, RevokedSince: null } && SaysNothingNew(r, issuer))
            return Decision.Record();
        // An accreditation that it acts under is the party's that it is itself.
        return Flaw(r, PartyCommand.StreamOf(c.Org, s.Ids), s) is { } flaw
            ? Decision.Refuse(flaw)
            : next(r, Issuer.Registering(r, issuer, s.OccurredAt));
    }

    /// <summary>An issuer that stands is registered again in other words only.</summary>
    static bool SaysNothingNew(IssuerRegistered r, Issuer issuer)
    {
        var (next, now) = (Issuer.Registering(r, issuer, issuer.RegisteredAt).Registered, issuer.Registered);
        return next with { Purposes = now.Purposes, Keys = now.Keys } == now
            && (next.Purposes ?? []).SequenceEqual(now.Purposes ?? [])
            && (next.Keys ?? []).SequenceEqual(now.Keys ?? []);
    }

    /// <summary>Which reservations the decision reads.</summary>
    static ImmutableArray<ReservationKey> Named(IssuerCommand c) =>
        c is RegisterIssuer { Accreditation: { } number }
            ? [IssuerTerm.Row(c.Org), LicenceTerms.Row(LicenceKind.Accreditation, number)]
            : [IssuerTerm.Row(c.Org)];

    /// <summary>An accreditation that it acts under is its own and holds on the first day.</summary>
    static Refusal? Flaw(IssuerRegistered r, Guid holder, Situation s)
    {
        var first = ShanghaiDay.Of(r.From ?? s.OccurredAt);
        if (new Term(first, r.To is { } to ? ShanghaiDay.Of(to) : null).Backwards is { } backwards)
            return backwards.At("to");
        if (r.Accreditation is not { } number)
            return null;
        var terms = LicenceTerms.Read(s.ReservationOf(LicenceTerms.Row(LicenceKind.Accreditation, number)));
        return terms?.Holder == holder && terms.IsValidOn(first)
            ? null
            : new Refusal("accreditation-not-valid-on-date").At("accreditation");
    }
}
