using System.Collections.Immutable;
using Ledger.Kernel;

namespace Ledger.Goods;

/// <summary>Answers a wrong fact: nothing is edited, the target stays and readers see both (domain.md §6).</summary>
public interface ICorrection
{
    /// <summary>Event id of what is answered, on the same stream.</summary>
    Guid Target { get; }

    /// <summary>What stands in the target's place when state is folded; null: it did not happen.</summary>
    LedgerEvent? Apply(LedgerEvent target);
}

/// <summary>The thing happened, a detail was wrong: <c>{event}-corrected</c>, with all fields as they should have
/// been.</summary>
public sealed record Corrected<T>(Guid Target, string Reason, T To, string? Evidence = null) : LedgerEvent, ICorrection
    where T : LedgerEvent
{
    LedgerEvent? ICorrection.Apply(LedgerEvent target) => target is T ? To : target;

    public override LedgerEvent WithParties(Func<PartyRef, PartyRef> map) => this with { To = (T)To.WithParties(map) };
}

/// <summary>It did not happen: <c>{event}-voided</c>.</summary>
public sealed record Voided<T>(Guid Target, string Reason, string? Evidence = null) : LedgerEvent, ICorrection
    where T : LedgerEvent
{
    LedgerEvent? ICorrection.Apply(LedgerEvent target) => target is T ? null : target;
}

/// <summary>An event that has a twin: three catalogue lines from one.</summary>
public static class Twin
{
    public static ImmutableArray<EventLine> Of<T>(string name, string zh, string en)
        where T : LedgerEvent =>
        [
            EventLine.Of<T>(name, GoodsStreams.Item, zh, en),
            EventLine.Of<Corrected<T>>($"{name}-corrected", GoodsStreams.Item, $"{zh}·更正", $"{en}, corrected"),
            EventLine.Of<Voided<T>>($"{name}-voided", GoodsStreams.Item, $"{zh}·作废", $"{en}, voided"),
        ];
}
