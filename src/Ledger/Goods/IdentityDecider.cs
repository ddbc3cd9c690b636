using System.Collections.Immutable;
using Ledger.Kernel;
using Ledger.Kernel.Identifiers;

namespace Ledger.Goods;

/// <summary>One identifier, two things: the second one enters the ledger with the conflict, and both carry
/// it.</summary>
public static class IdentityDecider
{
    /// <param name="first">Which the identifier is bound to; it stays so.</param>
    /// <param name="second">What is known of the other thing; its category is the first one's.</param>
    public static ImmutableArray<StreamDecision> Raise(
        NamedIdentifier identifier,
        string? evidence,
        Guid first,
        Item? item,
        RegisterItem second,
        Situation s
    )
    {
        if (item is null)
            return Refuse(second.ItemId, new("unknown-stream"));
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

    /// <param name="said">Without <see cref="IdentityConflictResolved.Other"/>: each stream names the other
    /// one.</param>
    public static ImmutableArray<StreamDecision> Resolve(
        IdentityConflictResolved said,
        Guid one,
        Item? item,
        Guid other,
        Item? second,
        Situation s
    )
    {
        if (item is null)
            return Refuse(one, new("unknown-stream"));
        if (second is null || item.Conflicts.All(c => c.Other != other))
            return Refuse(one, Refusal.Of("no-such-conflict", ("value", other)).At("other"));
        if (said.Evidence is null)
            return Refuse(one, new Refusal("evidence-missing").At("evidence"));
        if (said.Genuine?.Id != one && said.Genuine?.Id != other)
            return Refuse(
                one,
                Refusal
                    .Of(
                        "value-malformed",
                        ("name", "genuine"),
                        ("value", said.Genuine),
                        ("expected", $"{one}, {other}")
                    )
                    .At("genuine")
            );
        var newest = item.LastAt > second.LastAt ? item.LastAt : second.LastAt;
        if (Occurrence.TooEarly(s.OccurredAt, newest) is { } early)
            return Refuse(one, early);
        return [Of(one, said with { Other = new(other) }), Of(other, said with { Other = new(one) })];
    }

    static StreamDecision Of(Guid item, params ImmutableArray<LedgerEvent> events) =>
        new(item, Noun.Item, Decision.Record(events));

    static ImmutableArray<StreamDecision> Refuse(Guid item, Refusal refusal) =>
        [new(item, Noun.Item, Decision.Refuse(refusal))];
}
