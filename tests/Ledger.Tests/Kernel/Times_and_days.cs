using CsCheck;
using Ledger.Kernel;

namespace Ledger.Tests.Kernel;

public sealed class Times_and_days
{
    static DateTimeOffset At(string text) =>
        Instants.TryParse(text, out var instant) ? instant : throw new ArgumentException(text, nameof(text));

    [Theory]
    [InlineData("2026-12-31T15:59:59.999Z", "2026-12-31")]
    [InlineData("2026-12-31T16:00:00.000Z", "2027-01-01")]
    [InlineData("2027-01-01T00:00:00+08:00", "2027-01-01")]
    [InlineData("2026-12-31T23:59:59.999+08:00", "2026-12-31")]
    [InlineData("2024-02-29T15:59:59Z", "2024-02-29")]
    [InlineData("2024-02-29T16:00:00Z", "2024-03-01")]
    [InlineData("9999-12-31T23:00:00Z", "9999-12-31")]
    public void count_days_in_Shanghai(string instant, string day) =>
        Assert.Equal(day, Instants.Text(ShanghaiDay.Of(At(instant))));

    [Theory]
    [InlineData("2026-12-31T16:00:00Z", "2026-12-31T16:00:00.000Z")]
    [InlineData("2026-12-31t16:00:00z", "2026-12-31T16:00:00.000Z")]
    [InlineData("2026-12-31 16:00:00.5Z", "2026-12-31T16:00:00.500Z")]
    [InlineData("2027-01-01T00:00:00.1239999+08:00", "2026-12-31T16:00:00.123Z")]
    [InlineData("2026-12-31T11:00:00-05:00", "2026-12-31T16:00:00.000Z")]
    public void have_one_text(string typed, string text) => Assert.Equal(text, Instants.Text(At(typed)));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("2026-12-31")]
    [InlineData("2026-12-31T16:00:00")]
    [InlineData("2026-12-31T16:00:00.000")]
    [InlineData("2026-12-31T16:00Z")]
    [InlineData("2026-02-30T16:00:00Z")]
    [InlineData("2026-12-31T24:00:00Z")]
    [InlineData("2026-12-31T16:00:00+0800")]
    [InlineData("2026-12-31T16:00:00+99:00")]
    [InlineData("0001-01-01T00:00:00+08:00")]
    [InlineData("31.12.2026 16:00:00 +08:00")]
    [InlineData("٢٠٢٦-12-31T16:00:00Z")]
    public void refuse_what_is_no_instant(string? typed) => Assert.False(Instants.TryParse(typed, out _));

    [Theory]
    [InlineData("2026-12-31", true)]
    [InlineData("2024-02-29", true)]
    [InlineData("2026-02-29", false)]
    [InlineData("2026-1-1", false)]
    [InlineData("20260101", false)]
    [InlineData(null, false)]
    public void know_a_day(string? typed, bool known) => Assert.Equal(known, Instants.TryParseDay(typed, out _));

    [Fact]
    public void are_cut_not_rounded()
    {
        var late = new DateTimeOffset(2026, 1, 1, 0, 0, 0, 999, TimeSpan.Zero).AddTicks(9_999);
        Assert.Equal(999, Instants.Cut(late).Millisecond);
        Assert.Equal(0, Instants.Cut(late).Ticks % TimeSpan.TicksPerMillisecond);
    }

    static readonly Gen<DateTimeOffset> Any = Gen.Long[new DateTime(1900, 1, 1).Ticks, new DateTime(2200, 1, 1).Ticks]
        .Select(t => new DateTimeOffset(t, TimeSpan.Zero));

    [Fact]
    public void survive_their_text() =>
        Any.Sample(instant => Assert.Equal(Instants.Cut(instant), At(Instants.Text(instant))));

    [Fact]
    public void start_at_midnight_and_last_until_the_next() =>
        Any.Sample(instant =>
        {
            var day = ShanghaiDay.Of(instant);
            Assert.InRange(instant, ShanghaiDay.Start(day), ShanghaiDay.Start(day.AddDays(1)).AddTicks(-1));
        });
}
