namespace Ledger.Store;

/// <summary>
/// Lets commands of one item pass one after the other within this process: those that would lose against each other in
/// the lane do not decide and sign for nothing. Between processes the stream's version stays the guard.
/// </summary>
sealed class ItemGates
{
    /// <summary>So many that two items seldom share one.</summary>
    const int Stripes = 8192;

    readonly SemaphoreSlim[] gates = [.. Enumerable.Range(0, Stripes).Select(_ => new SemaphoreSlim(1))];

    /// <summary>Waits for the item's turn; disposing lets the next one through.</summary>
    public async Task<Turn> EnterAsync(Guid item, CancellationToken stop)
    {
        var gate = gates[unchecked((uint)item.GetHashCode()) % Stripes];
        await gate.WaitAsync(stop);
        return new(gate);
    }

    public readonly struct Turn(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}
