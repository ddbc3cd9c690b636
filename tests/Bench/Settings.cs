using System.Globalization;
using Support;

namespace Bench;

/// <summary>What one run measures, and for how long (operations.md §8).</summary>
/// <param name="Callers">How many callers S2 has, a line each.</param>
/// <param name="Held">Seconds that S2 holds one snapshot open.</param>
/// <param name="Beside">Another checkout, built, that S3 measures in the same rounds.</param>
sealed record Settings(
    IReadOnlyList<string> Scenarios,
    int Rounds,
    int Seconds,
    int Seed,
    string Out,
    bool Quick,
    IReadOnlyList<int> Callers,
    int Held,
    string? Beside
)
{
    static readonly string[] Built = ["S2", "S3", "S7"];

    /// <returns>Null where the arguments are none of these; <paramref name="error"/> says what is.</returns>
    public static Settings? Read(string[] args, out string error)
    {
        var scenarios = new List<string>();
        var numbers = new Dictionary<string, int>();
        var (quick, folder) = (false, Path.Combine(Places.Root, "artifacts", "bench-results"));
        int[] callers = [1, 8, 32, 128, 256];
        string? beside = null;
        error = "";
        for (var i = 0; i < args.Length; i++)
            switch (args[i])
            {
                case "all":
                    scenarios.AddRange(Built);
                    break;
                case var name when Built.Contains(name):
                    scenarios.Add(name);
                    break;
                case "--quick":
                    quick = true;
                    break;
                case "--long":
                    numbers["--seconds"] = 30;
                    break;
                case "--out" when i + 1 < args.Length:
                    folder = args[++i];
                    break;
                case "--callers" when i + 1 < args.Length && args[i + 1].Split(',').All(n => Number(n) is not null):
                    callers = [.. args[++i].Split(',').Select(n => Number(n)!.Value)];
                    break;
                case "--beside" when i + 1 < args.Length && Directory.Exists(args[i + 1]):
                    beside = Path.GetFullPath(args[++i]);
                    break;
                case "--rounds"
                or "--seconds"
                or "--seed"
                or "--held" when i + 1 < args.Length && Number(args[i + 1]) is { } n:
                    numbers[args[i++]] = n;
                    break;
                default:
                    error = $"Not understood: {args[i]}. Scenarios that exist: {string.Join(' ', Built)}, or all.";
                    return null;
            }
        var seconds = numbers.GetValueOrDefault("--seconds", quick ? 2 : 10);
        return new(
            scenarios.Count == 0 ? Built : [.. scenarios.Distinct()],
            numbers.GetValueOrDefault("--rounds", quick ? 3 : 5),
            seconds,
            numbers.GetValueOrDefault("--seed", 20_250_101),
            folder,
            quick,
            callers,
            numbers.GetValueOrDefault("--held", seconds),
            beside
        );
    }

    static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n > 0 ? n : null;
}
