using System.Globalization;

namespace Ledger.Proof;

/// <summary>Numbers as proof.md §10 reads them: ASCII digits, 0 to 2⁶⁴−1, no sign, no leading zero, no space.</summary>
public static class StrictNumber
{
    /// <returns>Null where the text is not one.</returns>
    public static ulong? Read(ReadOnlySpan<char> text) =>
        text is not ['0', _, ..]
        && ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
