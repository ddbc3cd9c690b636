using System.Text.RegularExpressions;
using Support;

namespace Architecture.Tests;

/// <summary>Style as a unit test: sizes, words and places, read from the sources themselves.</summary>
public sealed class Tidy
{
    const int LongestFile = 300,
        LongestLine = 120;

    static readonly (string Path, string[] Lines)[] Sources =
    [
        .. Files("*.cs")
            .Concat(Files("*.razor"))
            .Select(p => (Path.GetRelativePath(Places.Root, p), File.ReadAllLines(p))),
    ];

    static IEnumerable<string> Files(string pattern) =>
        Directory.EnumerateFiles(Path.Combine(Places.Root, "src"), pattern, SearchOption.AllDirectories);

    [Fact]
    public void No_file_grows_past_its_size()
    {
        var sinners = File.ReadAllLines(Path.Combine(Places.Root, "ops/build/tidy.txt"))
            .Where(l => l.Length > 0 && l[0] != '#')
            .Select(l => l.Split(' '))
            .ToDictionary(l => l[0], l => int.Parse(l[1], System.Globalization.CultureInfo.InvariantCulture));
        Assert.Empty(
            Sources
                .Where(s => s.Lines.Length > sinners.GetValueOrDefault(s.Path, LongestFile))
                .Select(s => $"{s.Path}: {s.Lines.Length} lines")
        );
        // The list shrinks: who became small leaves it.
        Assert.Empty(sinners.Keys.Where(p => Sources.All(s => s.Path != p || s.Lines.Length <= LongestFile)));
    }

    [Fact]
    public void No_line_is_endless() =>
        Assert.Empty(
            Sources
                .Where(s =>
                    !s.Path.EndsWith(".razor", StringComparison.Ordinal)
                    && !s.Path.EndsWith("Refusals.cs", StringComparison.Ordinal)
                )
                .SelectMany(s => s.Lines.Select((l, i) => (s.Path, Line: i + 1, l.Length, Text: l)))
                .Where(l => l.Length > LongestLine && !l.Text.Contains('"', StringComparison.Ordinal))
                .Select(l => $"{l.Path}:{l.Line} has {l.Length} characters")
        );

    [Fact]
    public void Nothing_is_left_for_later() => Assert.Empty(Find(@"\b(TODO|FIXME|HACK|NotImplementedException)\b"));

    [Fact]
    public void Names_avoid_words_that_say_nothing() =>
        Assert.Empty(Find(@"\b(class|record|struct|interface)\s+\w*(Manager|Helper|Util|Utils|Common)\b"));

    [Fact]
    public void Wire_names_stand_only_in_the_nouns_lists() =>
        Assert.Empty(
            Ledger
                .EventCatalog.All.SelectMany(l =>
                    Find($"\"{Regex.Escape(l.Name)}(\\.v1)?\"", p => !p.EndsWith("Events.cs", StringComparison.Ordinal))
                )
                .Where(hit =>
                    !hit.Contains("RowRequests.cs", StringComparison.Ordinal)
                    && !hit.Contains("DemoRegister.cs", StringComparison.Ordinal)
                    // Verdicts and findings have words of their own (proof.md §1); two of them are events' too.
                    && !hit.Contains("Bundles/VerdictWords.cs", StringComparison.Ordinal)
                    // A revoked key is refused by the word of its event (domain.md §2).
                    && !hit.Contains("Refusals.cs", StringComparison.Ordinal)
                    // So is a listing in a suspended market, for which the kernel knows no event.
                    && !hit.Contains("SiteStates.cs", StringComparison.Ordinal)
                )
        );

    [Fact]
    public void Nobody_appends_by_Marten_s_session() =>
        Assert.Empty(Find(@"\.Events\.(Append|StartStream|AppendOptimistic|AppendExclusive)\b|BulkInsertEvents"));

    const string Appends = @"insert into (proof\.(leaf|tile|head)|\{Schema\}\.mt_(?!event_progression))";

    /// <summary>The first, empty head of a new log is written where the log is created.</summary>
    [Fact]
    public void Only_a_batch_appends() =>
        Assert.Empty(
            Find(
                Appends,
                p =>
                    !p.EndsWith("/BatchWrites.cs", StringComparison.Ordinal)
                    && !p.EndsWith("/LogCreation.cs", StringComparison.Ordinal)
            )
        );

    /// <summary>Tables of events, of the proof, of reservations and of the vault, in a statement.</summary>
    const string StoreTables =
        @"(?i)^(?!\s*//).*\b(from|join|into|update|using|table|on|exists|lock)\s+(only\s+)?"
        + @"(\{+\w*\.?Schema\}+\.(mt_events|mt_streams|guard)\b|ledger\.(mt_events|mt_streams|guard)\b|(proof|vault)\.\w+)";

    static bool IsOfPostgres(string path) => path.StartsWith("src/Ledger/Store/Postgres/", StringComparison.Ordinal);

    [Fact]
    public void Statements_on_events_and_proof_stand_in_Store_Postgres() =>
        Assert.Empty(Find(StoreTables, p => !IsOfPostgres(p)));

    [Fact]
    public void The_probe_sees_each_of_those_tables() =>
        Assert.All(
            (string[])["mt_events", "mt_streams", "guard", "proof.leaf", "proof.head", "proof.map", "vault.disclosure"],
            table =>
                Assert.Contains(Find(StoreTables, IsOfPostgres), hit => hit.Contains(table, StringComparison.Ordinal))
        );

    [Fact]
    public void Only_the_store_and_the_views_write_tables() =>
        Assert.Empty(
            Find(
                @"\b(insert into|delete from|update \{?Schema)",
                p => !IsOfPostgres(p) && !p.StartsWith("src/Projections", StringComparison.Ordinal)
            )
        );

    [Fact]
    public void A_decision_that_code_cites_is_on_record()
    {
        var records = Directory
            .EnumerateFiles(Path.Combine(Places.Root, "ops/adr"), "*.md")
            .Select(p => Path.GetFileName(p)[..4])
            .ToHashSet();
        Assert.NotEmpty(records);
        Assert.Empty(
            Sources
                .SelectMany(s => s.Lines)
                .SelectMany(l => Regex.Matches(l, @"ADR (\d{4})"))
                .Select(m => m.Groups[1].Value)
                .Where(n => !records.Contains(n))
        );
    }

    [Fact]
    public void The_probe_sees_what_it_looks_for() => Assert.NotEmpty(Find(Appends));

    static IEnumerable<string> Find(string pattern, Func<string, bool>? where = null)
    {
        var regex = new Regex(pattern, RegexOptions.CultureInvariant);
        return Sources
            .Where(s => where is null || where(s.Path))
            .SelectMany(s =>
                s.Lines.Select((l, i) => (l, i))
                    .Where(l => regex.IsMatch(l.l))
                    .Select(l => $"{s.Path}:{l.i + 1}: {l.l.Trim()}")
            );
    }
}
