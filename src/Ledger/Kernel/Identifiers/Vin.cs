namespace Ledger.Kernel.Identifiers;

/// <summary>Vehicle identification number: GB 16735-2019, ISO 3779.</summary>
public static class Vin
{
    const string Values = "0123456789.ABCDEFGH..JKLMN.P.R..STUVWXYZ";
    static ReadOnlySpan<int> Weights => [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];

    /// <summary>17 characters of A–Z and 0–9 without I, O and Q.</summary>
    public static bool HasShape(ReadOnlySpan<char> vin)
    {
        if (vin.Length != 17)
            return false;
        foreach (var c in vin)
            if (!(char.IsAsciiDigit(c) || char.IsAsciiLetterUpper(c)) || c is 'I' or 'O' or 'Q')
                return false;
        return true;
    }

    /// <summary>The check character that belongs at position 9 of a well-shaped VIN.</summary>
    public static char CheckDigit(ReadOnlySpan<char> vin)
    {
        var sum = 0;
        for (var i = 0; i < 17; i++)
            sum += Values.IndexOf(vin[i], StringComparison.Ordinal) % 10 * Weights[i];
        return (sum % 11) is var rest && rest == 10 ? 'X' : (char)('0' + rest);
    }

    public static bool CheckFits(ReadOnlySpan<char> vin) => vin[8] == CheckDigit(vin);

    /// <summary>Whether the check digit binds: made in China (L) or North America (1–5); elsewhere it is a
    /// warning.</summary>
    public static bool IsStrict(ReadOnlySpan<char> vin) => vin[0] is 'L' or (>= '1' and <= '5');
}
