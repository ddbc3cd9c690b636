using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Ledger.Proof;

/// <summary>
/// Canonical JSON (RFC 8785): members sorted by UTF-16 code units, no white space, no needless escape, numbers as
/// ECMAScript prints a double. <c>System.Text.Json</c> writes none of these so.
/// </summary>
public static class Jcs
{
    /// <summary>The canonical bytes of a value.</summary>
    /// <exception cref="JsonException">A name twice in one object, a surrogate alone, a number beyond
    /// double.</exception>
    public static byte[] Of(JsonElement value) => Of(json => Write(json, value));

    /// <summary>The canonical bytes of a text.</summary>
    /// <exception cref="JsonException">A surrogate alone.</exception>
    public static byte[] Of(string text) => Of(json => json.AddText(text));

    /// <summary>The canonical bytes of what is written in canonical order.</summary>
    public static byte[] Of(Action<Utf8Builder> write)
    {
        using var text = new Utf8Builder();
        try
        {
            write(text);
            return text.ToArray();
        }
        catch (Exception e) when (e is InvalidOperationException or EncoderFallbackException)
        {
            // How System.Text.Json and the encoder say that text is not Unicode.
            throw new JsonException("A surrogate stands alone.", e);
        }
    }

    static void Write(Utf8Builder text, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(text, value);
                break;
            case JsonValueKind.Array:
                WriteArray(text, value);
                break;
            case JsonValueKind.String:
                text.AddText(value.GetString());
                break;
            case JsonValueKind.Number:
                WriteNumber(text, value);
                break;
            case JsonValueKind.True or JsonValueKind.False or JsonValueKind.Null:
                text.Add(JsonMarshal.GetRawUtf8Value(value));
                break;
            default:
                throw new JsonException("There is no value.");
        }
    }

    static void WriteObject(Utf8Builder text, JsonElement value)
    {
        var members = value.EnumerateObject().Select(m => (m.Name, m.Value)).ToArray();
        Array.Sort(members, (a, b) => string.CompareOrdinal(a.Name, b.Name));
        text.Add("{"u8);
        for (var i = 0; i < members.Length; i++)
        {
            if (i > 0 && members[i].Name == members[i - 1].Name)
                throw new JsonException($"The name {members[i].Name} stands twice in one object.");
            if (i > 0)
                text.Add(","u8);
            text.AddText(members[i].Name);
            text.Add(":"u8);
            Write(text, members[i].Value);
        }
        text.Add("}"u8);
    }

    static void WriteArray(Utf8Builder text, JsonElement value) => text.AddList(value.EnumerateArray(), Write);

    static void WriteNumber(Utf8Builder text, JsonElement value)
    {
        if (value.TryGetInt64(out var whole) && StrictJson.IsSafe(whole))
            text.Add(whole);
        else
            text.Add(Encoding.ASCII.GetBytes(EcmaScript.Text(value.GetDouble())));
    }
}
