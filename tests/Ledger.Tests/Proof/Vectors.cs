using System.Text.Json;
using Support;

namespace Ledger.Tests.Proof;

/// <summary>The shared vectors, as JSON.</summary>
static class Vectors
{
    public static JsonElement Document(string name) => JsonElement.Parse(File.ReadAllBytes(Places.SharedVectors(name)));

    /// <summary>One object a line.</summary>
    public static JsonElement[] Lines(string name) =>
        [.. File.ReadLines(Places.SharedVectors(name)).Select(line => JsonElement.Parse(line))];
}
