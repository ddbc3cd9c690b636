using System.Collections.Immutable;
using Ledger.Kernel;
using Ledger.Store;

namespace Ledger.Pipeline;

/// <summary>What a caller is told of a command.</summary>
public abstract record Answer
{
    private Answer() { }

    /// <summary>On record, now or before; without events there was nothing left to do.</summary>
    public sealed record Accepted(ImmutableArray<Guid> EventIds, Guid Stream, long Version) : Answer
    {
        /// <summary>What proves it, where it was recorded just now; a repeat's proof is made from the record.</summary>
        public WriteOutcome.Appended? Just { get; init; }

        /// <summary>It was on record before.</summary>
        public bool IsRepeat { get; init; }
    }

    /// <summary>Nothing was recorded; each refusal says why.</summary>
    public sealed record Refused(ImmutableArray<Refusal> Refusals) : Answer
    {
        internal static Refused Of(Refusal refusal) => new([refusal]);
    }

    /// <summary>Nothing was recorded: the signing input of the deed that a party may sign for it.</summary>
    public sealed record Prepared(string SigningInput) : Answer;

    /// <summary>Null: what it rests on has moved; decide once again.</summary>
    internal static Answer? Of(WriteOutcome outcome) =>
        outcome switch
        {
            WriteOutcome.Appended r => new Accepted(r.EventIds, r.Stream, r.Version) { Just = r },
            WriteOutcome.Known k => new Accepted(k.EventIds, k.Stream, k.Version) { IsRepeat = true },
            WriteOutcome.Refused r => Refused.Of(r.Refusal),
            WriteOutcome.Unknown => Refused.Of(new("outcome-unknown")),
            _ => null,
        };
}
