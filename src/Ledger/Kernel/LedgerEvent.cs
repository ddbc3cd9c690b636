using System.Text.Json.Serialization;

namespace Ledger.Kernel;

/// <summary>
/// One immutable fact. Each kind is a sealed positional record beside its noun, with one line in that noun's list
/// (gathered by <see cref="EventCatalog"/>). Members are nullable where an observed fact may lack them
/// (domain.md §2: what the other register does not give is absent, never invented).
/// </summary>
public abstract record LedgerEvent
{
    /// <summary>What else the source said, as sorted key and text; absent when there is nothing.</summary>
    [JsonPropertyOrder(1000)]
    public Facts? Facts { get; init; }

    /// <summary>The same fact with each of its parties mapped: at the edge from a market's word to the vault's
    /// id.</summary>
    public virtual LedgerEvent WithParties(Func<PartyRef, PartyRef> map) => this;
}

/// <summary>A line of the event catalogue: how a kind of event is called on the wire and where readers meet
/// it.</summary>
/// <param name="Name">Wire name without version, e.g. <c>item-listed</c>.</param>
/// <param name="Type">The record.</param>
/// <param name="Noun">The kind of stream it stands on.</param>
/// <param name="Zh">Display text, zh-CN.</param>
/// <param name="En">Display text, English.</param>
public sealed record EventLine(string Name, Type Type, Noun Noun, string Zh, string En)
{
    /// <summary>The version that is written today.</summary>
    public int Version { get; init; } = 1;

    /// <summary>Wire name with version, e.g. <c>item-listed.v1</c>.</summary>
    public string WireName => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Name}.v{Version}");

    /// <summary>The record's full name and assembly, without version, as they were when its kind was first stored. They
    /// stand with each event, and stay as they are wherever the record moves.</summary>
    public string StoredType { get; private init; } = StoredAs(Type.FullName!, Type);

    /// <summary>The line of a record that stood in another namespace then.</summary>
    public EventLine FirstIn(string space) => this with { StoredType = StoredAs($"{space}.{Type.Name}", Type) };

    static string StoredAs(string name, Type type) => $"{name}, {type.Assembly.GetName().Name}";

    public static EventLine Of<T>(string name, Noun noun, string zh, string en)
        where T : LedgerEvent => new(name, typeof(T), noun, zh, en);

    /// <summary>A line of an event that stands on an item's stream.</summary>
    public static EventLine OfItem<T>(string name, string zh, string en)
        where T : LedgerEvent => Of<T>(name, Noun.Item, zh, en);
}

/// <summary>What a stream is about; one stream is one chain.</summary>
public enum Noun
{
    Item,
    Market,

    /// <summary>The keys of one party, and nothing else (proof.md §6).</summary>
    Keys,

    /// <summary>The proof log itself.</summary>
    Log,

    /// <summary>A registration station (登记服务站).</summary>
    Station,

    /// <summary>Data was recovered from something that had been wiped.</summary>
    Incident,

    /// <summary>Who may export, by its unified social credit code.</summary>
    Exporter,

    /// <summary>Goods under one export licence.</summary>
    Batch,

    /// <summary>What is shared of a party, by its reference or code.</summary>
    Party,

    /// <summary>A figure of the plan in one region.</summary>
    Indicator,

    /// <summary>What one reader has read in one month.</summary>
    Reading,

    /// <summary>A body whose credentials and licences count, by its unified social credit code.</summary>
    Issuer,

    /// <summary>A suspicion, or a case of an authority.</summary>
    Case,
}
