using Ledger.Store.Auditing;

namespace Store.Tests.Auditing;

public sealed class Sorting_more_than_fits
{
    readonly record struct Sample(ulong First, int Carried, ulong Second);

    [Theory]
    [InlineData(0, 4)]
    [InlineData(3, 4)]
    [InlineData(4, 4)]
    [InlineData(5, 4)]
    [InlineData(8, 4)]
    [InlineData(1000, 1)]
    [InlineData(5000, 64)]
    public void Gives_each_record_once_and_in_order(int count, int held)
    {
        var chance = new Random(count);
        var samples = Enumerable
            .Range(0, count)
            .Select(i => new Sample((ulong)chance.Next(40), i, (ulong)chance.NextInt64(long.MaxValue)))
            .ToList();
        using var sort = new ExternalSort<Sample>(held, s => (s.First, s.Second));
        samples.ForEach(s => sort.Add(s));
        var sorted = samples.OrderBy(s => s.First).ThenBy(s => s.Second).ToList();
        Assert.Equal(sorted, sort.InOrder());
        Assert.Equal(sorted, sort.InOrder());
    }
}
