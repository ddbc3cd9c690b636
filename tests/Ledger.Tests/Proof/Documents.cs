using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using Ledger.Proof;

namespace Ledger.Tests.Proof;

/// <summary>JSON documents by chance: any text, any double and safe integer, nested up to a few levels.</summary>
static class Documents
{
    static readonly Gen<string> Text = Gen.Select(Gen.Int[0, 0x10FFFF].Where(Rune.IsValid).Array[0, 6], Gen.Bool)
        .Select((runes, ascii) => string.Concat(runes.Select(r => new Rune(ascii ? r % 0x80 : r).ToString())));

    static readonly Gen<JsonNode?> Leaf = Gen.OneOf<JsonNode?>(
        Text.Select(t => (JsonNode?)JsonValue.Create(t)),
        Gen.Double.Where(double.IsFinite).Select(d => (JsonNode?)JsonValue.Create(d)),
        Gen.Double[-1e6, 1e6].Select(d => (JsonNode?)JsonValue.Create(d)),
        Gen.Long[-StrictJson.LargestInteger, StrictJson.LargestInteger].Select(l => (JsonNode?)JsonValue.Create(l)),
        Gen.Bool.Select(b => (JsonNode?)JsonValue.Create(b)),
        Gen.Const((JsonNode?)null)
    );

    static Gen<JsonNode?> Nested(int levels) =>
        levels == 0
            ? Leaf
            : Gen.OneOf(
                Leaf,
                Nested(levels - 1)
                    .Array[0, 4]
                    .Select(a => (JsonNode?)new JsonArray([.. a.Select(n => n?.DeepClone())])),
                Gen.Select(Text, Nested(levels - 1)).Array[0, 4].Select(Object)
            );

    static JsonNode? Object((string Name, JsonNode? Value)[] members)
    {
        var made = new JsonObject();
        foreach (var (name, value) in members)
            made[name] = value?.DeepClone();
        return made;
    }

    /// <summary>The canonical bytes of a document as it is read strictly; null where it is refused.</summary>
    public static byte[]? Canonical(ReadOnlySpan<byte> utf8) =>
        StrictJson.TryRead(utf8, JsonRules.Document, out var value, out _) ? Jcs.Of(value) : null;

    public static readonly Gen<JsonElement> Any = Nested(3).Select(n => JsonSerializer.SerializeToElement(n));
}
