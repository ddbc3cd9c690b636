namespace Ledger.Kernel;

/// <summary>The streams that were read for commands, each as it stands, with what earlier commands of the same batch
/// will have written.</summary>
public sealed class StreamsRead
{
    readonly Dictionary<Guid, List<StoredEvent>> histories = [];
    readonly Dictionary<(Guid Stream, Type State), object?> states = [];

    /// <summary>Whether the events of a stream were read; it may have none.</summary>
    public bool Has(Guid stream) => histories.ContainsKey(stream);

    /// <summary>The events of a stream, in its order.</summary>
    /// <exception cref="InvalidOperationException">Nobody named it before: a fault of the module.</exception>
    public IReadOnlyList<StoredEvent> Of(Guid stream) =>
        histories.TryGetValue(stream, out var events)
            ? events
            : throw new InvalidOperationException($"The stream {stream} was not named before it was asked.");

    /// <summary>The version of a stream; 0: it has no event.</summary>
    public long Version(Guid stream) => Of(stream) is [.., var last] ? last.Version : 0;

    /// <summary>A stream folded; folded once, however often it is asked.</summary>
    public T State<T>(Guid stream, Func<IReadOnlyList<StoredEvent>, T> fold)
    {
        if (!states.TryGetValue((stream, typeof(T)), out var state))
            states[(stream, typeof(T))] = state = fold(Of(stream));
        return (T)state!;
    }

    /// <summary>A stream as it was read.</summary>
    public void Add(Guid stream, IEnumerable<StoredEvent> events) => histories[stream] = [.. events];

    /// <summary>A stream as it was read, with what its events come to, where somebody has folded it already.</summary>
    public void Add<T>(Guid stream, IEnumerable<StoredEvent> events, T state)
    {
        Add(stream, events);
        states[(stream, typeof(T))] = state;
    }

    /// <summary>An event that will be written: what comes after it is decided on it.</summary>
    public void Append(StoredEvent e)
    {
        if (!histories.TryGetValue(e.StreamId, out var events))
            histories[e.StreamId] = events = [];
        events.Add(e);
        foreach (var key in states.Keys.Where(k => k.Stream == e.StreamId).ToList())
            if (states[key] is IAppendable state)
                state.Append(e);
            else
                states.Remove(key);
    }
}

/// <summary>A state that takes a further event without folding all anew.</summary>
public interface IAppendable
{
    void Append(StoredEvent e);
}
