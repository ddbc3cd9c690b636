namespace Ledger.Kernel.Identifiers;

/// <summary>IMEI: 15 digits, TAC 8 + serial 6 + Luhn digit (3GPP TS 23.003).</summary>
public static class Imei
{
    public static bool HasShape(string imei) => imei.Length == 15 && imei.All(char.IsAsciiDigit);

    /// <summary>Luhn over all 15 digits of a well-shaped IMEI.</summary>
    public static bool CheckFits(string imei)
    {
        var sum = 0;
        for (var i = 0; i < imei.Length; i++)
        {
            var digit = imei[i] - '0';
            if (i % 2 == 1 && (digit *= 2) > 9)
                digit -= 9;
            sum += digit;
        }
        return sum % 10 == 0;
    }
}
