using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ledger.Kernel;

/// <summary>How events and envelopes look as JSON: camelCase, kebab words, instants with milliseconds, absent
/// instead of null.</summary>
public static class WireJson
{
    public static JsonSerializerOptions Options { get; } = Make();

    /// <summary>Applies the same shape to options that another library owns.</summary>
    public static void Shape(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        // Always sent as application/json, never inside a page.
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false));
        options.Converters.Add(new InstantConverter());
    }

    static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions();
        Shape(options);
        return options;
    }

    sealed class InstantConverter : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            Instants.TryParse(reader.GetString(), out var instant)
                ? instant
                : throw new JsonException("An instant is RFC 3339.");

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteStringValue(Instants.Text(value));
    }
}
