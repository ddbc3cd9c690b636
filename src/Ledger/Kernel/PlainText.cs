using System.Globalization;
using System.Text;

namespace Ledger.Kernel;

/// <summary>Text that may stand in an event: any script and emoji, no control characters, no broken
/// surrogates.</summary>
public static class PlainText
{
    /// <returns>Null when the text may stand.</returns>
    public static Refusal? Check(string text, int longest)
    {
        if (text.Length > longest)
            return Refusal.Of("text-too-long", ("length", text.Length), ("longest", longest));
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
                continue;
            }
            if (char.IsControl(c) || char.IsSurrogate(c) || c is '\uFFFE' or '\uFFFF')
                return Refusal.Of("text-malformed", ("place", i + 1), ("codePoint", $"U+{(int)c:X4}"));
        }
        return null;
    }

    /// <summary>Normal form for storing and finding (contract.md §3): NFKC, trimmed, runs of blanks to one, ASCII
    /// upper case.</summary>
    /// <remarks>Give it only text that <see cref="Check"/> lets pass: broken surrogates have no normal form.</remarks>
    public static string Normal(string text)
    {
        var folded = text.Normalize(NormalizationForm.FormKC).Trim();
        var builder = new StringBuilder(folded.Length);
        foreach (var c in folded)
        {
            if (char.IsWhiteSpace(c))
            {
                if (builder[^1] != ' ')
                    builder.Append(' ');
            }
            else
                builder.Append(c is >= 'a' and <= 'z' ? (char)(c - 32) : c);
        }
        return builder.ToString();
    }

    /// <summary>Letters and digits alone, in one width and case: what two spellings of one thing have in
    /// common.</summary>
    public static string LettersAndDigits(string text) =>
        string.Concat(
            text.Normalize(NormalizationForm.FormKC).Where(char.IsLetterOrDigit).Select(char.ToUpperInvariant)
        );

    /// <summary>Whether a character turns the reading direction without being seen: never part of an
    /// identifier.</summary>
    public static bool IsInvisible(char c) => char.GetUnicodeCategory(c) is UnicodeCategory.Format;
}
