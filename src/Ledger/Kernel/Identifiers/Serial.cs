namespace Ledger.Kernel.Identifiers;

/// <summary>Brand and serial number, <c>BRAND/NUMBER</c>, split at the first <c>/</c> (rules.md
/// §2.1).</summary>
public static class Serial
{
    public const int Longest = 128;

    public static string Normal(string raw)
    {
        // Folded first: a full-width slash is a slash, and the normal form of a normal form is itself.
        var folded = raw.Normalize(System.Text.NormalizationForm.FormKC);
        var slash = folded.IndexOf('/', StringComparison.Ordinal);
        return slash < 0
            ? PlainText.Normal(folded)
            : $"{PlainText.Normal(folded[..slash])}/{PlainText.Normal(folded[(slash + 1)..])}";
    }

    public static bool HasShape(string value)
    {
        var slash = value.IndexOf('/', StringComparison.Ordinal);
        return slash > 0
            && slash < value.Length - 1
            && value.Length <= Longest
            && !value.Any(c => char.IsControl(c) || PlainText.IsInvisible(c));
    }
}

/// <summary>The number another register gave a thing, <c>SOURCE/NUMBER</c>; keeps its case and its source's
/// spelling.</summary>
public static class RegisterNumber
{
    public static bool HasShape(string value)
    {
        var slash = value.IndexOf('/', StringComparison.Ordinal);
        return slash is > 0 and <= 64
            && slash < value.Length - 1
            && value.Length <= 200
            && !value.Any(c => char.IsControl(c) || PlainText.IsInvisible(c));
    }
}

/// <summary>Battery code of GB/T 34014-2017: 24 characters, or 18–19 in cascade form; finer structure is a
/// warning.</summary>
public static class BatteryCode
{
    public static bool MayBe(string value) => value.Length is >= 1 and <= 40 && value.All(char.IsAsciiLetterOrDigit);

    /// <summary>Maker 3 · type P/M/C · chemistry A–G or Z · spec 2 · trace 7 · year · month · day · serial 7;
    /// cascade: 17 + R + one.</summary>
    public static bool HasShape(string value) =>
        value.Length is 24 or 18 or 19
        && value[3] is 'P' or 'M' or 'C'
        && value[4] is (>= 'A' and <= 'G') or 'Z'
        && (value.Length == 24 ? char.IsAsciiLetterOrDigit(value[14]) : value[17] == 'R');
}
