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
    /// <returns>A refusal where a member has not the type that its event gives it.</returns>
    public (LedgerEvent? To, Refusal? Refusal) On(LedgerEvent wrong)
    {
        var json = JsonSerializer.SerializeToNode(wrong, wrong.GetType(), WireJson.Options)!.AsObject();
        foreach (var (name, value) in Members)
            json[name] = JsonNode.Parse(value.GetRawText());
        foreach (var (name, party) in Parties)
            json[name] = party.ToString();
        try
        {
            return ((LedgerEvent)json.Deserialize(wrong.GetType(), WireJson.Options)!, null);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return (
                null,
                Refusal
                    .Of(
                        "value-malformed",
                        ("name", "facts"),
                        ("value", EventCatalog.Of(wrong).Name),
                        ("expected", "members of their types")
                    )
                    .At("facts")
            );
        }
    }
}
