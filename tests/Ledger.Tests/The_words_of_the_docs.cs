using System.Text.RegularExpressions;
using Support;

namespace Ledger.Tests;

/// <summary>Whatever code and documents cite can be looked up, and a word of the glossary means one thing.</summary>
public sealed class The_words_of_the_docs
{
    [Fact]
    public void have_whatever_is_cited()
    {
        var texts = Citations.Texts().ToList();
        Assert.Contains(texts, t => t.Path == "docs/proof.md");
        var documents = texts
            .Where(t => t.Path.EndsWith(".md", StringComparison.Ordinal))
            .GroupBy(t => Path.GetFileName(t.Path))
            .ToDictionary(g => g.Key, g => string.Join('\n', g.Select(t => t.Text)), StringComparer.Ordinal);
        Assert.Empty(Citations.Missing(texts, documents));
    }

    [Fact]
    public void name_what_cannot_be_looked_up()
    {
        // Put together, so that this file cites nothing of the kind itself.
        const string Law = "law" + ".md",
            Other = "other" + ".md";
        var documents = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [Law] = "# Law\n\n## 3. Third\n\n### 3.2 Second of it\n\n| R7 | a view |\n",
        };
        const string Text = $"""
            // Good: ({Law} §3, §3.2), {Law} R7, as in {Law} section 3.2. The next line:
            /// <summary>{Law}
            /// §3.2</summary>
            # bad: {Law} §4, then {Law} §3, §3.3, then {Law}
            # §9; {Law} R8, {Other} §1, {Other}
            """;
        Assert.Equal(
            [$"a: {Law} §4", $"a: {Law} §3.3", $"a: {Law} §9", $"a: {Law} R8", $"a: {Other}", $"a: {Other}"],
            Citations.Missing([("a", Text)], documents)
        );
    }

    [Fact]
    public void lead_to_what_they_link()
    {
        Assert.Empty(
            Citations
                .Texts()
                .Where(t => t.Path.EndsWith(".md", StringComparison.Ordinal))
                .SelectMany(t => Citations.BrokenLinks(t.Path, t.Text))
        );
        const string From = "docs/x" + ".md",
            Nowhere = "nowhere" + ".md";
        Assert.Equal(
            [$"{From}: docs/{Nowhere}"],
            Citations.BrokenLinks(From, $"[a]({Nowhere}) [b](../README.md#map) [c](https://example.org/x)")
        );
    }

    [Fact]
    public void give_each_word_one_meaning()
    {
        var rows = File.ReadAllLines(Path.Combine(Places.Root, "docs/GLOSSARY.md"))
            .Where(l =>
                l.StartsWith("| ", StringComparison.Ordinal) && !l.StartsWith("| word", StringComparison.Ordinal)
            )
            .Select(l => l.Trim('|', ' ').Split(" | ").Select(c => c.Trim()).ToArray())
            .ToList();
        Assert.True(rows.Count > 50);
        Assert.All(rows, r => Assert.Equal(5, r.Length));
        Assert.Empty(rows.GroupBy(r => r[0]).Where(g => g.Count() > 1).Select(g => g.Key));
        Assert.All(rows, r => Assert.True(r[1].Length > 0 && r[2].EndsWith('.'), r[0]));
        // A word that the table rejects stands in no other document.
        var rejected = rows.SelectMany(r => Regex.Matches(r[4], "`[^`]+`")).Select(m => m.Value).ToList();
        Assert.NotEmpty(rejected);
        Assert.Empty(
            Citations
                .Texts()
                .Where(t => t.Path.StartsWith("docs/", StringComparison.Ordinal) && t.Path != "docs/GLOSSARY.md")
                .SelectMany(t => rejected.Where(t.Text.Contains).Select(w => $"{t.Path}: {w}"))
        );
        // Nor is a type called so.
        Assert.Empty(TypesInCode().Where(t => rejected.Contains($"`{t}`")));
        Assert.Contains("ItemRegistered", TypesInCode());
        // What stands where is a path of the repository.
        Assert.Empty(
            rows.SelectMany(r => Regex.Matches(r[3], "`((?:src|tests|ops|docs)/[^`]*)`"))
                .Select(m => m.Groups[1].Value)
                .Where(p => !Path.Exists(Path.Combine(Places.Root, p)))
        );
    }

    /// <summary>Names of the types that the product declares.</summary>
    static IEnumerable<string> TypesInCode() =>
        Directory
            .EnumerateFiles(Path.Combine(Places.Root, "src"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(f =>
                Regex.Matches(
                    File.ReadAllText(f),
                    @"\b(?:class|record|struct|enum|interface)\s+(?:struct\s+)?([A-Z]\w*)"
                )
            )
            .Select(m => m.Groups[1].Value)
            .Distinct();
}
