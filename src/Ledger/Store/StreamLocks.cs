namespace Ledger.Store;

/// <summary>
/// Lets commands on one stream pass one after the other within this process, in the order in which they came: those
/// that
/// would lose against each other in the lane do not decide and sign for nothing, and none is overtaken for ever.
/// Between
/// processes the version of the stream decides.
/// </summary>
public sealed class StreamLocks
{
    /// <summary>So many that two streams seldom share one.</summary>
    const int Stripes = 8192;

    /// <summary>How long a command waits for its turn: less than a request has.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(12);

    readonly SemaphoreSlim[] gates = [.. Enumerable.Range(0, Stripes).Select(_ => new SemaphoreSlim(1))];

    /// <summary>Waits for the turn on all of these streams; disposing lets the next ones through. Gates are taken in
    /// one
    /// order, so two commands never wait for each other.</summary>
    /// <returns>Null where the turn has not come in time.</returns>
    internal async Task<Turn?> EnterAsync(IEnumerable<Guid> streams, CancellationToken stop)
    {
        var turn = new Turn(this);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(Patience);
        try
        {
            foreach (var stripe in streams.Select(StripeOf).Distinct().Order())
            {
                await gates[stripe].WaitAsync(patience.Token);
                turn.Took(stripe);
            }
            return turn;
        }
        catch (OperationCanceledException)
        {
            turn.Dispose();
            stop.ThrowIfCancellationRequested();
            return null;
        }
    }

    static int StripeOf(Guid stream) => (int)(unchecked((uint)stream.GetHashCode()) % Stripes);

    /// <summary>What is held.</summary>
    internal sealed class Turn(StreamLocks gates) : IDisposable
    {
        readonly List<int> held = [];

        internal void Took(int stripe) => held.Add(stripe);

        /// <summary>Whether it is the turn on all of these.</summary>
        public bool Covers(IEnumerable<Guid> streams) => streams.All(s => held.Contains(StripeOf(s)));

        public void Dispose()
        {
            foreach (var stripe in held)
                gates.gates[stripe].Release();
            held.Clear();
        }
    }
}
