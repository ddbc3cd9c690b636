using System.Collections.Immutable;

namespace Ledger.Kernel;

/// <summary>What a command must have read before it is decided.</summary>
public abstract record Need
{
    private Need() { }

    /// <summary>All events of a stream.</summary>
    public sealed record Stream(Guid Id) : Need;

    /// <summary>Only where a stream stands: for what is added to it whatever it says.</summary>
    public sealed record Tip(Guid Id) : Need;

    /// <summary>The value of a reservation.</summary>
    public sealed record Reservation(ReservationKey Key) : Need;

    public static Need Of(Guid stream) => new Stream(stream);

    public static Need TipOf(Guid stream) => new Tip(stream);

    public static Need Of(ReservationKey key) => new Reservation(key);
}

/// <summary>How the commands of one union are decided; both functions are pure.</summary>
/// <param name="Union">The union's base type.</param>
/// <param name="Needs">What a command must have read, as far as what has been read already tells it: it is asked until
/// it names nothing new.</param>
/// <param name="Decide">The first decision is about the stream that the answer names.</param>
public sealed record CommandKind(
    Type Union,
    Func<LedgerCommand, StreamsRead, Situation, IEnumerable<Need>> Needs,
    Func<LedgerCommand, StreamsRead, Situation, ImmutableArray<StreamDecision>> Decide
)
{
    public static CommandKind Of<T>(
        Func<T, StreamsRead, Situation, IEnumerable<Need>> needs,
        Func<T, StreamsRead, Situation, ImmutableArray<StreamDecision>> decide
    )
        where T : LedgerCommand =>
        new(typeof(T), (c, read, s) => needs((T)c, read, s), (c, read, s) => decide((T)c, read, s));

    /// <summary>Commands that read and write one stream.</summary>
    /// <param name="stream">The stream of a command.</param>
    /// <param name="fold">What its events come to.</param>
    /// <param name="reservations">Which ones a command rests on, once its stream is read.</param>
    public static CommandKind OfOne<T, TState>(
        StreamKind kind,
        Func<T, Situation, Guid> stream,
        Func<IReadOnlyList<StoredEvent>, TState> fold,
        Func<T, TState, IEnumerable<ReservationKey>> reservations,
        Func<T, Guid, TState, Situation, Decision> decide
    )
        where T : LedgerCommand =>
        Of<T>(
            (c, read, s) =>
            {
                var id = stream(c, s);
                return read.Has(id)
                    ? reservations(c, read.State(id, fold)).Select(Need.Of).Prepend(Need.Of(id))
                    : [Need.Of(id)];
            },
            (c, read, s) =>
            {
                var id = stream(c, s);
                return [new(id, kind, decide(c, id, read.State(id, fold), s))];
            }
        );
}
