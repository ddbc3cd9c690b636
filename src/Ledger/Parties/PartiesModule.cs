using Ledger.Kernel;

namespace Ledger.Parties;

/// <summary>Parties, their keys and licences, and issuers.</summary>
static class PartiesModule
{
    public static Module Module { get; } =
        new("Parties")
        {
            Events = [.. KeyEvents.All, .. PartyEvents.All, .. IssuerEvents.All],
            Commands = [PartyDecider.Commands, KeyDecider.Commands, IssuerDecider.Commands],
            Refusals = PartyRefusals.All,
            Rules = [.. PartyRules.All],
            Evaluators = PartyEvaluators.All,
            Reservations =
            [
                new("key"),
                // Of a party's licence, and of the licence of an export batch.
                new("licence", Changes: true, Goes: true) { Holds = ReservationKind.HoldsName },
                new("issuer", Changes: true),
            ],
            Steps = new([Noun.Party, Noun.Issuer, Noun.Keys], Steps),
            Times =
            [
                ActTimeLine.Ahead<PartyRoleGranted>(e => e.ValidFrom),
                ActTimeLine.Ahead<PartyRoleGranted>(e => e.ValidTo),
                ActTimeLine.Ahead<LicenceRecorded>(e => e.ValidFrom),
                ActTimeLine.Ahead<LicenceRecorded>(e => e.ValidTo),
                ActTimeLine.Ahead<IssuerRegistered>(e => e.From),
                ActTimeLine.Ahead<IssuerRegistered>(e => e.To),
                // An authority may say today from when on it trusts an issuer no more.
                ActTimeLine.Ahead<IssuerRevoked>(e => e.Since),
                ActTimeLine.Ahead<KeyRegistered>(e => e.From),
                ActTimeLine.Ahead<KeyRegistered>(e => e.To),
                ActTimeLine.Happened<KeyRevoked>(e => e.CompromisedSince),
            ],
        };

    static IEnumerable<GuardStep> Steps(StepSource source, Recorded e, IEnumerable<Recorded> before) =>
        e.Event switch
        {
            LicenceRecorded { Kind: { } kind, Number: { } number } => Licence(source, kind, number, e, before),
            LicenceEnded { Kind: { } kind, Number: { } number } => Licence(source, kind, number, e, before),
            IssuerRegistered or IssuerSuspended or IssuerRevoked when Issuer.Fold(before.Append(e)) is { } issuer =>
            [
                source.Step(IssuerTerm.Row(issuer.Org), GuardDeed.Set, IssuerTerm.Text(issuer)),
            ],
            KeyRegistered key when e.StreamId != source.OperatorKeys || e.Version > 1 =>
            [
                source.Step(KeyDecider.Guard(key.Thumbprint), GuardDeed.Take, $"{e.StreamId}"),
            ],
            _ => [],
        };

    static IEnumerable<GuardStep> Licence(
        StepSource source,
        LicenceKind kind,
        string number,
        Recorded e,
        IEnumerable<Recorded> before
    ) =>
        PartyOnRoll.Fold(before.Append(e)) is { } party
            ?
            [
                source.Step(
                    LicenceTerms.Row(kind, number),
                    GuardDeed.Set,
                    LicenceTerms.Text(e.StreamId, party.Licences.Where(l => l.Is(kind, number)))
                ),
            ]
            : [];
}
