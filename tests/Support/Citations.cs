using System.Text.RegularExpressions;

namespace Support;

/// <summary>Reads texts for documents that they cite (<c>proof.md §6</c>), and says which ones cannot be looked
/// up.</summary>
public static partial class Citations
{
    static readonly string[] Endings =
    [
        ".cs",
        ".razor",
        ".md",
        ".csproj",
        ".props",
        ".py",
        ".go",
        ".mjs",
        ".sh",
        ".txt",
        ".json",
    ];

    static readonly string[] Roots = ["src", "tests", "ops", "docs", ".ci"];

    /// <summary>Sources, tests, scripts and documents of the repository, by path from its root.</summary>
    public static IEnumerable<(string Path, string Text)> Texts() =>
        Roots
            .SelectMany(r => Directory.EnumerateFiles(Path.Combine(Places.Root, r), "*", SearchOption.AllDirectories))
            .Concat(Directory.EnumerateFiles(Places.Root, "*.md"))
            .Select(p => Path.GetRelativePath(Places.Root, p))
            .Where(IsSource)
            .Select(p => (p, File.ReadAllText(Path.Combine(Places.Root, p))));

    /// <summary>What is cited and is not there: a document, a section of it, or a thing that it numbers
    /// (<c>domain.md R14</c>).</summary>
    /// <param name="texts">Who cites.</param>
    /// <param name="documents">What can be looked up, by file name.</param>
    public static IEnumerable<string> Missing(
        IEnumerable<(string Path, string Text)> texts,
        IReadOnlyDictionary<string, string> documents
    )
    {
        var sections = documents.ToDictionary(d => d.Key, d => SectionsOf(d.Value), StringComparer.Ordinal);
        foreach (var (path, text) in texts)
        foreach (Match cited in Citation().Matches(Unwrapped(text)))
        {
            var name = cited.Groups["file"].Value;
            if (!documents.TryGetValue(name, out var document))
                yield return $"{path}: {name}";
            else
                foreach (var number in Number().Matches(cited.Groups["sections"].Value).Select(m => m.Value))
                    if (!sections[name].Contains(number))
                        yield return $"{path}: {name} §{number}";
            if (document is not null && cited.Groups["id"] is { Success: true, Value: var id })
                if (!Regex.IsMatch(document, $@"\b{id}\b"))
                    yield return $"{path}: {name} {id}";
        }
    }

    /// <summary>Numbers of a document's headings.</summary>
    public static IReadOnlySet<string> SectionsOf(string document) =>
        Heading().Matches(document).Select(m => m.Groups[1].Value).ToHashSet(StringComparer.Ordinal);

    /// <summary>Links of a document to files beside it that are not there.</summary>
    public static IEnumerable<string> BrokenLinks(string path, string text) =>
        Link()
            .Matches(text)
            .Select(m => m.Groups[1].Value)
            .Where(to => !to.Contains("://", StringComparison.Ordinal) && !to.StartsWith('#'))
            .Select(to => Path.Combine(Path.GetDirectoryName(path)!, to.Split('#')[0]))
            .Where(to => !Path.Exists(Path.Combine(Places.Root, to)))
            .Select(to => $"{path}: {to}");

    static bool IsSource(string path)
    {
        var parts = path.Split(Path.DirectorySeparatorChar);
        return !parts.Any(p => p is "bin" or "obj" or "node_modules" or "TestResults" or "__pycache__")
            && !path.EndsWith("lock.json", StringComparison.Ordinal)
            && (Path.GetExtension(path) is var ending && (ending.Length == 0 || Endings.Contains(ending)));
    }

    /// <summary>A comment as one line: a citation may stand at the end of one line and its section on the
    /// next.</summary>
    static string Unwrapped(string text) => Wrap().Replace(text.ReplaceLineEndings("\n"), " ");

    [GeneratedRegex(
        @"(?<file>[A-Za-z0-9][A-Za-z0-9_-]*\.md)\b(?<sections>(?:,? (?:and )?(?:§|section )\d+(?:\.\d+)*)+)?(?: (?<id>[A-Z]\d{1,2})\b)?",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Citation();

    [GeneratedRegex(@"\d+(?:\.\d+)*", RegexOptions.CultureInvariant)]
    private static partial Regex Number();

    [GeneratedRegex(@"^#{2,4} (\d+(?:\.\d+)*)\.? ", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Heading();

    [GeneratedRegex(@"\]\(([^)\s]+)\)", RegexOptions.CultureInvariant)]
    private static partial Regex Link();

    [GeneratedRegex(@"[ \t]*\n[ \t]*(?:///?|#(?!#)|\*|--)?[ \t]*", RegexOptions.CultureInvariant)]
    private static partial Regex Wrap();
}
