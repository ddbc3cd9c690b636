using System.Text.Json;

namespace Ledger.Proof.Bundles;

/// <summary>A <c>*.json</c> file of a bundle: its bytes are the canonical form of its value, and nothing
/// follows.</summary>
static class CanonicalJson
{
    /// <returns>Null where the file is anything else.</returns>
    public static JsonElement? Read(ReadOnlySpan<byte> file) =>
        file.Length <= StrictText.Longest
        && StrictJson.TryRead(file, JsonRules.Document, out var value, out _)
        && file.SequenceEqual(Jcs.Of(value))
            ? value
            : null;
}
