using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using Ledger.DataWipe;
using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Kernel.Identifiers;
using Ledger.Keys;

namespace Ledger.Tests;

/// <summary>One event of every record, each member filled with a fixed value: goldens come from it.</summary>
static class Samples
{
    /// <summary>Every fact of an item that answers no other event.</summary>
    public static IEnumerable<LedgerEvent> OfItems =>
        EventCatalog
            .All.Where(l => l.Kind == GoodsStreams.Item && !typeof(ICorrection).IsAssignableFrom(l.Type))
            .Select(l => Of(l.Type));

    public static LedgerEvent Of(Type record)
    {
        var e = (LedgerEvent)Made(record);
        return e with { Facts = ExtraFields.Of([new("note", "原文"), new("class", "M1")]) };
    }

    static object Made(Type record)
    {
        // The widest public constructor is the positional one; the copy constructor is not public.
        var constructor = record.GetConstructors().MaxBy(c => c.GetParameters().Length)!;
        return constructor.Invoke([
            .. constructor
                .GetParameters()
                .Select((p, i) => Later.Contains((record, p.Name!)) ? null : Value(p.ParameterType, p.Name!, i)),
        ]);
    }

    /// <summary>Members that came after their record's golden: it stays as it was written, without them.</summary>
    static readonly HashSet<(Type Record, string Member)> Later =
    [
        (typeof(ItemRegistered), nameof(ItemRegistered.OwnedSince)),
        (typeof(RecoveryIncidentReported), nameof(RecoveryIncidentReported.Operator)),
    ];

    static object Value(Type asked, string name, int place)
    {
        var type = Nullable.GetUnderlyingType(asked) ?? asked;
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>))
            return typeof(Samples)
                .GetMethod(nameof(Two), BindingFlags.NonPublic | BindingFlags.Static)!
                .MakeGenericMethod(type.GetGenericArguments())
                .Invoke(null, [name])!;
        if (type.IsEnum)
            return Enum.GetValues(type).GetValue(Enum.GetValues(type).Length - 1)!;
        if (typeof(LedgerEvent).IsAssignableFrom(type))
            return Of(type);
        if (type == typeof(string))
            return $"{name} 文本 “é😀”";
        if (type == typeof(Guid))
            return new Guid(place + 1, 2, unchecked((short)0x8003), [0x84, 5, 6, 7, 8, 9, 10, 11]);
        if (type == typeof(DateOnly))
            return new DateOnly(2026, 12, 31);
        if (type == typeof(DateTimeOffset))
            return new DateTimeOffset(2026, 12, 31, 16, 0, 0, 7 + place, TimeSpan.Zero);
        if (type == typeof(PartyRef))
            return new PartyRef("MK-510100-0007", $"K-{name}/{place.ToString(CultureInfo.InvariantCulture)}");
        if (type == typeof(StreamRef))
            return new StreamRef(new Guid(place + 1, 9, unchecked((short)0x8003), [0x84, 5, 6, 7, 8, 9, 10, 11]));
        if (type == typeof(IdentifierRef))
            return new IdentifierRef("vin", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8");
        if (type == typeof(InspectionFinding))
            return new InspectionFinding($"{name} point", "制动合格");
        if (type == typeof(KeyJwk))
            return new KeyJwk("Ed25519", "OKP", "7UkoxijRwsbq6QM4kFmVYSlZJzpcY_k2NsFGFKyHN9E", $"{name} y");
        // Values that stand in an event, not events themselves: each member filled the same way.
        if (Nested.Contains(type))
            return Made(type);
        if (type == typeof(long))
            return 9_007_199_254_740_991 - place;
        if (type == typeof(int))
            return 1 + place;
        if (type == typeof(bool))
            return true;
        throw new NotSupportedException($"No sample of {type} is known: add one here.");
    }

    static readonly Type[] Nested =
    [
        typeof(DeclaredMedium),
        typeof(WipeEvidence),
        typeof(HiddenAreas),
        typeof(WipeCheck),
        typeof(WipeTool),
        typeof(Ledger.Indicators.RegionFigure),
    ];

    static ImmutableArray<T> Two<T>(string name) => [(T)Value(typeof(T), name, 1), (T)Value(typeof(T), name, 2)];
}
