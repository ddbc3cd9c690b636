using System.Reflection;
using System.Text.Json;
using Ledger.Exports;
using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Keys;
using Ledger.Trading;

namespace Ledger.Tests;

/// <summary>Every time that an event can tell has its meaning in one list, and what has happened lies in no
/// future.</summary>
public sealed class The_times_of_acts
{
    static readonly DateTimeOffset Now = new(2026, 6, 15, 15, 50, 0, TimeSpan.Zero);

    /// <summary>Members of a day, an instant or seconds of the epoch, also those of what a correction holds.</summary>
    static IEnumerable<(Type Event, string Member)> Times =>
        from line in EventCatalog.All
        where !line.Type.IsGenericType
        from member in line.Type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
        where IsTime(line.Type, member)
        select (line.Type, JsonNamingPolicy.CamelCase.ConvertName(member.Name));

    static bool IsTime(Type e, PropertyInfo member) =>
        (Nullable.GetUnderlyingType(member.PropertyType) ?? member.PropertyType) is var type
        && (
            type == typeof(DateOnly)
            || type == typeof(DateTimeOffset)
            // Keys tell seconds.
            || type == typeof(long) && (e == typeof(KeyRegistered) || e == typeof(KeyRevoked))
        );

    [Fact]
    public void have_a_line_each_and_no_line_is_of_none() =>
        Assert.Equal(
            Times.Select(t => $"{t.Event.Name}.{t.Member}").Order(StringComparer.Ordinal),
            ActTimes.All.Select(l => $"{l.Event.Name}.{l.Member}").Order(StringComparer.Ordinal)
        );

    [Fact]
    public void are_seen_at_all() => Assert.Contains((typeof(ItemExported), "exportedOn"), Times);

    [Fact]
    public void of_commands_become_those_of_events() =>
        Assert.Empty(
            from command in typeof(LedgerCommand).Assembly.GetTypes()
            where command.IsSubclassOf(typeof(LedgerCommand))
            from member in command.GetProperties()
            where IsTime(command, member)
            let name = JsonNamingPolicy.CamelCase.ConvertName(member.Name)
            where !ActTimes.Knows(name)
            select $"{command.Name}.{name}"
        );

    public static TheoryData<string, string, bool> Bounds =>
        new()
        {
            // 15:50 UTC is 23:50 in Shanghai, and clocks may differ by five minutes.
            { "exportedOn", "2026-06-15", false },
            { "exportedOn", "2026-06-16", true },
            { "registeredOn", "2026-06-16", true },
            { "transferredAt", "2026-06-15T15:55:00Z", false },
            { "transferredAt", "2026-06-15T15:55:00.001Z", true },
            { "endsOn", "2030-01-01", false },
            { "compromisedSince", "2026-06-15T15:56:00Z", true },
        };

    [Theory]
    [MemberData(nameof(Bounds))]
    public void lie_after_now_only_where_they_tell_a_plan(string member, string value, bool refused)
    {
        var day = DateOnly.Parse(value[..10], System.Globalization.CultureInfo.InvariantCulture);
        var at = Instants.TryParse(value, out var instant) ? instant : default;
        LedgerEvent e = member switch
        {
            "exportedOn" => new ItemExported(day),
            "registeredOn" => new OwnershipTransferred(RegisteredOn: day),
            "transferredAt" => new SaleRecorded(null, null, null, null, 1, "CNY", null, at),
            "compromisedSince" => new KeyRevoked("x", at.ToUnixTimeSeconds()),
            _ => new ItemListed(null, null, EndsOn: day),
        };
        foreach (var told in new[] { e, Corrected(e) }.OfType<LedgerEvent>())
            Assert.Equal(
                refused ? [("occurred-in-future", member)] : [],
                ActTimes.Ahead([told], Now).Select(r => (r.Code, r.Field!))
            );
    }

    static LedgerEvent? Corrected(LedgerEvent e) =>
        e switch
        {
            OwnershipTransferred to => new Corrected<OwnershipTransferred>(Guid.Empty, "typo", to),
            SaleRecorded to => new Corrected<SaleRecorded>(Guid.Empty, "typo", to),
            ItemListed to => new Corrected<ItemListed>(Guid.Empty, "typo", to),
            _ => null,
        };

    [Theory]
    [InlineData("2026-06-15T15:54:59Z", "2026-06-15")]
    [InlineData("2026-06-15T15:55:00Z", "2026-06-16")]
    public void count_today_by_Shanghai_s_calendar_and_the_tolerance_of_clocks(string now, string latest)
    {
        Assert.True(Instants.TryParse(now, out var clock));
        var day = DateOnly.Parse(latest, System.Globalization.CultureInfo.InvariantCulture);
        Assert.Empty(ActTimes.Ahead([new ItemExported(day)], clock));
        Assert.NotEmpty(ActTimes.Ahead([new ItemExported(day.AddDays(1))], clock));
    }
}
