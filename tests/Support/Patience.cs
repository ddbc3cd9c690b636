namespace Support;

/// <summary>Waits for what comes soon. The end of patience is no measure: it is there so that a test that waits in vain
/// fails instead of hanging, and lies beyond what a stalled disk needs.</summary>
public static class Patience
{
    public static TimeSpan Long { get; } = TimeSpan.FromMinutes(2);

    public static async Task UntilAsync(Func<Task<bool>> come) =>
        await FoundAsync(async () => await come() ? new object() : null);

    /// <summary>What is found at last.</summary>
    public static async Task<T> FoundAsync<T>(Func<Task<T?>> find)
        where T : class
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Long);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (true)
        {
            if (await find() is { } it)
                return it;
            await tick.WaitForNextTickAsync(patience.Token);
        }
    }
}
