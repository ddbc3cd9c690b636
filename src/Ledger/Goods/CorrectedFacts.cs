using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ledger.Kernel;

namespace Ledger.Goods;

/// <summary>The members of an event that were wrong, by their wire names, as they should have been; all others stay as
/// they were recorded.</summary>
/// <param name="Parties">Members that name a party.</param>
public sealed record CorrectedFacts(
    ImmutableSortedDictionary<string, JsonElement> Members,
    ImmutableSortedDictionary<string, PartyRef> Parties
)
{
    public static CorrectedFacts None { get; } =
        new(
            ImmutableSortedDictionary.Create<string, JsonElement>(StringComparer.Ordinal),
            ImmutableSortedDictionary.Create<string, PartyRef>(StringComparer.Ordinal)
        );

    public CorrectedFacts WithParties(Func<PartyRef, PartyRef> map) =>
        this with
        {
            Parties = Parties.ToImmutableSortedDictionary(p => p.Key, p => map(p.Value), StringComparer.Ordinal),
        };

    /// <summary>The event as it should have been.</summary>
    /// <param name="wrong">As it stands.</param>
    /// <param name="members">Those that may be said; of a kind that cannot be corrected none.</param>
    /// <returns>A refusal where a member is not among them, or has not the type that its event gives it.</returns>
    public (LedgerEvent? To, Refusal? Refusal) On(LedgerEvent wrong, ImmutableArray<string> members)
    {
        if (
            !members.IsEmpty && Members.Keys.Concat(Parties.Keys).FirstOrDefault(m => !members.Contains(m)) is { } other
        )
            return (null, Malformed($"facts.{other}", Bounds.Short(other), string.Join(", ", members)));
        var json = JsonSerializer.SerializeToNode(wrong, wrong.GetType(), WireJson.Options)!.AsObject();
        foreach (var (name, value) in Members)
            json[name] = JsonNode.Parse(value.GetRawText());
        foreach (var (name, party) in Parties)
            json[name] = party.ToString();
        try
        {
            var to = (LedgerEvent)json.Deserialize(wrong.GetType(), WireJson.Options)!;
            var made = JsonSerializer.SerializeToNode(to, wrong.GetType(), WireJson.Options);
            return Lost(json, made, "facts") is { } lost ? (null, Malformed(lost, "–", "–")) : (to, null);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return (
                null,
                Malformed(
                    Members.Count == 1 ? $"facts.{Members.Keys.First()}" : "facts",
                    Bounds.Short(string.Join(", ", Members.Values)),
                    "members of their types"
                )
            );
        }
    }

    static Refusal Malformed(string name, string value, string expected) =>
        Refusal.Of("value-malformed", ("name", name), ("value", value), ("expected", expected)).At("facts");

    /// <summary>A member, at any depth, that the event has no place for; null: nothing is lost.</summary>
    static string? Lost(JsonNode? said, JsonNode? made, string path) =>
        said switch
        {
            JsonObject members => members
                .Where(m => m.Value is not null)
                .Select(m =>
                    made is JsonObject kept && kept.TryGetPropertyValue(m.Key, out var found)
                        ? Lost(m.Value, found, $"{path}.{m.Key}")
                        : $"{path}.{m.Key}"
                )
                .FirstOrDefault(lost => lost is not null),
            JsonArray elements when made is JsonArray kept && kept.Count == elements.Count => elements
                .Select((e, i) => Lost(e, kept[i], $"{path}[{i}]"))
                .FirstOrDefault(lost => lost is not null),
            _ => null,
        };
}
