namespace Ledger.Store.Lane;

/// <summary>One command on its way through the lane. Its caller waits for it no longer than a bound; what nobody waits
/// for any more and no batch has taken is not written.</summary>
sealed record LaneItem(SealedCommand Command)
{
    const int Waiting = 0,
        Taken = 1,
        Left = 2;

    readonly TaskCompletionSource<WriteOutcome> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    int place = Waiting;

    public Task<WriteOutcome> Done => done.Task;

    public void End(WriteOutcome outcome) => done.TrySetResult(outcome);

    /// <summary>Into a batch; false where its caller has left.</summary>
    public bool Take() => Interlocked.CompareExchange(ref place, Taken, Waiting) == Waiting;

    /// <summary>Its outcome, where it comes in time. Else nobody took it and nothing was written, or it may
    /// be.</summary>
    public async Task<WriteOutcome> WithinAsync(TimeSpan patience, TimeProvider clock)
    {
        using var timer = clock.CreateTimer(_ => Leave(), null, patience, Timeout.InfiniteTimeSpan);
        return await done.Task;
    }

    void Leave() =>
        End(
            Interlocked.CompareExchange(ref place, Left, Waiting) == Waiting
                ? new WriteOutcome.Refused(new("unavailable"))
                : new WriteOutcome.Unknown()
        );
}
