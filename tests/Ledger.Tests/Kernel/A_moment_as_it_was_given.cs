using System.Text.Json;
using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Pipeline;

namespace Ledger.Tests.Kernel;

public sealed class A_moment_as_it_was_given
{
    /// <summary>Every zone there is, at days of every season: the day comes back from what is stored.</summary>
    [Fact]
    public void that_is_a_day_is_that_day_in_any_zone()
    {
        foreach (var zone in TimeZoneInfo.GetSystemTimeZones())
            for (var day = new DateOnly(1950, 1, 3); day.Year < 2026; day = day.AddDays(997))
            {
                var midnight = day.ToDateTime(TimeOnly.MinValue);
                if (zone.IsInvalidTime(midnight))
                    continue;
                var at = Instants.Cut(new DateTimeOffset(midnight, zone.GetUtcOffset(midnight)));
                var given = Moment.Of(day, at);
                Assert.Equal(given, Moment.Of(given.At, given.Precision, given.Untold));
                Assert.Equal(Instants.Text(day), given.ToString());
            }
    }

    /// <summary>What is stored of a day gains a member only where the instant would tell another day.</summary>
    [Theory]
    [InlineData(8, null)]
    [InlineData(12, null)]
    [InlineData(-11, null)]
    [InlineData(13, "2020-01-15")]
    [InlineData(14, "2020-01-15")]
    public void that_is_a_day_is_stored_beside_its_instant_where_that_tells_another(int hours, string? day)
    {
        var given = Moment.Of(new(2020, 1, 15), new(2020, 1, 15, 0, 0, 0, TimeSpan.FromHours(hours)));
        var envelope = new Envelope("k", given.At, "local", "ADM", "0")
        {
            Precision = given.Precision,
            GivenDay = given.Untold,
        };
        var json = JsonSerializer.SerializeToElement(envelope, WireJson.Options);
        Assert.Equal(day, json.TryGetProperty("givenDay", out var stored) ? stored.GetString() : null);
        Assert.False(json.TryGetProperty("when", out _));
        Assert.Equal(given, json.Deserialize<Envelope>(WireJson.Options)!.When);
        var leaf = EventLeaf.Of(new ItemInspected(), envelope, Guid.Empty, new([.. Enumerable.Repeat((byte)1, 32)]));
        var stated = JsonDocument.Parse(leaf.Said).RootElement.GetProperty("stated");
        Assert.Equal(day, stated.TryGetProperty("day", out var signed) ? signed.GetString() : null);
    }

    [Fact]
    public void has_occurred_by_a_day_by_its_own_day_and_by_an_instant_by_its_instant()
    {
        var tokyo = Moment.Of(new(2020, 1, 15), new(2020, 1, 15, 0, 0, 0, TimeSpan.FromHours(9)));
        Assert.False(tokyo.IsBy(Moment.Of(new DateOnly(2020, 1, 14))));
        Assert.True(tokyo.IsBy(Moment.Of(new DateOnly(2020, 1, 15))));
        Assert.True(tokyo.IsBy(Moment.Of(tokyo.At)));
        Assert.False(tokyo.IsBy(Moment.Of(tokyo.At.AddTicks(-1))));
        Assert.True(Moment.Of(tokyo.At).IsBy(Moment.Of(new DateOnly(2020, 1, 14))));
    }
}
