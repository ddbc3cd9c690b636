using System.Collections;
using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ledger.Kernel;

/// <summary>
/// Sorted key and text: what a category or another register says beyond the typed members. Ordinal order, so that the
/// same facts always give the same bytes. Keys are ASCII, 1–64 characters; values 1–500 characters.
/// </summary>
[JsonConverter(typeof(Converter))]
public sealed class ExtraFields : IReadOnlyCollection<KeyValuePair<string, string>>, IEquatable<ExtraFields>
{
    readonly ImmutableSortedDictionary<string, string> values;

    ExtraFields(ImmutableSortedDictionary<string, string> values) => this.values = values;

    public static ExtraFields Empty { get; } =
        new(ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal));

    public static ExtraFields Of(IEnumerable<KeyValuePair<string, string>> pairs) => new(Empty.values.SetItems(pairs));

    public int Count => values.Count;

    /// <summary>The value under a key, or null.</summary>
    public string? this[string key] => values.GetValueOrDefault(key);

    public bool Equals(ExtraFields? other) => other is not null && values.SequenceEqual(other.values);

    public override bool Equals(object? obj) => Equals(obj as ExtraFields);

    public override int GetHashCode() =>
        values.Aggregate(values.Count, (hash, pair) => HashCode.Combine(hash, pair.Key, pair.Value));

    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    sealed class Converter : JsonConverter<ExtraFields>
    {
        public override ExtraFields Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            Of(JsonSerializer.Deserialize<Dictionary<string, string>>(ref reader, options) ?? []);

        public override void Write(Utf8JsonWriter writer, ExtraFields value, JsonSerializerOptions options)
        {
            writer.WriteStartObject();
            foreach (var (key, text) in value.values)
                writer.WriteString(key, text);
            writer.WriteEndObject();
        }
    }
}
