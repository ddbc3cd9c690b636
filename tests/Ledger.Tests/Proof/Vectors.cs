using System.Text.Json;
using Support;

namespace Ledger.Tests.Proof;

/// <summary>The shared vectors of the proof log, as JSON.</summary>
static class Vectors
{
    static readonly Lazy<JsonElement> Worked = new(() =>
        JsonElement.Parse(File.ReadAllText(Places.SharedVectors("worked-example.json")))
    );

    public static JsonElement Example => Worked.Value;

    /// <summary>A text of worked-example.json, by path.</summary>
    public static string WorkedExample(params ReadOnlySpan<string> path)
    {
        var value = Example;
        foreach (var name in path)
            value = value.GetProperty(name);
        return value.GetString()!;
    }

    /// <summary>The objects of a file with one a line.</summary>
    public static IReadOnlyList<JsonElement> Lines(string file) =>
        [.. File.ReadLines(Places.SharedVectors(file)).Where(l => l.Length > 0).Select(l => JsonElement.Parse(l))];

    public static string Text(this JsonElement line, string member) => line.GetProperty(member).GetString()!;
}
