namespace Ledger.Kernel;

/// <summary>What a value may be at any door, desk or import: one place, so that both judge alike.</summary>
public static class Bounds
{
    /// <summary>A hundred billion yuan, in fen.</summary>
    public const long MostFen = 10_000_000_000_000;

    public const long MostKm = 9_999_999;

    /// <summary>A petabyte, or as many blocks.</summary>
    public const long MostBytes = 1_000_000_000_000_000;

    public static DateOnly OldestDay { get; } = new(1900, 1, 1);

    /// <summary>Three capital letters, as ISO 4217 has them.</summary>
    public static bool IsCurrency(string text) => text.Length == 3 && text.All(char.IsAsciiLetterUpper);

    /// <summary>As much of a wrong value as an answer repeats.</summary>
    public static string Short(string text) => text.Length > 60 ? text[..60] + "…" : text;
}
