using System.Globalization;

namespace Ledger.Kernel.Identifiers;

/// <summary>Resident identity number: GB 11643-1999. Never stored; here to refuse it where a reference
/// belongs.</summary>
public static class ResidentId
{
    const string Checks = "10X98765432";
    static ReadOnlySpan<int> Weights => [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

    /// <summary>17 digits with a birth date that exists, and the check character.</summary>
    public static bool IsValid(string number)
    {
        if (number.Length != 18 || !number.AsSpan(0, 17).ContainsOnlyDigits())
            return false;
        if (BirthDay(number) is null)
            return false;
        var sum = 0;
        for (var i = 0; i < 17; i++)
            sum += (number[i] - '0') * Weights[i];
        return char.ToUpperInvariant(number[17]) == Checks[sum % 11];
    }

    /// <summary>The birth date inside, null where no such day exists.</summary>
    public static DateOnly? BirthDay(string number) =>
        DateOnly.TryParseExact(
            number.AsSpan(6, 8),
            "yyyyMMdd",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var day
        )
            ? day
            : null;

    static bool ContainsOnlyDigits(this ReadOnlySpan<char> span) => span.IndexOfAnyExceptInRange('0', '9') < 0;
}
