namespace Ledger.Kernel;

/// <summary>What a value may be at any door, desk or import: one place, so that both judge alike.</summary>
public static class Bounds
{
    /// <summary>A hundred billion yuan, in fen.</summary>
    public const long MostFen = 10_000_000_000_000;

    public const long MostKm = 9_999_999;

    /// <summary>A petabyte, or as many blocks.</summary>
    public const long MostBytes = 1_000_000_000_000_000;

    /// <summary>Identifiers that one command or row names.</summary>
    public const int MostIdentifiers = 10;

    /// <summary>The whole, in basis points.</summary>
    public const long MostBp = 10_000;

    /// <summary>What a number may be, by the unit at the end of its member's name (domain.md §2).</summary>
    static readonly (string Unit, long Least, long Most)[] OfUnits =
    [
        ("Fen", 0, MostFen),
        ("Km", 0, MostKm),
        ("Bp", 0, MostBp),
        ("Tenths", 0, 1000),
        ("Bytes", 0, MostBytes),
        ("grade", 1, 5),
    ];

    /// <summary>The least and the most that a number may be; null: its name tells no unit.</summary>
    /// <param name="member">Its wire name, e.g. <c>grossFen</c>.</param>
    public static (long Least, long Most)? OfMember(string member)
    {
        foreach (var (unit, least, most) in OfUnits)
            if (member.EndsWith(unit, StringComparison.Ordinal))
                return (least, most);
        return null;
    }

    public static DateOnly OldestDay { get; } = new(1900, 1, 1);

    /// <summary>Three capital letters, as ISO 4217 has them.</summary>
    public static bool IsCurrency(string text) => text.Length == 3 && text.All(char.IsAsciiLetterUpper);

    /// <summary>As much of a wrong value as an answer repeats.</summary>
    public static string Short(string text) => text.Length > 60 ? text[..60] + "…" : text;
}
