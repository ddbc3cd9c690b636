using System.Globalization;

namespace Store.Tests.Simulation;

/// <summary>
/// Two or three nodes on one log whose store fails as a seed has it: before the commit and after it, slowly, twice, or
/// with a commit that hangs while others ask for its outcome. <c>LEDGER_SIM_SEED=n</c> runs that seed alone,
/// <c>LEDGER_SIM_SEEDS=n</c> so many.
/// </summary>
public sealed class Simulating_the_lane
{
    /// <summary>As many as take some seconds.</summary>
    const int Seeds = 500;

    /// <summary>Seeds in which a flaw on purpose must show.</summary>
    const int FlawedSeeds = 200;

    /// <summary>Seeds that have found something once.</summary>
    static readonly int[] Found = [29];

    [Fact]
    public void loses_nothing_records_nothing_twice_and_proves_what_it_acknowledges()
    {
        if (Number("LEDGER_SIM_SEED") is { } one)
        {
            Run(one);
            return;
        }
        foreach (var seed in Found.Concat(Enumerable.Range(1, Number("LEDGER_SIM_SEEDS") ?? Seeds)))
            Run(seed);
    }

    static void Run(int seed)
    {
        try
        {
            SimulatedTrade.Run(seed);
        }
        catch (Exception error)
        {
            Assert.Fail($"LEDGER_SIM_SEED={seed}: {error}");
        }
    }

    static int? Number(string name) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    [Fact]
    public void of_one_seed_is_the_same_every_time()
    {
        for (var seed = 1; seed <= 20; seed++)
        {
            var first = SimulatedTrade.Run(seed);
            Assert.NotEmpty(first);
            Assert.Equal(first, SimulatedTrade.Run(seed));
        }
    }

    [Theory]
    [InlineData((int)Flaw.DeniesWhatItWrote)]
    [InlineData((int)Flaw.AppendsAgain)]
    [InlineData((int)Flaw.DoesNotWait)]
    public void finds_a_store_that_is_wrong(int flaw) =>
        Assert.Contains(Enumerable.Range(1, FlawedSeeds), seed => IsFound(seed, (Flaw)flaw));

    static bool IsFound(int seed, Flaw flaw)
    {
        try
        {
            SimulatedTrade.Run(seed, flaw);
            return false;
        }
        catch (InvalidOperationException)
        {
            return true;
        }
    }
}
