using System.Diagnostics.CodeAnalysis;

namespace Ledger.Kernel;

/// <summary>A registration station's code: <c>ST-&lt;division&gt;-&lt;2 to 4 digits&gt;</c>, e.g.
/// <c>ST-510100-01</c>.</summary>
public static class StationCode
{
    public static bool IsWellFormed([NotNullWhen(true)] string? text) =>
        text is { Length: >= 12 and <= 14 }
        && text.StartsWith("ST-", StringComparison.Ordinal)
        && text[9] == '-'
        && text.AsSpan(3, 6).IndexOfAnyExceptInRange('0', '9') < 0
        && text.AsSpan(10).IndexOfAnyExceptInRange('0', '9') < 0;

    /// <summary>The division inside the code.</summary>
    public static string DivisionOf(string code) => code.Substring(3, 6);

    /// <returns>Null when the code has its shape and its division is in the list.</returns>
    public static Refusal? Check(string text) =>
        !IsWellFormed(text) ? Refusal.Of("station-malformed", ("value", Bounds.Short(text)))
        : Divisions.Find(DivisionOf(text)) is null ? Refusal.Of("division-unknown", ("value", DivisionOf(text)))
        : null;
}
