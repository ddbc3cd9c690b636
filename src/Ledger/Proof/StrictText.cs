using System.Text;

namespace Ledger.Proof;

/// <summary>Text as proof.md §10 reads it: UTF-8 without a mark in front, lines that end with LF alone, the last one
/// too.</summary>
public static class StrictText
{
    /// <summary>Bytes of the largest text: 2²⁰.</summary>
    public const int Longest = 1 << 20;

    static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text of bytes.</summary>
    /// <returns>Null where they are too many, not UTF-8, begin with a byte order mark, hold a CR or do not end with
    /// LF.</returns>
    public static string? Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > Longest)
            return null;
        try
        {
            var text = Utf8.GetString(bytes);
            return IsText(text) ? text : null;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>Whether a text keeps the rules of <see cref="Read"/>.</summary>
    public static bool Holds(string text) =>
        IsText(text) && text.Length <= Longest && IsUnicode(text) && Utf8.GetByteCount(text) <= Longest;

    /// <summary>Whether each surrogate has its other half, so that the text has a form in UTF-8.</summary>
    public static bool IsUnicode(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
                continue;
            if (!char.IsHighSurrogate(text[i]) || i + 1 == text.Length || !char.IsLowSurrogate(text[i + 1]))
                return false;
            i++;
        }
        return true;
    }

    static bool IsText(string text) => text is [not '\uFEFF', ..] and [.., '\n'] && !text.Contains('\r');
}
