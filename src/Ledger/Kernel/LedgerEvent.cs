using System.Text.Json.Serialization;

namespace Ledger.Kernel;

/// <summary>
/// One immutable fact. Each kind is a sealed positional record beside its kind, with one line in that kind's list
/// (gathered by <see cref="EventCatalog"/>). Members are nullable where an observed fact may lack them
/// (domain.md §2: what the other register does not give is absent, never invented).
/// </summary>
public abstract record LedgerEvent
{
    /// <summary>What else the source said, as sorted key and text; absent when there is nothing.</summary>
    [JsonPropertyOrder(1000)]
    public ExtraFields? Facts { get; init; }

    /// <summary>The same fact with each of its parties mapped: at the edge from a market's word to the vault's
    /// id.</summary>
    public virtual LedgerEvent WithParties(Func<PartyRef, PartyRef> map) => this;
}

/// <summary>A line of the event catalogue: how a kind of event is called on the wire and where readers meet
/// it.</summary>
/// <param name="Name">Wire name without version, e.g. <c>item-listed</c>.</param>
/// <param name="Type">The record.</param>
/// <param name="Kind">The kind of stream it stands on.</param>
/// <param name="Zh">Display text, zh-CN.</param>
/// <param name="En">Display text, English.</param>
public sealed record EventLine(string Name, Type Type, StreamKind Kind, string Zh, string En)
{
    /// <summary>The version that is written today.</summary>
    public int Version { get; init; } = 1;

    /// <summary>The ledger's own, or of two things at once: no other register can report it.</summary>
    public bool IsOwn { get; init; }

    /// <summary>Wire name with version, e.g. <c>item-listed.v1</c>.</summary>
    public string WireName => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Name}.v{Version}");

    /// <summary>The record's full name and assembly, without version, as they were when its kind was first stored. They
    /// stand with each event, and stay as they are wherever the record moves.</summary>
    public string StoredType { get; private init; } = StoredAs(Type.FullName!, Type);

    /// <summary>The line of a record that stood in another namespace then.</summary>
    public EventLine FirstIn(string space) => this with { StoredType = StoredAs($"{space}.{Type.Name}", Type) };

    static string StoredAs(string name, Type type) => $"{name}, {type.Assembly.GetName().Name}";

    public static EventLine Of<T>(string name, StreamKind kind, string zh, string en)
        where T : LedgerEvent => new(name, typeof(T), kind, zh, en);
}
