using System.Text.Json;

namespace Ledger.Proof;

/// <summary>The few shapes that values of this log have; null where a value has another.</summary>
public static class JsonShapes
{
    /// <summary>A member that is a string.</summary>
    public static string? Text(this JsonElement json, string name) =>
        json.TryGetProperty(name, out var member) ? member.Text() : null;

    /// <summary>A member that is 32 bytes in base64url.</summary>
    public static Hash? Hash(this JsonElement json, string name) =>
        json.TryGetProperty(name, out var member) ? member.Hash() : null;

    public static string? Text(this JsonElement json) =>
        json.ValueKind == JsonValueKind.String ? json.GetString() : null;

    public static Hash? Hash(this JsonElement json) => json.Text() is { } text ? StrictBase64.ReadUrlHash(text) : null;

    /// <summary>A whole number that <see cref="StrictJson.IsSafe"/> lets pass.</summary>
    public static long? Integer(this JsonElement json) =>
        json.ValueKind == JsonValueKind.Number && json.TryGetInt64(out var number) && StrictJson.IsSafe(number)
            ? number
            : null;

    /// <summary>A UUID in lower case with hyphens.</summary>
    public static Guid? Uuid(this JsonElement json) =>
        json.Text() is { } text && Guid.TryParseExact(text, "D", out var uuid) && uuid.ToString() == text ? uuid : null;

    /// <summary>An object with exactly these members, in any order.</summary>
    public static bool Has(this JsonElement json, params ReadOnlySpan<string> members)
    {
        if (json.ValueKind != JsonValueKind.Object || json.GetPropertyCount() != members.Length)
            return false;
        foreach (var member in members)
            if (!json.TryGetProperty(member, out _))
                return false;
        return true;
    }
}
