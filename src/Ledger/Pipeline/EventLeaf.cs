using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Ledger.Kernel;
using Ledger.Kernel.Identifiers;
using Ledger.Proof;

namespace Ledger.Pipeline;

/// <summary>
/// What a leaf says of an event in clear: <c>said</c> by the acting party, <c>judged</c> by the ledger, and the
/// identifier handles it binds (proof.md §6). A pure function of the event and its envelope, so that an audit derives
/// it again and finds a row that was changed.
/// </summary>
public sealed record EventLeaf(ImmutableArray<Hash> Ids, byte[] Said, byte[] Judged)
{
    static readonly JsonWriterOptions Tight = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>How each member of each kind of event is told; a closed set, read once from its record.</summary>
    static readonly ConcurrentDictionary<Type, ImmutableArray<Member>> Shapes = new();

    public static EventLeaf Of(LedgerEvent e, Envelope envelope, Guid stream, Handles handles)
    {
        var said = new Utf8Json();
        said.Json.WriteStartObject();
        WriteSaid(said.Json, e, stream, handles);
        WriteBy(said.Json, envelope, handles);
        said.Json.WriteEndObject();
        var judged = new Utf8Json();
        judged.Json.WriteStartObject();
        judged.Json.WriteString("ruleSet", envelope.RulesetVersion);
        WriteJudged(judged.Json, e);
        if (!envelope.Verdicts.IsDefaultOrEmpty)
        {
            judged.Json.WritePropertyName("verdicts");
            JsonSerializer.Serialize(judged.Json, envelope.Verdicts, WireJson.Options);
        }
        judged.Json.WriteEndObject();
        return new(Binds(e), said.Done(), judged.Done());
    }

    /// <summary>Each party an event names, with the member that names it.</summary>
    public static IEnumerable<(string Member, PartyRef Party)> Parties(LedgerEvent e)
    {
        foreach (var member in ShapeOf(e.GetType()).Where(m => m.MayNameParty))
            switch (member.Property.GetValue(e))
            {
                case PartyRef party:
                    yield return (member.Name, party);
                    break;
                case LedgerEvent nested:
                    foreach (var inner in Parties(nested))
                        yield return inner;
                    break;
            }
    }

    /// <summary>The clear members in the record's order: a party as its handle within this stream, identifiers as their
    /// kinds.</summary>
    static void WriteSaid(Utf8JsonWriter json, LedgerEvent e, Guid stream, Handles handles)
    {
        foreach (var member in ShapeOf(e.GetType()))
        {
            var value = member.Property.GetValue(e);
            if (value is null or ImmutableArray<IdentifierRef> { IsDefault: true } || member.Judged)
                continue;
            json.WritePropertyName(member.Name);
            switch (value)
            {
                case PartyRef party:
                    json.WriteStringValue(
                        party.Subject is { } subject
                            ? Hash.Read(handles.OfParty(stream, subject)).ToBase64Url()
                            : party.ToString()
                    );
                    break;
                case StreamRef other:
                    json.WriteStringValue(Hash.Read(handles.OfStream(other.Id)).ToBase64Url());
                    break;
                case ImmutableArray<StreamRef> others:
                    json.WriteStartArray();
                    foreach (var other in others)
                        json.WriteStringValue(Hash.Read(handles.OfStream(other.Id)).ToBase64Url());
                    json.WriteEndArray();
                    break;
                case IdentifierRef identifier:
                    json.WriteStringValue(identifier.Kind);
                    break;
                case ImmutableArray<IdentifierRef> several:
                    json.WriteStartArray();
                    foreach (var one in several)
                        json.WriteStringValue(one.Kind);
                    json.WriteEndArray();
                    break;
                case LedgerEvent nested:
                    json.WriteStartObject();
                    WriteSaid(json, nested, stream, handles);
                    json.WriteEndObject();
                    break;
                default:
                    JsonSerializer.Serialize(json, value, member.Property.PropertyType, WireJson.Options);
                    break;
            }
        }
    }

    /// <summary>Who stated it, where and under whose law; the natural person behind the actor is no clear
    /// fact.</summary>
    static void WriteBy(Utf8JsonWriter json, Envelope envelope, Handles handles)
    {
        // Not "by": a deal that was cancelled says that of itself.
        json.WriteStartObject("stated");
        json.WriteString("actor", Hash.Read(handles.OfActor(envelope.Actor)).ToBase64Url());
        json.WriteString("role", envelope.Role);
        json.WriteString("assurance", WireWords.Of(envelope.ActorAssurance));
        if (envelope.SecondActor is { } second)
            json.WriteString("second", Hash.Read(handles.OfActor(second)).ToBase64Url());
        if (envelope.Site is { } site)
            json.WriteString("site", site);
        if (envelope.Source is { } source)
            json.WriteString("source", source);
        if (envelope.Precision is { } precision)
            json.WriteString("precision", WireWords.Of(precision));
        if (envelope.GivenDay is { } day)
            json.WriteString("day", Instants.Text(day));
        if (envelope.RegionCode is { } region)
            json.WriteString("region", region);
        if (envelope.LateReason is { } late)
            json.WriteString("lateReason", late);
        if (envelope.Acknowledged is { IsDefaultOrEmpty: false } acknowledged)
        {
            json.WritePropertyName("acknowledged");
            JsonSerializer.Serialize(json, acknowledged, WireJson.Options);
        }
        json.WriteString("law", envelope.Jurisdiction);
        json.WriteEndObject();
    }

    static void WriteJudged(Utf8JsonWriter json, LedgerEvent e)
    {
        foreach (var member in ShapeOf(e.GetType()).Where(m => m.Judged))
            if (member.Property.GetValue(e) is { } value)
            {
                json.WritePropertyName(member.Name);
                JsonSerializer.Serialize(json, value, member.Property.PropertyType, WireJson.Options);
            }
    }

    static ImmutableArray<Hash> Binds(LedgerEvent e) =>
        Modules.Identifiers.TryGetValue(e.GetType(), out var line) && line.Bound is { } bound
            ? [.. bound.Of(e).Select(Handle)]
            : [];

    static Hash Handle(IdentifierRef identifier) =>
        Hash.Read(System.Buffers.Text.Base64Url.DecodeFromChars(identifier.Handle));

    static ImmutableArray<Member> ShapeOf(Type type) =>
        Shapes.GetOrAdd(
            type,
            t =>
                [
                    .. t.GetProperties(BindingFlags.Public | BindingFlags.Instance)
                        .Where(p => p.CanWrite)
                        // The record's own members in their order, further facts behind them.
                        .OrderBy(p => p.DeclaringType == typeof(LedgerEvent))
                        .Select(p => new Member(
                            p,
                            JsonNamingPolicy.CamelCase.ConvertName(p.Name),
                            p.IsDefined(typeof(LedgerDerivedAttribute))
                        )),
                ]
        );

    sealed record Member(PropertyInfo Property, string Name, bool Judged)
    {
        public bool MayNameParty { get; } =
            Property.PropertyType == typeof(PartyRef) || Property.PropertyType.IsAssignableTo(typeof(LedgerEvent));
    }

    /// <summary>A growing buffer of NFC text: what a leaf says has one form (proof.md §6).</summary>
    sealed class Utf8Json
    {
        readonly System.Buffers.ArrayBufferWriter<byte> buffer = new(256);

        public Utf8Json() => Json = new(buffer, Tight);

        public Utf8JsonWriter Json { get; }

        public byte[] Done()
        {
            Json.Flush();
            if (Ascii.IsValid(buffer.WrittenSpan))
                return buffer.WrittenSpan.ToArray();
            var text = Encoding.UTF8.GetString(buffer.WrittenSpan);
            return Encoding.UTF8.GetBytes(text.IsNormalized() ? text : text.Normalize());
        }
    }
}
