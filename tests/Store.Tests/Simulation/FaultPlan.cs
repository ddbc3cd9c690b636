namespace Store.Tests.Simulation;

/// <summary>What goes wrong, as a seed has it, until it has gone wrong for long enough.</summary>
/// <param name="rate">Of a hundred calls so many.</param>
sealed class FaultPlan(Random random, SimulatedClock clock, int rate) : Faults
{
    /// <summary>From then on all is well, so that everybody gets an answer.</summary>
    static readonly TimeSpan Bad = TimeSpan.FromMinutes(2);

    bool Strikes => clock.Elapsed < Bad && random.Next(100) < rate;

    Task WaitAsync(int most, CancellationToken stop) =>
        Task.Delay(TimeSpan.FromMilliseconds(random.Next(1, most)), clock, stop);

    /// <summary>Mostly some milliseconds, at times longer than a caller waits.</summary>
    Task DelayAsync(CancellationToken stop) => WaitAsync(Strikes && random.Next(4) == 0 ? 20_000 : 20, stop);

    public override async Task CallAsync(CancellationToken stop)
    {
        await DelayAsync(stop);
        if (Strikes)
            throw new IOException("The connection was lost.");
    }

    public override Task CommitAsync() => DelayAsync(CancellationToken.None);

    public override AppendFault OfAppend() => Strikes ? (AppendFault)random.Next(1, 6) : AppendFault.None;

    /// <summary>At times longer than anybody has patience.</summary>
    public override Task HangAsync() => WaitAsync(12_000, CancellationToken.None);
}
