using System.Collections.Immutable;
using Ledger.DataWipe;
using Ledger.Exports;
using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Markets;
using Ledger.Parties;

namespace Ledger;

/// <summary>
/// What events of every noun did to guard rows, told from the events again: played in the order of the log they give
/// the rows as they must stand. The deciders' <see cref="GuardChange"/>s, in one screen.
/// </summary>
/// <param name="operatorKeys">Stream of the operator's keys: the first one was registered before anybody could ask for
/// it, and has no row.</param>
/// <param name="invoiceOf">The number that an event's invoice has, which only the vault knows.</param>
public sealed class GuardSteps(Handles handles, Guid operatorKeys, Func<Guid, string?> invoiceOf)
{
    readonly ItemGuardSteps items = new(handles, invoiceOf);

    /// <summary>Streams of these nouns have such events.</summary>
    public static ImmutableArray<Noun> Nouns { get; } =
    [Noun.Item, Noun.Market, Noun.Station, Noun.Incident, Noun.Party, Noun.Issuer, Noun.Batch, Noun.Keys];

    /// <param name="events">All of a stream's, in their order.</param>
    public IEnumerable<(Recorded By, GuardStep Step)> Of(Noun noun, Guid stream, IReadOnlyList<Recorded> events) =>
        noun is Noun.Item
            ? items.Of(stream, events)
            : events.SelectMany((e, i) => Of(e, stream, events.Take(i)).Select(step => (e, step)));

    IEnumerable<GuardStep> Of(Recorded e, Guid stream, IEnumerable<Recorded> before) =>
        e.Event switch
        {
            MarketOpened { Code: { } code } => [Step(ItemGuards.Market(code), GuardDeed.Take, $"{stream}")],
            MarketSuspended or StationSuspended => [Site(e, GuardDeed.Set, SiteStates.Suspended)],
            MarketReinstated => [Site(e, GuardDeed.Clear)],
            MarketClosed => [Site(e, GuardDeed.Set, SiteStates.Closed)],
            StationAuthorised a => [Site(e, GuardDeed.Set, SiteStates.Term(a.ValidFrom, a.ValidTo))],
            RecoveryIncidentReported r => Tools(r, GuardDeed.Name, r.IncidentId),
            IncidentClosed closed when Incident.Fold(before) is { } incident => Tools(
                incident.Reported,
                GuardDeed.Unname,
                closed.IncidentId
            ),
            LicenceRecorded { Kind: { } kind, Number: { } number } => Licence(kind, number, stream, before.Append(e)),
            LicenceEnded { Kind: { } kind, Number: { } number } => Licence(kind, number, stream, before.Append(e)),
            IssuerRegistered or IssuerSuspended or IssuerRevoked when Issuer.Fold(before.Append(e)) is { } issuer =>
            [
                Step(IssuerTerm.Row(issuer.Org), GuardDeed.Set, IssuerTerm.Text(issuer)),
            ],
            CustomsDeclared when Batch.Fold(before) is { Licence.LicenceNo: { } number } batch =>
            [
                Step(BatchDecider.LicenceKey(number), GuardDeed.Set, $"{batch.Id}"),
            ],
            CustomsDeclarationWithdrawn when Batch.Fold(before) is { Licence.LicenceNo: { } number } =>
            [
                Step(BatchDecider.LicenceKey(number), GuardDeed.Clear),
            ],
            KeyRegistered key when stream != operatorKeys || e.Version > 1 =>
            [
                Step(KeyDecider.Guard(key.Thumbprint), GuardDeed.Take, $"{stream}"),
            ],
            _ => [],
        };

    GuardStep Step(GuardKey key, GuardDeed deed, string value = "") => GuardStep.Of(handles, key, deed, value);

    /// <summary>Such an act stands at the place that it is about.</summary>
    GuardStep Site(Recorded e, GuardDeed deed, string value = "") =>
        Step(ItemGuards.SiteState(e.Envelope.Site ?? ""), deed, value);

    IEnumerable<GuardStep> Tools(RecoveryIncidentReported of, GuardDeed deed, Guid? incident) =>
        IncidentDecider.Tools(of).Distinct().Select(key => Step(key, deed, $"{incident}"));

    IEnumerable<GuardStep> Licence(LicenceKind kind, string number, Guid stream, IEnumerable<Recorded> until) =>
        PartyOnRoll.Fold(until) is { } party
            ?
            [
                Step(
                    LicenceTerms.Row(kind, number),
                    GuardDeed.Set,
                    LicenceTerms.Text(stream, party.Licences.Where(l => l.Is(kind, number)))
                ),
            ]
            : [];
}
