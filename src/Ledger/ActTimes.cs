using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json;
using Ledger.Goods;
using Ledger.Kernel;

namespace Ledger;

/// <summary>
/// Every time that an event can tell beside its own, and what it means: one list, and one place where it is held
/// against the clock, for every kind of stream and every door. A test finds a member that has no line here.
/// </summary>
public static class ActTimes
{
    public static ImmutableArray<ActTimeLine> All { get; } = [.. Modules.All.SelectMany(m => m.Times)];

    static readonly FrozenSet<string> Members = All.Select(l => l.Member)
        .Append("occurredAt")
        .ToFrozenSet(StringComparer.Ordinal);

    static readonly FrozenDictionary<Type, (string Member, PropertyInfo Property)[]> OfActs = All.Where(l =>
            l.Class is ActTime.Happened
        )
        .GroupBy(l => l.Event)
        .ToFrozenDictionary(
            g => g.Key,
            g =>
                g.Select(l =>
                        (
                            l.Member,
                            l.Event.GetProperties()
                                .First(p => JsonNamingPolicy.CamelCase.ConvertName(p.Name) == l.Member)
                        )
                    )
                    .ToArray()
        );

    /// <summary>Whether a day or an instant of this name is one that the list knows: no door reads another.</summary>
    public static bool Knows(string member) => Members.Contains(member);

    /// <summary>Acts that some of these events put after now.</summary>
    public static ImmutableArray<Refusal> Ahead(IEnumerable<LedgerEvent> events, DateTimeOffset now) =>
        [.. events.SelectMany(e => Ahead(e, now))];

    static IEnumerable<Refusal> Ahead(LedgerEvent e, DateTimeOffset now)
    {
        if (Instead(e) is { } corrected)
            foreach (var refusal in Ahead(corrected, now))
                yield return refusal;
        if (!OfActs.TryGetValue(e.GetType(), out var members))
            yield break;
        foreach (var (name, property) in members)
            if (
                property.GetValue(e) switch
                {
                    DateOnly day => Occurrence.Ahead(day, now, name),
                    DateTimeOffset at => Occurrence.Ahead(at, now, name),
                    long seconds => Occurrence.Ahead(
                        DateTimeOffset.FromUnixTimeSeconds(
                            Math.Clamp(
                                seconds,
                                DateTimeOffset.MinValue.ToUnixTimeSeconds(),
                                DateTimeOffset.MaxValue.ToUnixTimeSeconds()
                            )
                        ),
                        now,
                        name
                    ),
                    _ => null,
                } is
                { } ahead
            )
                yield return ahead;
    }

    /// <summary>What a correction puts in its target's place.</summary>
    static LedgerEvent? Instead(LedgerEvent e) =>
        e.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(Corrected<>)
            ? (LedgerEvent?)type.GetProperty(nameof(Corrected<>.To))!.GetValue(e)
            : null;

    /// <summary>The same refusal, told of the column that an import read the value from.</summary>
    /// <param name="occurred">The column that says when the row's act occurred.</param>
    public static Refusal OfColumn(Refusal refusal, string occurred) =>
        refusal.Code == "occurred-in-future"
        && (
            refusal.Field == "occurredAt"
                ? occurred
                : All.FirstOrDefault(l => l.Member == refusal.Field && l.Column is not null)?.Column
        )
            is { } column
            ? Occurrence.InFuture(column, refusal.With["value"])
            : refusal;
}
