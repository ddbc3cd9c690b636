using System.Globalization;
using System.Text.Json;

namespace Ledger.Proof;

/// <summary>Numbers as ECMAScript prints them (Number::toString, which RFC 8785 §3.2.2.3 takes).</summary>
static class EcmaScript
{
    /// <summary>The shortest digits that read back as the same double: .NET finds them too, but arranges them
    /// otherwise.</summary>
    /// <exception cref="JsonException">Not finite.</exception>
    public static string Text(double value)
    {
        if (!double.IsFinite(value))
            throw new JsonException("A number is beyond double.");
        if (value == 0)
            return "0";
        var shortest = Math.Abs(value).ToString("R", CultureInfo.InvariantCulture).Split('E');
        var point = shortest[0].IndexOf('.', StringComparison.Ordinal) is >= 0 and var dot ? dot : shortest[0].Length;
        if (shortest.Length > 1)
            point += int.Parse(shortest[1], CultureInfo.InvariantCulture);
        var padded = shortest[0].Replace(".", "", StringComparison.Ordinal);
        var digits = padded.TrimStart('0');
        point -= padded.Length - digits.Length;
        return (value < 0 ? "-" : "") + Arranged(digits.TrimEnd('0'), point);
    }

    /// <param name="digits">Without zeros at either end.</param>
    /// <param name="point">How many of them stand before the point.</param>
    static string Arranged(string digits, int point) =>
        point switch
        {
            > 0 and <= 21 when digits.Length <= point => digits.PadRight(point, '0'),
            > 0 and <= 21 => $"{digits[..point]}.{digits[point..]}",
            > -6 and <= 0 => $"0.{new string('0', -point)}{digits}",
            _ => string.Create(
                CultureInfo.InvariantCulture,
                $"{digits[0]}{(digits.Length > 1 ? "." : "")}{digits[1..]}e{(point > 0 ? "+" : "")}{point - 1}"
            ),
        };
}
