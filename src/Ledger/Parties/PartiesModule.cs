using Ledger.Kernel;

namespace Ledger.Parties;

/// <summary>Parties, their licences, and issuers.</summary>
static class PartiesModule
{
    public static Module Module { get; } =
        new("Parties")
        {
            Streams = [PartyStreams.Party, PartyStreams.Roll, PartyStreams.Issuer],
            Events = [.. PartyEvents.All, .. IssuerEvents.All],
            Permits = PartiesPermits.All,
            Commands = [PartyDecider.Commands, IssuerDecider.Commands],
            Refusals = PartyRefusals.All,
            Rules = [.. PartyRules.All],
            Evaluators = PartyEvaluators.All,
            Reservations =
            [
                // Of a party's licence, and of the licence of an export batch.
                new("licence", Changes: true, Goes: true) { Holds = ReservationKind.HoldsName, KeepsHolder = true },
                new("issuer", Changes: true),
                new("name"),
            ],
            Steps = new([PartyStreams.Party, PartyStreams.Issuer], Steps),
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
            ],
        };

    static IEnumerable<ReservationStep> Steps(StepSource source, StoredEvent e, IEnumerable<StoredEvent> before) =>
        e.Event switch
        {
            PartyNamed { Party.Subject: { } word } =>
            [
                source.Step(PartyDecider.NameOf(word), ReservationEffect.Take, $"{e.StreamId}"),
            ],
            LicenceRecorded { Kind: { } kind, Number: { } number } => Licence(source, kind, number, e, before),
            LicenceEnded { Kind: { } kind, Number: { } number } => Licence(source, kind, number, e, before),
            IssuerRegistered or IssuerSuspended or IssuerRevoked when Issuer.Fold(before.Append(e)) is { } issuer =>
            [
                source.Step(IssuerTerm.Row(issuer.Org), ReservationEffect.Set, IssuerTerm.Text(issuer)),
            ],
            _ => [],
        };

    static IEnumerable<ReservationStep> Licence(
        StepSource source,
        LicenceKind kind,
        string number,
        StoredEvent e,
        IEnumerable<StoredEvent> before
    ) =>
        PartyOnRoll.Fold(before.Append(e)) is { } party
            ?
            [
                source.Step(
                    LicenceTerms.Row(kind, number),
                    ReservationEffect.Set,
                    LicenceTerms.Text(e.StreamId, party.Licences.Where(l => l.Is(kind, number)))
                ),
            ]
            : [];
}
