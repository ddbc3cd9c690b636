using System.Collections.Frozen;
using System.Collections.Immutable;
using Ledger.Kernel;

namespace Ledger;

/// <summary>Type ↔ wire name. Each noun keeps its own list; this is where they meet.</summary>
public static class EventCatalog
{
    public static ImmutableArray<EventLine> All { get; } = [.. Modules.All.SelectMany(m => m.Events)];

    static readonly FrozenDictionary<string, EventLine> ByWireName = All.ToFrozenDictionary(
        l => l.WireName,
        StringComparer.Ordinal
    );
    static readonly FrozenDictionary<string, EventLine> ByName = All.ToFrozenDictionary(
        l => l.Name,
        StringComparer.Ordinal
    );
    static readonly FrozenDictionary<Type, EventLine> ByType = All.ToFrozenDictionary(l => l.Type);

    /// <summary>The line of a name with version, as stored.</summary>
    public static EventLine? OfWireName(string wireName) => ByWireName.GetValueOrDefault(wireName);

    /// <summary>The line of a name without version, as registers use it.</summary>
    public static EventLine? OfName(string name) => ByName.GetValueOrDefault(name);

    /// <summary>The line of a record; every record has one (a test names those that do not).</summary>
    public static EventLine Of(LedgerEvent e) => ByType[e.GetType()];

    /// <summary>The line of a record type, or null where it has none.</summary>
    public static EventLine? OfType(Type type) => ByType.GetValueOrDefault(type);
}
