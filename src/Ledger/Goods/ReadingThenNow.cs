using Ledger.Kernel;
using Ledger.Rules;

namespace Ledger.Goods;

/// <summary>A reading as it was judged when it was recorded, and as it is known now.</summary>
/// <param name="Event">As it was recorded; its verdict stays with it.</param>
public sealed record ReadingThenNow(JudgedReading Now, StoredEvent Event)
{
    public ReadingVerdict AsRecorded { get; } = ReadingVerdict.AsRecorded(Event);

    /// <summary>Whether a reader should be told both.</summary>
    public bool Differs => Now.Known.DiffersFrom(AsRecorded);

    /// <summary>What a rule said of it when it was recorded; null: it was not asked.</summary>
    public Result? Then(string ruleId) =>
        Event.Event is Exports.DestinationRegistered ? null
        : Event.Envelope.Verdicts.IsDefaultOrEmpty ? Result.Pass
        : Event.Envelope.Verdicts.FirstOrDefault(v => v.RuleId == ruleId)?.Result ?? Result.Pass;
}
