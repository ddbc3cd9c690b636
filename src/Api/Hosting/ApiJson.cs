using System.Text.Json;
using System.Text.Json.Serialization;
using Ledger.Kernel;

namespace Api.Hosting;

/// <summary>Strict JSON at the door (operations.md §5): no duplicates, no unknown members, no gaps, no depth.</summary>
static class ApiJson
{
    public static JsonSerializerOptions Strict { get; } = MakeStrict();

    static JsonSerializerOptions MakeStrict()
    {
        var options = new JsonSerializerOptions
        {
            AllowDuplicateProperties = false,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            MaxDepth = 32,
        };
        WireJson.Shape(options);
        return options;
    }

    /// <summary>Reads a body.</summary>
    /// <returns>The body, or why it is not one: shape is 400, a number that no member holds is 422.</returns>
    public static (T? Body, Refusal? Refusal, int? Status) Read<T>(ReadOnlySpan<byte> bytes)
        where T : class
    {
        try
        {
            if (HasNullElement(bytes))
                return (null, BodyFaults.NullElement, null);
            return JsonSerializer.Deserialize<T>(bytes, Strict) is { } body
                ? (body, null, null)
                : (null, BodyFaults.Of("The body is null.", "内容为 null。"), null);
        }
        catch (JsonException error)
        {
            if (OutOfRange(bytes, error) is { } number)
                return (null, number, null);
            return (null, BodyFaults.Of(error, typeof(T), bytes), null);
        }
        // Half a surrogate pair is JSON, but no text.
        catch (InvalidOperationException)
        {
            return (null, BodyFaults.NoText, null);
        }
    }

    /// <summary>The deserialiser refuses null for a member that needs a value, but not for an element of a
    /// list.</summary>
    static bool HasNullElement(ReadOnlySpan<byte> bytes)
    {
        var reader = new Utf8JsonReader(bytes, new() { MaxDepth = Strict.MaxDepth });
        var lists = new Stack<bool>();
        while (reader.Read())
            switch (reader.TokenType)
            {
                case JsonTokenType.StartArray or JsonTokenType.StartObject:
                    lists.Push(reader.TokenType is JsonTokenType.StartArray);
                    break;
                case JsonTokenType.EndArray or JsonTokenType.EndObject:
                    lists.Pop();
                    break;
                case JsonTokenType.Null when lists.TryPeek(out var inList) && inList:
                    return true;
            }
        return false;
    }

    /// <summary>A JSON number too large for its member is a judgement of its value, not of its type.</summary>
    static Refusal? OutOfRange(ReadOnlySpan<byte> bytes, JsonException error)
    {
        if (
            BodyFaults.Path(error) is not { } path
            || path.Contains('.', StringComparison.Ordinal)
            || path.Contains('[', StringComparison.Ordinal)
        )
            return null;
        try
        {
            var reader = new Utf8JsonReader(bytes);
            using var document = JsonDocument.ParseValue(ref reader);
            return
                document.RootElement.TryGetProperty(path, out var value)
                && value.ValueKind is JsonValueKind.Number
                && error.InnerException is FormatException or OverflowException
                ? Refusal
                    .Of(
                        "value-out-of-range",
                        ("name", path),
                        ("value", Bounds.Short(value.GetRawText())),
                        ("least", long.MinValue),
                        ("most", long.MaxValue)
                    )
                    .At(path)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
