using System.Collections.Immutable;
using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Rules;
using Ledger.Store.Lane;

namespace Ledger.Store;

/// <summary>The streams that a decision reads, each as it stood: what is written rests on all of them.</summary>
/// <param name="order">The command that is decided; null: they are only read.</param>
/// <param name="now">When it is decided.</param>
public sealed class StreamsRead(EventReader reader, StreamOrder? order = null, DateTimeOffset now = default)
{
    readonly Dictionary<Guid, IReadOnlyList<Recorded>> histories = [];

    internal ChainTips Tips { get; } = new();

    /// <summary>Every stream that was read, with its version then; 0: there was none.</summary>
    internal ImmutableArray<Expectation> Expects => [.. histories.Keys.Select(s => new Expectation(s, Tips[s].N))];

    /// <summary>When the newest event of all that was read occurred.</summary>
    internal DateTimeOffset Newest =>
        histories.Values.SelectMany(h => h).Select(e => e.Envelope.OccurredAt).DefaultIfEmpty().Max();

    /// <summary>When the act occurred: as its caller says, or now, and then never before what it rests on: ask it once
    /// all has been read.</summary>
    public DateTimeOffset OccurredAt => Occurrence.At(Order.OccurredAt, Order.IsDatedHere, now, Newest);

    StreamOrder Order => order ?? throw new InvalidOperationException("Nothing is decided on what is only read.");

    /// <summary>What a decider is told beside what stands; asked once all has been read.</summary>
    /// <param name="guards">The rows it named, as they stand.</param>
    internal Situation Situation(ImmutableDictionary<GuardKey, string>? guards = null) =>
        new(OccurredAt, now, RuleSet.Current, Order.By.Actor, Order.By.SecondActor)
        {
            Guards = guards ?? ImmutableDictionary<GuardKey, string>.Empty,
        };

    /// <summary>The events of a stream, oldest first.</summary>
    public async Task<IReadOnlyList<Recorded>> OfAsync(Guid stream, CancellationToken stop)
    {
        await LoadAsync([stream], stop);
        return histories[stream];
    }

    /// <summary>Only where a stream stands: for what is added to it whatever it says.</summary>
    public async Task TipAsync(Guid stream, CancellationToken stop)
    {
        await reader.TipAsync(stream, Tips, stop);
        histories[stream] = [];
    }

    /// <summary>Several items at once; null where nothing is registered.</summary>
    public async Task<ImmutableDictionary<Guid, Item?>> ItemsAsync(IEnumerable<Guid> items, CancellationToken stop)
    {
        var asked = items.Distinct().ToList();
        await LoadAsync(asked, stop);
        return asked.ToImmutableDictionary(id => id, id => new ItemHistory(id, histories[id]).State);
    }

    /// <summary>Several streams in one query, where many will be asked for.</summary>
    public async Task LoadAsync(IReadOnlyList<Guid> streams, CancellationToken stop)
    {
        Guid[] missing = [.. streams.Where(s => !histories.ContainsKey(s))];
        if (missing.Length == 0)
            return;
        var found = await reader.StreamsAsync(missing, Tips, stop);
        foreach (var stream in missing)
            histories[stream] = found.GetValueOrDefault(stream) ?? [];
    }
}
