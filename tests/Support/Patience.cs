using Ledger.Pipeline;

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

    /// <summary>The answer of a ledger that has time: told that it has none, and that nothing was recorded, a caller
    /// says the same again.</summary>
    public static async Task<Answer> AnswerAsync(Func<Task<Answer>> say)
    {
        using var patience = new CancellationTokenSource(Long);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (true)
        {
            var answer = await say();
            if (
                patience.IsCancellationRequested || answer is not Answer.Refused { Refusals: [{ Code: "unavailable" }] }
            )
                return answer;
            await tick.WaitForNextTickAsync(CancellationToken.None);
        }
    }
}
