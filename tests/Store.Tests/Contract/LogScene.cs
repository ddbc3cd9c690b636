using Ledger.Store;
using Ledger.Store.Lane;

namespace Store.Tests.Contract;

/// <summary>One log with two nodes on it, of whichever store, and what may happen to them. The tests of a class share
/// it: each of them has streams, keys and reservations of its own.</summary>
public abstract class LogScene : IAsyncLifetime
{
    /// <summary>The first node's: its answers can be lost.</summary>
    public abstract IWriteLog Log { get; }

    /// <summary>The second node's.</summary>
    public abstract IWriteLog Other { get; }
    public abstract CommitLane Lane { get; }
    public abstract CommitLane OtherLane { get; }
    public abstract TreeReader Tree { get; }

    /// <summary>The first node's next append is committed, and its answer lost.</summary>
    public abstract void LoseNextAnswer();

    /// <summary>No append is committed until what is returned is disposed.</summary>
    public abstract Task<IAsyncDisposable> HoldCommitsAsync();

    public virtual ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public abstract ValueTask DisposeAsync();
}
