namespace Api.Tests.Http;

/// <summary>The service's sweeps look every second or minute; half a minute is more than any machine needs.</summary>
static class Sweeping
{
    /// <summary>What is found at last; a test that waits in vain is cancelled.</summary>
    public static async Task<T> UntilAsync<T>(Func<Task<T?>> found)
        where T : class
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (true)
        {
            if (await found() is { } it)
                return it;
            await tick.WaitForNextTickAsync(patience.Token);
        }
    }
}
