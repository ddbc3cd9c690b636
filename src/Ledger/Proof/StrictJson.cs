using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Ledger.Proof;

/// <summary>Why a text is not JSON as this log reads it (proof.md §10).</summary>
public enum JsonFlaw
{
    None,

    /// <summary>Not UTF-8, or a byte order mark in front.</summary>
    NotUtf8,

    /// <summary>Not RFC 8259; also comments, trailing commas and anything after the value.</summary>
    Grammar,

    /// <summary>More than <see cref="StrictJson.DeepestLevel"/> objects and arrays within one another.</summary>
    TooDeep,

    /// <summary>An escape for half a character.</summary>
    LoneSurrogate,

    /// <summary>A name twice in one object, however it is escaped.</summary>
    DuplicateName,

    /// <summary>No double holds it; in a leaf also a fraction, an exponent, −0 or beyond ±(2⁵³−1).</summary>
    Number,

    /// <summary>A text of a leaf that is not in Unicode's normal form C.</summary>
    NotNormalised,
}

/// <summary>How strict to be beyond what every text is held to.</summary>
public enum JsonRules
{
    /// <summary>Any number that a double holds, any text.</summary>
    Document,

    /// <summary>What a leaf may hold: integers of |x| ≤ 2⁵³−1, texts in normal form C (proof.md §6).</summary>
    Leaf,
}

/// <summary>Reads JSON so that no two readers can take it differently (proof.md §10).</summary>
public static class StrictJson
{
    public const int DeepestLevel = 16;

    /// <summary>2⁵³−1: up to here JSON numbers are the same everywhere.</summary>
    public const long LargestInteger = (1L << 53) - 1;

    static readonly JsonDocumentOptions Options = new()
    {
        AllowDuplicateProperties = false,
        AllowTrailingCommas = false,
        CommentHandling = JsonCommentHandling.Disallow,
        MaxDepth = DeepestLevel,
    };

    public static bool IsSafe(long number) => number is >= -LargestInteger and <= LargestInteger;

    /// <summary>Reads one document; white space around it is allowed, anything else is not.</summary>
    /// <param name="utf8">The whole text.</param>
    /// <param name="rules">What may stand in it.</param>
    /// <param name="value">The value; it owns its memory.</param>
    /// <param name="flaw">What is wrong, <see cref="JsonFlaw.None"/> on success.</param>
    public static bool TryRead(ReadOnlySpan<byte> utf8, JsonRules rules, out JsonElement value, out JsonFlaw flaw)
    {
        value = default;
        flaw = FlawIn(utf8, rules);
        if (flaw != JsonFlaw.None)
            return false;
        try
        {
            value = JsonElement.Parse(utf8, Options);
            return true;
        }
        catch (JsonException)
        {
            // Everything else was found above.
            flaw = JsonFlaw.DuplicateName;
            return false;
        }
    }

    /// <summary>What no reader takes, but for a name that stands twice.</summary>
    internal static JsonFlaw FlawIn(ReadOnlySpan<byte> utf8, JsonRules rules)
    {
        if (!Utf8.IsValid(utf8) || utf8.StartsWith("\uFEFF"u8))
            return JsonFlaw.NotUtf8;
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = int.MaxValue });
        try
        {
            while (reader.Read())
                if (FlawIn(ref reader, rules) is not JsonFlaw.None and var flaw)
                    return flaw;
            return JsonFlaw.None;
        }
        catch (JsonException)
        {
            return JsonFlaw.Grammar;
        }
    }

    static JsonFlaw FlawIn(ref Utf8JsonReader reader, JsonRules rules) =>
        reader.TokenType switch
        {
            JsonTokenType.StartObject or JsonTokenType.StartArray => reader.CurrentDepth < DeepestLevel
                ? JsonFlaw.None
                : JsonFlaw.TooDeep,
            JsonTokenType.PropertyName or JsonTokenType.String => !SurrogatesPair(reader.ValueSpan)
                ? JsonFlaw.LoneSurrogate
            : rules == JsonRules.Leaf && !IsNormal(ref reader) ? JsonFlaw.NotNormalised
            : JsonFlaw.None,
            JsonTokenType.Number => MayStand(ref reader, rules) ? JsonFlaw.None : JsonFlaw.Number,
            _ => JsonFlaw.None,
        };

    static bool MayStand(ref Utf8JsonReader reader, JsonRules rules) =>
        rules == JsonRules.Document
            ? reader.TryGetDouble(out var real) && double.IsFinite(real)
            : reader.ValueSpan.IndexOfAny(".eE"u8) < 0
                && !reader.ValueSpan.SequenceEqual("-0"u8)
                && reader.TryGetInt64(out var whole)
                && IsSafe(whole);

    /// <summary>U+FFFE is normal to Unicode, but .NET throws at it.</summary>
    static bool IsNormal(ref Utf8JsonReader reader) =>
        !reader.ValueIsEscaped && Ascii.IsValid(reader.ValueSpan)
        || reader.GetString()!.Replace('\uFFFE', '\uFFFD').IsNormalized(NormalizationForm.FormC);

    /// <summary>Whether each escaped half of a character has its other half right behind it. The bytes themselves
    /// are UTF-8 and hold no halves.</summary>
    static bool SurrogatesPair(ReadOnlySpan<byte> raw)
    {
        var high = false;
        while (raw.IndexOf((byte)'\\') is >= 0 and var place)
        {
            if (high && place > 0)
                return false;
            var escape = raw[place..];
            var unit =
                escape[1] == 'u'
                    ? (char)ushort.Parse(escape[2..6], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)
                    : '\0';
            if (high != char.IsLowSurrogate(unit))
                return false;
            high = char.IsHighSurrogate(unit);
            raw = escape[(escape[1] == 'u' ? 6 : 2)..];
        }
        return !high;
    }
}
