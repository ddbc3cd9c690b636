using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Ledger.Supervision;

/// <summary>A pattern that an alert shows, and whether it makes a suspicion: what only waits for somebody's next step
/// does not.</summary>
/// <param name="Code">The alert's kind.</param>
public sealed record Pattern(string Code, bool Active, string Zh, string En);

/// <summary>The patterns there are: one line each.</summary>
public static class Patterns
{
    public static ImmutableArray<Pattern> All { get; } =
    [
        new("odometer", true, "里程异常", "Odometer"),
        new("clone", true, "疑似套牌", "Clone"),
        new("double-listing", true, "重复挂牌", "Double listing"),
        new("scrap-limit", true, "超过报废期限", "Past its scrap limit"),
        new("rapid-resale", true, "短期转卖", "Rapid resale"),
        new("three-cars", true, "一年三车", "Three cars a year"),
        new("wipe-report-reused", true, "清除报告重复使用", "Wiping report used again"),
        new("wipe-unverified", false, "清除未验证", "Wipe not verified"),
        new("wipe-in-doubt", false, "清除存疑", "Wipe in doubt"),
    ];

    static readonly FrozenDictionary<string, Pattern> ByCode = All.ToFrozenDictionary(
        p => p.Code,
        StringComparer.Ordinal
    );

    public static Pattern? Find(string? code) => code is null ? null : ByCode.GetValueOrDefault(code);

    /// <summary>Codes of those that make a suspicion.</summary>
    public static ImmutableArray<string> Active { get; } = [.. All.Where(p => p.Active).Select(p => p.Code)];
}
