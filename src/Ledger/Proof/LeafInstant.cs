using System.Globalization;

namespace Ledger.Proof;

/// <summary>An instant as leaves tell it: UTC with whole milliseconds, <c>yyyy-MM-ddTHH:mm:ss.fffZ</c>, and in no other
/// form (proof.md §6).</summary>
public static class LeafInstant
{
    const string Form = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    public static string Text(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString(Form, CultureInfo.InvariantCulture);

    public static bool TryParse(string? text, out DateTimeOffset instant) =>
        DateTimeOffset.TryParseExact(
            text,
            Form,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out instant
        );
}
