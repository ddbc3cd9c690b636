namespace Store.Tests.Simulation;

/// <summary>
/// The one thread on which everything of a simulation runs, in an order that a seed fixes: of what is ready any may be
/// next. Time stands still while anything is ready, and then jumps to the next timer.
/// </summary>
sealed class SimulatedThread(Random random) : SynchronizationContext
{
    readonly List<(SendOrPostCallback Call, object? State)> ready = [];
    readonly int thread = Environment.CurrentManagedThreadId;
    volatile bool escaped;

    public SimulatedClock Clock { get; } = new();

    public override void Post(SendOrPostCallback d, object? state)
    {
        // Whatever continues elsewhere has no place in the order that a seed can replay.
        escaped |= Environment.CurrentManagedThreadId != thread;
        lock (ready)
            ready.Add((d, state));
    }

    /// <summary>Runs it to its end.</summary>
    /// <exception cref="InvalidOperationException">Everybody waits for something that will not come.</exception>
    public void Run(Func<Task> what)
    {
        var before = Current;
        SetSynchronizationContext(this);
        try
        {
            var done = what();
            while (!done.IsCompleted)
                if (Next() is var (call, state))
                    call(state);
                else if (!Clock.Jump())
                    throw new InvalidOperationException("Everybody waits, and nothing will come.");
            done.GetAwaiter().GetResult();
            if (escaped)
                throw new InvalidOperationException("Something has left the simulated thread.");
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }

    (SendOrPostCallback Call, object? State)? Next()
    {
        lock (ready)
        {
            if (ready.Count == 0)
                return null;
            var at = random.Next(ready.Count);
            var next = ready[at];
            ready[at] = ready[^1];
            ready.RemoveAt(ready.Count - 1);
            return next;
        }
    }
}

/// <summary>A clock that moves when it is told to, from one timer to the next.</summary>
sealed class SimulatedClock : TimeProvider
{
    static readonly DateTimeOffset Start = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);

    readonly PriorityQueue<(Timer Timer, int Setting), (long Due, long Order)> timers = new();
    long now,
        order;

    public TimeSpan Elapsed => TimeSpan.FromTicks(now);

    public override DateTimeOffset GetUtcNow() => Start + Elapsed;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Goes on to the next timer; false where there is none.</summary>
    public bool Jump()
    {
        while (timers.TryDequeue(out var next, out var at))
        {
            if (next.Setting != next.Timer.Setting)
                continue;
            now = Math.Max(now, at.Due);
            next.Timer.Fire();
            return true;
        }
        return false;
    }

    sealed class Timer(SimulatedClock clock, TimerCallback callback, object? state) : ITimer
    {
        TimeSpan period;

        /// <summary>How often it was set: an entry of an older setting has ended.</summary>
        public int Setting { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            this.period = period;
            Setting++;
            if (dueTime != Timeout.InfiniteTimeSpan)
                clock.timers.Enqueue((this, Setting), (clock.now + dueTime.Ticks, clock.order++));
            return true;
        }

        public void Fire()
        {
            if (period != Timeout.InfiniteTimeSpan && period > TimeSpan.Zero)
                Change(period, period);
            callback(state);
        }

        public void Dispose() => Setting++;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
