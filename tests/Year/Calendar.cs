using System.Diagnostics;

namespace Year;

/// <summary>The days of the year, one window after the other: whoever waits for a time goes on when its window opens,
/// and the next one opens when nobody is busy any more. It is the service's clock too, so that what turns by the
/// calendar turns then.</summary>
public sealed class Calendar(DateTimeOffset opens, TimeSpan window) : TimeProvider
{
    readonly Lock gate = new();
    readonly PriorityQueue<TaskCompletionSource, (long At, long Order)> waiting = new();
    (DateTimeOffset At, long Since) now = (opens, Stopwatch.GetTimestamp());
    TaskCompletionSource? idle;
    int busy;
    long order;

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate)
            return now.At.ToUniversalTime() + Stopwatch.GetElapsedTime(now.Since);
    }

    /// <summary>Goes on once this time has come; asked by strands that run here only.</summary>
    public Task ReachedAsync(DateTimeOffset at)
    {
        lock (gate)
        {
            if (at <= now.At)
                return Task.CompletedTask;
            var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            waiting.Enqueue(turn, (at.UtcTicks, order++));
            Leave();
            return turn.Task;
        }
    }

    /// <summary>Plays every strand to its end.</summary>
    public async Task RunAsync(IEnumerable<Func<Task>> strands)
    {
        Func<Task>[] all = [.. strands];
        busy = all.Length;
        idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var playing = all.Select(s => Task.Run(() => PlayAsync(s))).ToArray();
        while (true)
        {
            await idle.Task;
            if (!Open())
                break;
        }
        await Task.WhenAll(playing);
    }

    async Task PlayAsync(Func<Task> strand)
    {
        try
        {
            await strand();
        }
        finally
        {
            lock (gate)
                Leave();
        }
    }

    void Leave()
    {
        if (--busy == 0)
            idle!.TrySetResult();
    }

    /// <summary>The next window in which anybody waits; false when nobody does.</summary>
    bool Open()
    {
        lock (gate)
        {
            if (!waiting.TryPeek(out _, out var first))
                return false;
            var ahead = (first.At - opens.UtcTicks) / window.Ticks + 1;
            now = (opens + ahead * window, Stopwatch.GetTimestamp());
            idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
            var turns = new List<TaskCompletionSource>();
            while (waiting.TryPeek(out var turn, out var at) && at.At <= now.At.UtcTicks)
            {
                turns.Add(turn);
                waiting.Dequeue();
            }
            busy = turns.Count;
            foreach (var turn in turns)
                turn.SetResult();
            return true;
        }
    }
}
