using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Proof;

namespace Ledger.DataWipe;

/// <summary>Media, wipes and incidents.</summary>
static class DataWipeModule
{
    public static Module Module { get; } =
        new("DataWipe")
        {
            Streams = [WipeStreams.Incident],
            Identifiers =
            [
                new(
                    typeof(ItemMediaDeclared),
                    "serials",
                    (_, texts, _) =>
                        texts.IsEmpty
                            ? null
                            : Jcs.Of(json => json.AddList(texts, (list, text) => list.AddText(text.Value)))
                ),
            ],
            Events = [.. WipeEvents.All, .. IncidentEvents.All],
            Permits = DataWipePermits.All,
            Commands = [WipeDecider.Commands, IncidentDecider.Commands],
            Refusals = WipeRefusals.All,
            Rules = [.. WipeRules.All],
            Evaluators = WipeEvaluators.All,
            Reservations =
            [
                new("wipe-report") { Holds = static (row, _) => row is not null },
                // Within one batch it may be freed and taken again: the row sees only what comes of it.
                new("medium", Changes: true, Goes: true, BindsText: true) { Holds = ReservationKind.HoldsName },
                new("tool", Changes: true, Goes: true)
                {
                    Holds = static (row, mine) => row?.Split(' ').Contains(mine) is true,
                },
            ],
            Steps = new([WipeStreams.Incident], Steps),
            Item = new()
            {
                Evolve = ItemPart.Facet(
                    static item => item.Data,
                    DataFacet.Evolve,
                    static (item, facet) => item with { Data = facet }
                ),
                Kinds = [new("wipes", "attestationId", "attestation-not-found")],
                Follows = static (item, e) =>
                    e switch
                    {
                        WipeAttested w => item.Data.MediumOf(w.MediumIx) is not null,
                        WipeVerified v => item.Data.Of(v.AttestationId) is not null,
                        _ => true,
                    },
                Corrections =
                [
                    Correctable.Of<ItemMediaDeclared>() with
                    {
                        // Serial numbers bind a medium to its item: another one is another medium.
                        Fixed = static (was, to) =>
                            (was, to) is (ItemMediaDeclared w, ItemMediaDeclared t)
                            && !WipeReservations.Serials(t).SetEquals(WipeReservations.Serials(w))
                                ? "media.handle"
                                : null,
                        Judge = static (to, _, _) => new([], WipeDecider.Flaws((ItemMediaDeclared)to)),
                        Frees = WipeReservations.Freed,
                    },
                ],
                Steps = WipeReservations.Steps,
            },
            Times =
            [
                ActTimeLine.Happened<WipeAttested>(e => e.StartedAt),
                ActTimeLine.Happened<WipeAttested>(e => e.FinishedAt),
                ActTimeLine.Happened<RecoveryIncidentReported>(e => e.From),
                // An incident reaches on until its cause is gone.
                ActTimeLine.Ahead<RecoveryIncidentReported>(e => e.To),
            ],
        };

    static IEnumerable<ReservationStep> Steps(StepSource source, StoredEvent e, IEnumerable<StoredEvent> before) =>
        e.Event switch
        {
            RecoveryIncidentReported r => Tools(source, r, ReservationEffect.Name, r.IncidentId),
            IncidentClosed closed when Incident.Fold(before) is { } incident => Tools(
                source,
                incident.Reported,
                ReservationEffect.Unname,
                closed.IncidentId
            ),
            _ => [],
        };

    static IEnumerable<ReservationStep> Tools(
        StepSource source,
        RecoveryIncidentReported of,
        ReservationEffect effect,
        Guid? incident
    ) => IncidentDecider.Tools(of).Distinct().Select(key => source.Step(key, effect, $"{incident}"));
}
