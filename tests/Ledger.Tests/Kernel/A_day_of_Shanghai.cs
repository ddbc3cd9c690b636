using Ledger.Kernel;

namespace Ledger.Tests.Kernel;

public sealed class A_day_of_Shanghai
{
    /// <summary>The summers of 1986 to 1991 had another hour.</summary>
    [Theory]
    [InlineData("1986-05-03T15:59:59Z", "1986-05-03")]
    [InlineData("1986-05-03T16:00:00Z", "1986-05-04")]
    [InlineData("1988-06-30T14:59:59Z", "1988-06-30")]
    [InlineData("1988-06-30T15:00:00Z", "1988-07-01")]
    [InlineData("1990-09-15T15:00:00Z", "1990-09-16")]
    [InlineData("1990-09-16T15:59:59Z", "1990-09-16")]
    [InlineData("1990-09-16T16:00:00Z", "1990-09-17")]
    [InlineData("1992-06-30T15:00:00Z", "1992-06-30")]
    [InlineData("2026-12-31T16:00:00Z", "2027-01-01")]
    public void is_what_its_clocks_showed(string instant, string day)
    {
        Assert.True(Instants.TryParse(instant, out var at));
        Assert.Equal(day, Instants.Text(ShanghaiDay.Of(at)));
    }

    [Fact]
    public void begins_and_ends_as_the_time_zone_database_has_it()
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");
        for (var day = new DateOnly(1985, 1, 1); day < new DateOnly(1993, 1, 1); day = day.AddDays(1))
        {
            var midnight = day.ToDateTime(TimeOnly.MinValue);
            Assert.Equal(
                new DateTimeOffset(midnight, zone.GetUtcOffset(midnight)).ToUniversalTime(),
                ShanghaiDay.Start(day)
            );
            Assert.Equal((day, day), (ShanghaiDay.Of(ShanghaiDay.Start(day)), ShanghaiDay.Of(ShanghaiDay.End(day))));
        }
    }

    [Fact]
    public void ends_where_the_calendar_does()
    {
        Assert.Equal(DateOnly.MaxValue, ShanghaiDay.Of(DateTimeOffset.MaxValue));
        Assert.Equal(DateTimeOffset.MaxValue, ShanghaiDay.End(DateOnly.MaxValue));
        Assert.Equal(DateOnly.MinValue, ShanghaiDay.Of(ShanghaiDay.Start(DateOnly.MinValue)));
    }
}
