using System.Globalization;
using Support;

namespace Faults;

/// <summary>What one run breaks, and how often (operations.md §7).</summary>
/// <param name="Kills">Of the service (T1); of the server and of both nodes' server it is a good half.</param>
/// <param name="Out">Where FAULTS.md is written; null: nowhere.</param>
sealed record Settings(IReadOnlyList<string> Tests, int Kills, int Writers, int Seed, string? Out)
{
    /// <summary>25 → 11.</summary>
    public int Restarts => Math.Max(1, Kills * 11 / 25);

    static readonly string[] Built = ["T1", "T2", "N2", "T6"];

    /// <returns>Null where the arguments are none of these; <paramref name="error"/> says what is.</returns>
    public static Settings? Read(string[] args, out string error)
    {
        var tests = new List<string>();
        var (kills, writers, seed) = (25, 24, 7);
        string? folder = null;
        error = "";
        for (var i = 0; i < args.Length; i++)
            switch (args[i])
            {
                case "all":
                    tests.AddRange(Built);
                    break;
                case var name when Built.Contains(name):
                    tests.Add(name);
                    break;
                case "--quick":
                    kills = 3;
                    break;
                case "--long":
                    kills = 200;
                    break;
                case "--write":
                    folder = Path.Combine(Places.Root, "ops", "results");
                    break;
                case "--out" when i + 1 < args.Length:
                    folder = args[++i];
                    break;
                case "--kills" when i + 1 < args.Length && Number(args[i + 1]) is { } n:
                    (kills, i) = (n, i + 1);
                    break;
                case "--writers" when i + 1 < args.Length && Number(args[i + 1]) is { } n:
                    (writers, i) = (n, i + 1);
                    break;
                case "--seed" when i + 1 < args.Length && Number(args[i + 1]) is { } n:
                    (seed, i) = (n, i + 1);
                    break;
                default:
                    error = $"Not understood: {args[i]}. Tests that exist: {string.Join(' ', Built)}, or all.";
                    return null;
            }
        return new(tests.Count == 0 ? Built : [.. tests.Distinct()], kills, writers, seed, folder);
    }

    static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n > 0 ? n : null;
}
