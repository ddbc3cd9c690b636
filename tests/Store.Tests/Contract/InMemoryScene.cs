using Ledger.Store;
using Ledger.Store.Lane;
using Store.Tests.Simulation;
using Support;

namespace Store.Tests.Contract;

/// <summary>Two nodes on the log that the simulations use.</summary>
public abstract class InMemoryScene : LogScene
{
    readonly OneFault faults = new();
    readonly SimulatedNode one,
        two;

    private protected InMemoryScene(bool locks)
    {
        var log = new InMemoryLog(TestLedger.Keys.Log, locks);
        var witness = new InMemoryWitness(new());
        one = new(log, new InMemoryWriteLog(log, faults), witness, TimeProvider.System);
        two = new(log, new InMemoryWriteLog(log, new WithGate(faults)), witness, TimeProvider.System);
        Tree = new(log);
    }

    public override IWriteLog Log => one.Log;
    public override IWriteLog Other => two.Log;
    public override CommitLane Lane => one.Lane;
    public override CommitLane OtherLane => two.Lane;
    public override TreeReader Tree { get; }

    public override void LoseNextAnswer() => faults.Next = AppendFault.LostAfter;

    public override Task<IAsyncDisposable> HoldCommitsAsync()
    {
        var gate = new Gate();
        faults.Held = gate;
        return Task.FromResult<IAsyncDisposable>(gate);
    }

    public override async ValueTask DisposeAsync()
    {
        await one.Lane.DisposeAsync();
        await two.Lane.DisposeAsync();
    }

    sealed class Gate : IAsyncDisposable
    {
        readonly TaskCompletionSource open = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Opened => open.Task;

        public ValueTask DisposeAsync()
        {
            open.TrySetResult();
            return ValueTask.CompletedTask;
        }
    }

    sealed class OneFault : Faults
    {
        public Gate? Held { get; set; }
        public AppendFault Next { get; set; }

        public override Task CommitAsync() => Held?.Opened ?? Task.CompletedTask;

        public override AppendFault OfAppend()
        {
            var next = Next;
            Next = AppendFault.None;
            return next;
        }
    }

    /// <summary>The other node's commits are held with the first one's.</summary>
    sealed class WithGate(OneFault one) : Faults
    {
        public override Task CommitAsync() => one.CommitAsync();
    }
}

/// <summary>Turns begin at one head, and one of them appends.</summary>
public sealed class OptimisticScene() : InMemoryScene(locks: false);

/// <summary>A turn waits for the one before it.</summary>
public sealed class LockedScene() : InMemoryScene(locks: true);

/// <summary>The contract in memory: a node that comes second finds that the head has moved.</summary>
public sealed class Appending_in_memory(OptimisticScene scene)
    : Appending_to_a_log(scene),
        IClassFixture<OptimisticScene>;

/// <summary>The contract in memory, one turn after the other.</summary>
public sealed class Appending_in_memory_under_a_lock(LockedScene scene)
    : Appending_to_a_log(scene),
        IClassFixture<LockedScene>;
