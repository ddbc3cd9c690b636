using System.Diagnostics.CodeAnalysis;

namespace Ledger.Kernel;

/// <summary>What codes of markets and stations have in common: <c>XX-&lt;division&gt;-&lt;digits&gt;</c>.</summary>
public static class SiteCode
{
    /// <param name="prefix">Two letters.</param>
    /// <param name="least">Digits of the number, at least.</param>
    internal static bool IsWellFormed([NotNullWhen(true)] string? text, string prefix, int least) =>
        text is not null
        && text.Length >= Front + least
        && text.Length <= Front + 4
        && text.StartsWith(prefix, StringComparison.Ordinal)
        && text[2] == '-'
        && text[9] == '-'
        && text.AsSpan(3, 6).IndexOfAnyExceptInRange('0', '9') < 0
        && text.AsSpan(Front).IndexOfAnyExceptInRange('0', '9') < 0;

    /// <summary>The division inside a code that is well formed.</summary>
    internal static string DivisionOf(string code) => code.Substring(3, 6);

    /// <summary>The division inside whatever was given as a site; null where it is no code of one.</summary>
    public static string? FindDivision(string? text) =>
        MarketCode.IsWellFormed(text) || StationCode.IsWellFormed(text) ? DivisionOf(text) : null;

    const int Front = 10;
}
