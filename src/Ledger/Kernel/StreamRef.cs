using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ledger.Kernel;

/// <summary>Another stream, as an event names it: the store keeps its id, a leaf says its handle (proof.md
/// §6).</summary>
[JsonConverter(typeof(Converter))]
public sealed record StreamRef(Guid Id)
{
    public override string ToString() => Id.ToString();

    sealed class Converter : JsonConverter<StreamRef>
    {
        public override StreamRef Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            new(reader.GetGuid());

        public override void Write(Utf8JsonWriter writer, StreamRef value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Id);
    }
}
