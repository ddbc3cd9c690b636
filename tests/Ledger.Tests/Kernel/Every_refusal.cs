using System.Text.RegularExpressions;
using Ledger.Kernel;
using Support;

namespace Ledger.Tests.Kernel;

public sealed partial class Every_refusal
{
    static readonly string Domain = TextOf("Ledger") + TextOf("Projections"),
        Edge = TextOf("Api"),
        Source = Domain + Edge;

    static string TextOf(string project) =>
        string.Join(
            '\n',
            Directory
                .EnumerateFiles(Path.Combine(Places.Root, "src", project), "*.*", SearchOption.AllDirectories)
                .Where(f =>
                    f.EndsWith(".cs", StringComparison.Ordinal) || f.EndsWith(".razor", StringComparison.Ordinal)
                )
                .Where(f => !f.EndsWith("Refusals.cs", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
                .Select(File.ReadAllText)
        );

    /// <summary>Words that look like codes where a short <c>new("…")</c> makes something else.</summary>
    static readonly HashSet<string> Verdicts = ["out-of-sequence", "wipe-report"];

    [GeneratedRegex("""(?:new Refusal|Refusal\.Of|Malformed)\(\s*"([a-z0-9-]+)"|new\("([a-z0-9]+(?:-[a-z0-9]+)+)"\)""")]
    private static partial Regex Made { get; }

    /// <summary>A kind of event in its noun's list; some refusals are called as an event is.</summary>
    [GeneratedRegex(@"\bOf\w*<\w+>\(\s*""[a-z0-9-]+""")]
    private static partial Regex KindOfEvent { get; }

    [GeneratedRegex("""\bnew(?: Refusal)?\("([a-z0-9-]+)"\)""")]
    private static partial Regex MadeOfNothing { get; }

    [GeneratedRegex("""\{([A-Za-z]+)\}""")]
    private static partial Regex Placeholder { get; }

    static IEnumerable<string> MadeIn(string source) =>
        Made.Matches(source).Select(m => m.Groups[1].Success ? m.Groups[1].Value : m.Groups[2].Value);

    static IEnumerable<string> Codes =>
        MadeIn(Source)
            .Concat(Ledger.Rules.RuleSet.Current.Rules.Select(r => r.Code))
            .Where(c => !Verdicts.Contains(c))
            .Distinct();

    [Fact]
    public void in_the_source_has_a_line() => Assert.Empty(Codes.Where(c => RefusalCatalog.Find(c) is null));

    [Fact]
    public void is_seen_by_the_scan_at_all() =>
        Assert.Subset(
            Codes.ToHashSet(),
            new HashSet<string>
            {
                "item-not-found",
                "already-listed",
                "encumbered",
                "too-contended",
                "cursor-malformed",
            }
        );

    public static TheoryData<string> Lines => [.. RefusalCatalog.All.Select(l => l.Code)];

    [Theory]
    [MemberData(nameof(Lines))]
    public void of_the_catalogue_is_used(string code) => Assert.True(IsUsed(code, Domain, Edge), code);

    /// <summary>What the edge only tells of a command, no command is refused with.</summary>
    static bool IsUsed(string code, string domain, string edge) =>
        KindOfEvent.Replace(domain, "").Contains($"\"{code}\"", StringComparison.Ordinal)
        || MadeIn(edge).Contains(code);

    [Theory]
    [InlineData("""Refusal.Of("hold-not-found", ("value", id))""", "", true)]
    [InlineData("", """new Refusal("hold-not-found")""", true)]
    [InlineData("", """.Describe("Release a hold", Examples.HoldRelease, "hold-not-found")""", false)]
    [InlineData("""EventLine.Of<HoldNotFound>("hold-not-found", EventStreams.Item)""", "", false)]
    public void is_not_used_by_being_told_of(string domain, string edge, bool used) =>
        Assert.Equal(used, IsUsed("hold-not-found", domain, edge));

    /// <summary>Whoever reads it is told what is meant, not the name of a gap.</summary>
    [Fact]
    public void that_is_made_of_nothing_has_nothing_to_fill_in()
    {
        var bare = MadeOfNothing.Matches(Source).Select(m => m.Groups[1].Value).Distinct().ToList();
        Assert.Contains("evidence-missing", bare);
        Assert.Empty(
            from code in bare
            let line = RefusalCatalog.Find(code)
            where line is not null && Names(line.En).Any(name => name is not "state")
            select code
        );
    }

    [Fact]
    public void has_a_code_of_its_own()
    {
        Assert.Equal(RefusalCatalog.All.Length, RefusalCatalog.All.Select(l => l.Code).Distinct().Count());
        Assert.All(RefusalCatalog.All, l => Assert.Matches("^[a-z]+(-[a-z]+)*$", l.Code));
        Assert.All(RefusalCatalog.All, l => Assert.InRange(l.Status, 400, 503));
    }

    /// <summary>Whoever reads two titles knows that two things are meant, in either language.</summary>
    [Fact]
    public void has_a_title_of_its_own()
    {
        foreach (var chinese in Languages)
            Assert.Empty(
                RefusalCatalog
                    .All.GroupBy(l => (chinese ? l.Zh : l.En).Title, l => l.Code)
                    .Where(g => g.Count() > 1)
                    .Select(g => $"{g.Key}: {string.Join(", ", g)}")
            );
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public void says_what_happened_and_what_to_do_in_both_languages(string code)
    {
        var line = RefusalCatalog.Find(code)!;
        foreach (
            var text in new[]
            {
                line.Zh.Title,
                line.Zh.NextStep,
                line.En.Title,
                line.En.NextStep,
                line.Zh.Detail,
                line.En.Detail,
            }
        )
            Assert.False(string.IsNullOrWhiteSpace(text));
        Assert.Matches(@"[\u4e00-\u9fff]", line.Zh.Title + line.Zh.NextStep);
        Assert.DoesNotMatch(@"[\u4e00-\u9fff]", line.En.Title + line.En.Detail + line.En.NextStep);
        Assert.Equal(Names(line.Zh), Names(line.En));
    }

    /// <summary>What is told in the reader's own language has a name of its own.</summary>
    static IEnumerable<string> Names(RefusalText text) =>
        Placeholder
            .Matches(text.Detail + text.NextStep)
            .Select(m => m.Groups[1].Value)
            .Select(name => name.EndsWith("Zh", StringComparison.Ordinal) ? name[..^2] : name)
            .Distinct()
            .Order(StringComparer.Ordinal);

    [Fact]
    public void fills_in_its_values()
    {
        var refusal = Refusal.Of("past-scrap-limit", ("limit", new DateOnly(2027, 3, 15)), ("day", null));
        Assert.Equal(
            "Its compulsory scrap limit is 2027-03-15; on – it may not be traded.",
            RefusalCatalog.Say(refusal, chinese: false).Detail
        );
        Assert.Equal(
            "当前状态为 listed，不能进行此操作。",
            RefusalCatalog.Say(new("wrong-state") { CurrentState = "listed" }, chinese: true).Detail
        );
    }

    static readonly bool[] Languages = [true, false];

    /// <summary>What the deciders refuse in the table of acts × states reads without a gap.</summary>
    [Theory]
    [InlineData("used-car")]
    [InlineData("furniture")]
    public void of_a_desk_leaves_no_placeholder_open(string category)
    {
        var open =
            from state in SampleCommands.States
            from act in SampleCommands.All
            // Known: registering what is there already names no identifier.
            where act.Name != "register"
            let story = SampleCommands.At(state.Name, category)
            from refusal in story.Decide(act.Command(story)).Refusals
            from chinese in Languages
            let text = RefusalCatalog.Say(refusal, chinese)
            where Placeholder.IsMatch(text.Detail + text.NextStep)
            select $"{act.Name} {refusal.Code}: {text.Detail}";
        Assert.Empty(open);
    }
}
