using System.Diagnostics.CodeAnalysis;

namespace Ledger.Kernel;

/// <summary>A registration station's code: <c>ST-&lt;division&gt;-&lt;2 to 4 digits&gt;</c>, e.g.
/// <c>ST-510100-01</c>.</summary>
public static class StationCode
{
    public static bool IsWellFormed([NotNullWhen(true)] string? text) => SiteCode.IsWellFormed(text, "ST", 2);

    /// <summary>The division inside the code.</summary>
    public static string DivisionOf(string code) => SiteCode.DivisionOf(code);

    /// <returns>Null when the code has its shape and its division is in the list.</returns>
    public static Refusal? Check(string text) =>
        !IsWellFormed(text) ? Refusal.Of("station-malformed", ("value", Bounds.Short(text)))
        : Divisions.Find(DivisionOf(text)) is null ? Refusal.Of("division-unknown", ("value", DivisionOf(text)))
        : null;
}
