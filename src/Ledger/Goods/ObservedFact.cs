using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ledger.Kernel;

namespace Ledger.Goods;

/// <summary>
/// Makes an event from another register's facts: a fact named like a member of the record fills it, with its type; the
/// rest stays in <see cref="LedgerEvent.Facts"/>. So every event of the catalogue can be taken over without a line
/// here.
/// </summary>
public static class ObservedFact
{
    public static (LedgerEvent? Event, Refusal? Refusal) Bind(
        EventLine line,
        IReadOnlyDictionary<string, string> facts,
        string place,
        string party,
        string scope
    )
    {
        var all = facts.ToDictionary(f => f.Key, f => f.Value, StringComparer.Ordinal);
        if (place.Length > 0)
            all["place"] = place;
        if (party.Length > 0)
            all[Modules.ObservedParties.GetValueOrDefault(line.Type, "party")] = party;
        var json = new JsonObject();
        var rest = new List<KeyValuePair<string, string>>();
        foreach (var (name, text) in all)
        {
            var type = EventMember.TypeOf(line.Type, name) is { } its && IsPlain(its) ? its : null;
            if ((type is null || type == typeof(string)) && PartyRef.IsPersonalNumber(text))
                return (null, Refusal.Of("personal-data-in-public-field", ("name", name)).At("facts"));
            if (type is null)
            {
                rest.Add(new(name, text));
                continue;
            }
            var (node, refusal) = Node(type, name, text, scope);
            if (refusal is not null)
                return (null, refusal);
            json[name] = node;
        }
        if (line.Type == typeof(ItemRegistered))
            (json["category"], json["identifiers"]) = ("", new JsonArray());
        try
        {
            var bound = (LedgerEvent)json.Deserialize(line.Type, WireJson.Options)!;
            return (rest.Count == 0 ? bound : bound with { Facts = ExtraFields.Of(rest) }, null);
        }
        catch (JsonException error)
        {
            var at = (error.Path ?? "$").TrimStart('$', '.');
            return (
                null,
                Refusal
                    .Of(
                        "value-malformed",
                        ("name", $"facts.{at}"),
                        ("value", all.GetValueOrDefault(at, "")),
                        (
                            "expected",
                            EventMember.TypeOf(line.Type, at) is { IsEnum: true } t
                                ? string.Join(
                                    ", ",
                                    Enum.GetNames(t).Select(JsonNamingPolicy.KebabCaseLower.ConvertName)
                                )
                                : "a value of its type"
                        )
                    )
                    .At("facts")
            );
        }
    }

    static bool IsPlain(Type type) =>
        type == typeof(string)
        || type == typeof(long)
        || type == typeof(int)
        || type == typeof(bool)
        || type == typeof(DateOnly)
        || type == typeof(DateTimeOffset)
        || type == typeof(Guid)
        || type == typeof(PartyRef)
        || type.IsEnum
        || type == typeof(ImmutableArray<string>);

    static (JsonNode?, Refusal?) Node(Type type, string name, string text, string scope)
    {
        Refusal Bad(string expected) =>
            Refusal
                .Of("value-malformed", ("name", $"facts.{name}"), ("value", text), ("expected", expected))
                .At("facts");
        if (type == typeof(long) || type == typeof(int))
            return
                long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var n)
                && n is >= 0 and <= Bounds.MostFen
                && (type == typeof(long) || n <= int.MaxValue)
                ? (n, null)
                : (null, Bad("a whole number, not negative"));
        if (type == typeof(bool))
            return bool.TryParse(text, out var flag) ? (flag, null) : (null, Bad("true or false"));
        if (type == typeof(DateOnly))
            return Instants.TryParseDay(text, out _) ? (text, null) : (null, Bad("yyyy-MM-dd"));
        if (type == typeof(ImmutableArray<string>))
            return (new JsonArray([.. text.Split(',').Select(t => (JsonNode)t.Trim())]), null);
        if (type == typeof(PartyRef))
        {
            var (party, refusal) = PartyRef.Parse(text, scope, name);
            return (party?.ToString(), refusal);
        }
        return (text, null);
    }
}
