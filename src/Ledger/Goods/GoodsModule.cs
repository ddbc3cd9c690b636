using System.Collections.Immutable;
using Ledger.Kernel;
using Ledger.Kernel.Identifiers;
using Ledger.Rules;

namespace Ledger.Goods;

/// <summary>What an item is: identifiers, condition, facts, corrections.</summary>
static class GoodsModule
{
    public static Module Module { get; } =
        new("Goods")
        {
            Streams = [GoodsStreams.Item],
            Identifiers = NamedIdentifiers.All,
            Events = [.. ItemEvents.All, .. ConditionEvents.All, .. IdentityEvents.All],
            Permits = GoodsPermits.All,
            Commands =
            [
                RegistrationDecider.Commands,
                GoodsDecider.Commands,
                CorrectionDecider.Commands,
                ObservedFactDecider.Commands,
                IdentityDecider.Commands,
            ],
            Refusals = [.. ItemRefusals.All, .. IdentifierRefusals.All],
            Rules = [.. IdentifierRules.All, .. ScrapRules.All, .. ConditionRules.All, .. OdometerRules.All],
            Evaluators = [.. GoodsEvaluators.All, .. OdometerEvaluators.All],
            // Whatever an identifier was bound to, it stays bound to.
            Reservations =
            [
                .. Identifier.Kinds.Select(kind => new ReservationKind(
                    ReservationKinds.Aliases + kind,
                    BindsText: true
                )),
            ],
            Item = new()
            {
                Corrections =
                [
                    Correctable.Of<ItemRegistered>() with
                    {
                        Fixed = static (was, to) =>
                            (was, to) is (ItemRegistered w, ItemRegistered t)
                            && (
                                t.Category != w.Category
                                || t.Identifiers.IsDefault
                                || !t.Identifiers.SequenceEqual(w.Identifiers)
                            )
                                ? "category, identifiers"
                                : null,
                    },
                    Correctable.Of<OdometerObserved>() with
                    {
                        // Its answer is of the number alone.
                        Members = ["valueKm"],
                        NeedsEvidence = true,
                        Corrected = static (c, to) =>
                            to is OdometerObserved { ValueKm: { } km }
                                ? new OdometerCorrected(c.Target, OdometerCause.Misread, km, c.Evidence, c.Reason)
                                : null,
                    },
                    Correctable.Of<ItemDisclosed>() with
                    {
                        Judge = static (to, item, _) =>
                            new([], DisclosureDecider.Decide((ItemDisclosed)to, item).Refusals),
                    },
                    Correctable.Of<ItemInspected>() with
                    {
                        // Under another accreditation it is another inspection, which that one's term judges.
                        Fixed = static (was, to) =>
                            (was, to) is (ItemInspected w, ItemInspected t) && w.Accreditation != t.Accreditation
                                ? "accreditation"
                                : null,
                    },
                    Correctable.Of<ItemGraded>() with
                    {
                        Judge = static (to, item, s) =>
                            to is ItemGraded g
                                ? GoodsDecider.JudgeGrade(g.ScoreTenths, g.Grade, g.Accident, item, s)
                                : Judgement.None,
                    },
                ],
                InSequence = static (_, e) => e is not ItemRegistered,
                ObservedParties = ImmutableDictionary<Type, string>.Empty.Add(typeof(ItemRegistered), "owner"),
                JudgeObserved = static (e, item, s) =>
                    e is OdometerObserved reading ? OdometerSeries.JudgeObserved(reading, item, s) : null,
                Steps = static (_, e, _) =>
                    e.Event switch
                    {
                        ItemRegistered { Identifiers: { IsDefaultOrEmpty: false } several } => several.Select(i =>
                            ReservationStep.OfAlias(i.Kind, i.Handle, e.StreamId)
                        ),
                        ItemIdentifierAdded { Identifier: { } one } =>
                        [
                            ReservationStep.OfAlias(one.Kind, one.Handle, e.StreamId),
                        ],
                        _ => [],
                    },
            },
            Times =
            [
                ActTimeLine.Happened<ItemRegistered>(e => e.ProductionDate, "manufactured_on"),
                ActTimeLine.Happened<ItemRegistered>(e => e.FirstRegistered, "first_registered_on"),
                ActTimeLine.Happened<ItemRegistered>(e => e.OwnedSince),
                ActTimeLine.Happened<OdometerObserved>(e => e.ObservedOn),
                ActTimeLine.Happened<UseNatureChanged>(e => e.ChangedOn),
                ActTimeLine.Ahead<UseNatureChanged>(e => e.LimitDate),
                ActTimeLine.Ahead<ScrapLimitReached>(e => e.LimitDate),
                ActTimeLine.Ahead<ItemAppraised>(e => e.ValidUntil),
                ActTimeLine.Ahead<InspectionRecorded>(e => e.ValidUntil),
            ],
        };
}
