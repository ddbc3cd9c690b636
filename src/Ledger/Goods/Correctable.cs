using System.Collections.Immutable;
using Ledger.Kernel;
using Ledger.Rules;

namespace Ledger.Goods;

/// <summary>A kind of event that may be corrected and voided (domain.md §6); of a kind without a line the noun's own
/// commands answer.</summary>
public sealed record Correctable(Type Event)
{
    /// <summary>The answer to a correction, with the event as it should have been; null: it says nothing.</summary>
    public required Func<CorrectEvent, LedgerEvent, LedgerEvent?> Corrected { get; init; }

    /// <summary>The answer that it did not happen.</summary>
    public required Func<VoidEvent, LedgerEvent> Voided { get; init; }

    /// <summary>Wire names of the members that a correction may say: what a party stated of the world. What the ledger
    /// derived and the ids that it made are never corrected by hand.</summary>
    public ImmutableArray<string> Members { get; init; } =
    [.. EventMember.Of(Event).Where(m => !m.IsDerived && m.Type != typeof(Guid)).Select(m => m.Name)];

    /// <summary>What of it may never change, from what it was and what it is to be: a name for the refusal; null: this
    /// correction leaves it alone.</summary>
    public Func<LedgerEvent, LedgerEvent, string?> Fixed { get; init; } = static (_, _) => null;

    /// <summary>Whether an answer must bring its evidence.</summary>
    public bool NeedsEvidence { get; init; }

    /// <summary>A correction is judged as a first entry is.</summary>
    public Func<LedgerEvent, Item, Situation, Judgement> Judge { get; init; } = static (_, _, _) => Judgement.None;

    /// <summary>What a void gives back of what the event had reserved.</summary>
    public Func<ItemHistory, StoredEvent, IEnumerable<Freed>> Frees { get; init; } = static (_, _) => [];

    /// <summary>Whose word counts beside the recorder's, beyond the owner and the parties that the event
    /// names.</summary>
    public Func<LedgerEvent, Item, IEnumerable<PartyRef?>> Sides { get; init; } = static (_, _) => [];

    /// <summary>Why it cannot be taken back any more, whoever asks: acts of its own lead back from there; null: it
    /// can.</summary>
    public Func<LedgerEvent, Item, Refusal?> Settled { get; init; } = static (_, _) => null;

    /// <summary>A kind whose answers are its twins, <see cref="Corrected{T}"/> and <see cref="Voided{T}"/>.</summary>
    public static Correctable Of<T>()
        where T : LedgerEvent =>
        new(typeof(T))
        {
            Corrected = static (c, to) => new Corrected<T>(c.Target, c.Reason, (T)to, c.Evidence),
            Voided = static v => new Voided<T>(v.Target, v.Reason, v.Evidence),
        };
}

/// <summary>A reservation that a void gives back, as a step of its row.</summary>
/// <param name="Value">What stands in the row, for <see cref="ReservationEffect.Free"/>.</param>
public readonly record struct Freed(ReservationKey Key, ReservationEffect Effect, string Value = "")
{
    /// <summary>The change of the row as it stands; null: there is nothing to give back.</summary>
    public ReservationChange? Change(Situation s) => ReservationChange.By(Key, s.ReservationOf(Key), Effect, Value);
}
