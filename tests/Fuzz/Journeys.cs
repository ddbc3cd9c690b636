using System.Text.RegularExpressions;

namespace Fuzz;

/// <summary>One line of the journeys.</summary>
/// <param name="Path">The document's path, without its root; a query behind it where the line reads.</param>
/// <param name="Members">What stands over the example of the document, with names in it.</param>
/// <param name="Keep">The name that keeps a member of the answer, and which.</param>
/// <param name="Given">A place of the path and what it holds, where that is no name's.</param>
public sealed record Step(
    string Method,
    string Path,
    string Members,
    (string Name, string Member)? Keep,
    (string Place, string Value)? Given
)
{
    /// <summary>The second of two persons; null: one acts alone.</summary>
    public string? Second { get; init; }

    public bool Matches { get; init; }
    public bool WaitsForFirst { get; init; }
    public bool IsSigned { get; init; }
    public bool IsAskedUntilDone { get; init; }
    public string? Actor { get; init; }

    /// <summary>The role that it is given in; null: one of those that may.</summary>
    public string? Role { get; init; }
}

/// <summary>Requests that the ledger takes, in an order in which it can: <c>Journeys.txt</c>.</summary>
public static partial class Journeys
{
    static readonly List<(string Name, IReadOnlyList<Step> Steps)> Read = ReadAll();

    /// <summary>What is done once for a ledger: those that the roll grants their role are put on it.</summary>
    public static IReadOnlyList<Step> Once => Read[0].Steps;

    /// <summary>What is walked in every round.</summary>
    public static IEnumerable<(string Name, IReadOnlyList<Step> Steps)> All => Read.Skip(1);

    static List<(string, IReadOnlyList<Step>)> ReadAll()
    {
        var journeys = new List<(string, IReadOnlyList<Step>)>();
        using var text = new StreamReader(
            typeof(Journeys).Assembly.GetManifestResourceStream("Fuzz.Journeys.txt")
                ?? throw new InvalidOperationException("The journeys are not built in.")
        );
        List<Step> steps = [];
        while (text.ReadLine() is { } line)
            if (line.StartsWith("= ", StringComparison.Ordinal))
                journeys.Add((line[2..], steps = []));
            else if (line.Length > 0 && line[0] != '#')
                steps.Add(Step(line));
        return journeys;
    }

    static Step Step(string line)
    {
        var match = Line().Match(line);
        if (!match.Success)
            throw new FormatException($"No step: {line}");
        string? Part(string name) => match.Groups[name] is { Success: true, Value: var value } ? value : null;
        var how = (Part("how") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var reads = how.Contains("GET") || how.Contains("first");
        return new(
            reads ? "GET" : "POST",
            Part("path")!,
            Part("members") ?? "{}",
            Part("keep") is { } kept ? (kept, Part("member") ?? "id") : null,
            Part("place") is { } place ? (place, Part("value")!) : null
        )
        {
            Second = After(how, "with") ?? (how.Contains("two") ? "li" : null),
            Matches = how.Contains("match"),
            WaitsForFirst = how.Contains("first"),
            IsSigned = how.Contains("key"),
            IsAskedUntilDone = how.Contains("until"),
            Actor = After(how, "as"),
            Role = After(how, "in"),
        };
    }

    static string? After(string[] how, string word) => Array.IndexOf(how, word) is >= 0 and var at ? how[at + 1] : null;

    [GeneratedRegex(
        @"^(?<how>[^/]*)(?<path>/\S+)(?: (?<members>\{.*?\})(?= >| <|$))?(?: > (?<keep>\w+)(?:=(?<member>[\w.]+))?)?(?: < (?<place>\w+)=(?<value>\S+))?$"
    )]
    private static partial Regex Line();
}
