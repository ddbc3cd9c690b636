using System.Diagnostics.CodeAnalysis;

namespace Ledger.Kernel;

/// <summary>A market's code: <c>MK-&lt;division&gt;-&lt;4 digits&gt;</c>, e.g. <c>MK-510100-0007</c>.</summary>
public static class MarketCode
{
    public static bool IsWellFormed([NotNullWhen(true)] string? text) => SiteCode.IsWellFormed(text, "MK", 4);

    /// <summary>The division inside the code.</summary>
    public static string DivisionOf(string code) => SiteCode.DivisionOf(code);

    /// <returns>Null when the code has its shape and its division is in the list.</returns>
    public static Refusal? Check(string text) =>
        !IsWellFormed(text) ? Refusal.Of("market-malformed", ("value", text))
        : Divisions.Find(DivisionOf(text)) is null ? Refusal.Of("division-unknown", ("value", DivisionOf(text)))
        : null;
}
