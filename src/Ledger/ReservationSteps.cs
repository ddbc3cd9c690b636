using System.Collections.Immutable;
using Ledger.Goods;
using Ledger.Kernel;

namespace Ledger;

/// <summary>
/// What the events of every noun did to reservations, told from the events again: played in the order of the log they
/// give the rows as they must stand. The deciders' <see cref="ReservationChange"/>s, without the rows they were
/// decided on.
/// </summary>
public sealed class ReservationSteps(StepSource source)
{
    /// <summary>Streams of these kinds have such events.</summary>
    public static ImmutableArray<StreamKind> Kinds { get; } =
    [GoodsStreams.Item, .. Modules.All.SelectMany(m => m.Steps?.On ?? []).Distinct()];

    /// <param name="events">All of a stream's, in their order.</param>
    public IEnumerable<(StoredEvent By, ReservationStep Step)> Of(
        StreamKind kind,
        Guid stream,
        IReadOnlyList<StoredEvent> events
    ) => kind == GoodsStreams.Item ? OfItem(stream, events) : OfStream(kind, events);

    IEnumerable<(StoredEvent, ReservationStep)> OfStream(StreamKind kind, IReadOnlyList<StoredEvent> events)
    {
        StreamSteps[] several =
        [
            .. Modules.All.Select(m => m.Steps).OfType<StreamSteps>().Where(s => s.On.Contains(kind)),
        ];
        for (var i = 0; several.Length > 0 && i < events.Count; i++)
            foreach (var steps in several)
            foreach (var step in steps.Of(source, events[i], events.Take(i)))
                yield return (events[i], step);
    }

    IEnumerable<(StoredEvent, ReservationStep)> OfItem(Guid item, IReadOnlyList<StoredEvent> events)
    {
        var before = new ItemHistory(item);
        foreach (var e in events)
        {
            foreach (var part in Modules.ItemParts)
            foreach (var step in part.Steps(source, e, before).OfType<ReservationStep>())
                yield return (e, step);
            if (
                e.Event is ICorrection answer
                && before.Events.FirstOrDefault(b => b.EventId == answer.Target) is { } wrong
            )
                if (answer.Apply(wrong.Event) is null && !e.Envelope.IsObserved)
                    foreach (var freed in CorrectionDecider.Frees(before, wrong))
                        yield return (e, source.Step(freed.Key, freed.Effect, freed.Value));
            before.Append(e);
        }
    }

    /// <summary>The name of the number that an event may have in the vault and a reservation is made of; null: it has
    /// none.</summary>
    public static string? NumberName(StoredEvent e) =>
        e.Envelope.IsObserved
            ? null
            : Modules.ItemParts.Select(p => p.NumberName(e.Event)).FirstOrDefault(name => name is not null);
}
