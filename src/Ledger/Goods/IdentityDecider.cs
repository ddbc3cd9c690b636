using System.Collections.Immutable;
using Ledger.Kernel;

namespace Ledger.Goods;

/// <summary>One identifier, two things: the second one enters the ledger with the conflict, and both carry
/// it.</summary>
public static class IdentityDecider
{
    public static CommandKind Commands { get; } =
        CommandKind.Of<IdentityCommand>(
            (c, _, _) =>
                c switch
                {
                    RaiseIdentityConflict r => [Need.Of(c.Item), Need.Of(r.Second.ItemId)],
                    ResolveIdentityConflict r => [Need.Of(c.Item), Need.Of(r.Other)],
                    _ => throw new UnknownCommandException(c),
                },
            (c, read, s) =>
                c switch
                {
                    RaiseIdentityConflict r => Raise(r, read.ItemOf(c.Item).State, s),
                    ResolveIdentityConflict r => Resolve(r, read.ItemOf(c.Item).State, read.ItemOf(r.Other).State, s),
                    _ => throw new UnknownCommandException(c),
                }
        );

    /// <param name="item">Which the identifier is bound to; it stays so.</param>
    public static ImmutableArray<StreamDecision> Raise(RaiseIdentityConflict c, Item? item, Situation s)
    {
        var (first, second, identifier, evidence) = (c.Item, c.Second, c.Identifier, c.Evidence);
        if (item is null)
            return Refuse(second.ItemId, Refusal.Of("item-not-found", ("value", first)));
        if (evidence is null)
            return Refuse(second.ItemId, new Refusal("evidence-missing").At("evidence"));
        if (!item.Identifiers.Contains(identifier.Ref))
            return Refuse(
                second.ItemId,
                Refusal.Of("identifier-not-held", ("value", identifier.Identifier)).At("identifier")
            );
        if (Occurrence.TooEarly(s.OccurredAt, item.LastAt) is { } early)
            return Refuse(second.ItemId, early);
        // Bound once and for ever: bundles prove that nobody else holds it. The second one has it in its conflict only.
        var registered = new ItemRegistered(
            item.Category,
            [],
            second.Make,
            second.Model,
            FirstRegistered: second.FirstRegistered,
            Owner: second.Owner
        );
        return
        [
            Of(second.ItemId, registered, new IdentityConflictRaised(identifier.Ref, new(first), evidence)),
            Of(first, new IdentityConflictRaised(identifier.Ref, new(second.ItemId), evidence)),
        ];
    }

    /// <summary>A thing keeps at least one identifier, and what is taken from it was bound to it.</summary>
    internal static Decision Correct(CorrectIdentifier c, Item item, ItemHistory history)
    {
        if (c.Evidence is null)
            return Decision.Refuse(new Refusal("evidence-missing").At("evidence"));
        var wrong = c.Identifier.Ref;
        if (!item.Identifiers.Contains(wrong))
            return Decision.Refuse(
                Refusal.Of("identifier-not-held", ("value", c.Identifier.Identifier)).At("identifier")
            );
        if (item.Identifiers.All(i => i == wrong))
            return Decision.Refuse(Refusal.Of("last-identifier", ("value", c.Identifier.Identifier)).At("identifier"));
        var bound = history.Events.LastOrDefault(e =>
            e.Event is ItemRegistered { Identifiers: { IsDefault: false } several } && several.Contains(wrong)
            || e.Event is ItemIdentifierAdded added && added.Identifier == wrong
        );
        return Decision.Record(new ItemIdentifierCorrected(bound?.EventId, wrong, c.Reason, c.Evidence));
    }

    public static ImmutableArray<StreamDecision> Resolve(
        ResolveIdentityConflict c,
        Item? item,
        Item? second,
        Situation s
    )
    {
        var (one, other) = (c.Item, c.Other);
        if (item is null)
            return Refuse(one, Refusal.Of("item-not-found", ("value", one)));
        if (second is null || item.Conflicts.All(c => c.Other != other))
            return Refuse(one, Refusal.Of("conflict-not-found", ("value", other)).At("other"));
        if (c.Evidence is null)
            return Refuse(one, new Refusal("evidence-missing").At("evidence"));
        if (c.Genuine != one && c.Genuine != other)
            return Refuse(
                one,
                Refusal
                    .Of("value-malformed", ("name", "genuine"), ("value", c.Genuine), ("expected", $"{one}, {other}"))
                    .At("genuine")
            );
        var newest = item.LastAt > second.LastAt ? item.LastAt : second.LastAt;
        if (Occurrence.TooEarly(s.OccurredAt, newest) is { } early)
            return Refuse(one, early);
        IdentityConflictResolved Resolved(Guid than) => new(new(than), new(c.Genuine), c.DecidedBy, c.Evidence);
        return [Of(one, Resolved(other)), Of(other, Resolved(one))];
    }

    static StreamDecision Of(Guid item, params ImmutableArray<LedgerEvent> events) =>
        new(item, GoodsStreams.Item, Decision.Record(events));

    static ImmutableArray<StreamDecision> Refuse(Guid item, Refusal refusal) =>
        [new(item, GoodsStreams.Item, Decision.Refuse(refusal))];
}
