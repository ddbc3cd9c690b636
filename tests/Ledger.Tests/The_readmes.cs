using System.Globalization;
using System.Text;
using Ledger.Credit;
using Ledger.Exports;
using Ledger.Kernel;
using Ledger.Rules;
using Support;

namespace Ledger.Tests;

/// <summary>Each noun's README is written here from the code, so that it cannot grow stale.</summary>
public sealed class The_readmes
{
    const string Source = "../../src/Ledger";

    public static TheoryData<string> Nouns =>
        [.. EventCatalog.All.Select(l => Folder(l)).Where(f => f is not ("Goods" or "Proof")).Distinct()];

    [Theory]
    [MemberData(nameof(Nouns))]
    public void tell_the_events_and_refusals_of_a_noun(string folder)
    {
        var text = new StringBuilder(
            $"""
            # {folder}

            Written by `tests/Ledger.Tests/The_readmes.cs` from the code; run it with `LEDGER_APPROVE=1` to write it anew.

            ## Events

            | wire name | stands on | 中文 | English | members |
            |---|---|---|---|---|

            """
        );
        foreach (var line in EventCatalog.All.Where(l => Folder(l) == folder))
            text.Append(
                CultureInfo.InvariantCulture,
                $"| `{line.WireName}` | {line.Kind.Name} | {line.Zh} | {line.En} | {Members(line)} |\n"
            );
        if (folder == "Exports")
            text.Append(Batches());
        if (folder == "Credit")
            text.Append(Vocabulary());
        text.Append("\n## Refusals\n\n| code | status | 中文 | English |\n|---|---|---|---|\n");
        foreach (var line in RefusalsOf(folder))
            text.Append(
                CultureInfo.InvariantCulture,
                $"| `{line.Code}` | {line.Status} | {line.Zh.Title} | {line.En.Title} |\n"
            );
        Assert.Null(Approved.Differs(text.ToString(), $"{Source}/{folder}/README.md"));
    }

    [Fact]
    public void tell_how_rules_are_kept()
    {
        var text = new StringBuilder(
            """
            # Rules

            The law as data: one entry is one version of one requirement, with the days on which it binds. Every rule in force
            with its texts: [docs/rules-table.md](../../../docs/rules-table.md); how a rule works:
            [docs/rules.md](../../../docs/rules.md).
            Written by `tests/Ledger.Tests/The_readmes.cs` from the code; run it with `LEDGER_APPROVE=1` to write it anew.

            """
        );
        text.Append(Sets()).Append(NotTold());
        Assert.Null(Approved.Differs(text.ToString(), $"{Source}/Rules/README.md"));
    }

    static string Sets()
    {
        var text = new StringBuilder(
            """

            ## Rule sets

            Every event names the set that judged it. Whoever judges it again (`items/{id}/verdicts?asOf=`, the verifier of
            bundles, a replay) asks that set, by the evaluators that it names; a set that is not in this list gives no
            verdict, and none is taken for good. A new act is judged by the newest set, whatever day it is said to be of,
            and from the moment that set runs, whatever the clock says: the first day tells a reader which set to expect.
            A changed evaluator gets a new name (`.v2`) beside the old one; what only older sets have stands in
            `SupersededRules.cs`.

            | first day | version |
            |---|---|

            """
        );
        foreach (var set in RuleSets.All)
            text.Append(CultureInfo.InvariantCulture, $"| {Instants.Text(set.From)} | `{set.Rules.Version}` |\n");
        return text.ToString();
    }

    static string NotTold()
    {
        var text = new StringBuilder(
            """

            ## What is not told

            Not told is unknown, never good. Each line is an input of which some value would be a hit, and what the evaluator
            says where nobody told it. `not-evaluated` is kept with the event and shown as such; it refuses nothing by
            itself: a desk asks for what it needs before (`value-missing`, `level-not-supported-by-evidence`), and the facts
            of another register are taken as they are. Of a wipe the level is lowered by one instead, so that what is
            not told cannot be claimed.

            | evaluator | input | until 2026-12-01 | now | why it may pass |
            |---|---|---|---|---|

            """
        );
        foreach (var u in Rules.Untold.All)
            text.Append(
                CultureInfo.InvariantCulture,
                $"| `{u.Evaluator}` | `{u.Input}` | {u.Before} | {u.Now} | {Rules.Untold.NothingToJudge.GetValueOrDefault((u.Evaluator, u.Input))} |\n"
            );
        return text.ToString();
    }

    [Fact]
    public void see_the_nouns_at_all() => Assert.Contains("Exports", Nouns.Select(n => n.Data));

    static string Folder(EventLine line)
    {
        // A twin belongs to the event that it answers.
        var type = line.Type.IsGenericType ? line.Type.GetGenericArguments()[0] : line.Type;
        return type.Namespace!["Ledger.".Length..].Split('.')[0];
    }

    static string Members(EventLine line) =>
        string.Join(
            " · ",
            line.Type.GetConstructors()[0]
                .GetParameters()
                .Select(p => $"`{System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(p.Name!)}`")
        );

    /// <summary>Where the source of a noun names a code, or a rule on its acts does.</summary>
    static IEnumerable<RefusalLine> RefusalsOf(string folder)
    {
        var source = string.Join(
            '\n',
            Directory
                .EnumerateFiles(Path.Combine(Places.Root, "src", "Ledger", folder), "*.cs")
                .Where(f => !f.EndsWith("Refusals.cs", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
                .Select(File.ReadAllText)
        );
        return RefusalCatalog.All.Where(l => source.Contains($"\"{l.Code}\"", StringComparison.Ordinal));
    }

    /// <summary>Every act on a batch in every state, asked of the decider itself.</summary>
    static string Batches()
    {
        var states = Enum.GetValues<BatchState>();
        var text = new StringBuilder("\n## Acts on a batch, by its state\n\n| act |");
        text.AppendJoin("", states.Select(s => $" {WireWords.Of(s)} |"))
            .Append("\n|---|")
            .AppendJoin("", states.Select(_ => "---|"))
            .Append('\n');
        foreach (var (name, act) in Ledger.Tests.Exports.ExportScenario.Commands)
        {
            text.Append(CultureInfo.InvariantCulture, $"| `{name}` |");
            foreach (var state in states)
            {
                var world = Ledger.Tests.Exports.ExportScenario.In(state);
                var refused = world.Refused(act(world));
                text.Append(CultureInfo.InvariantCulture, $" {(refused.Length == 0 ? "✓" : refused)} |");
            }
            text.Append('\n');
        }
        return text.ToString();
    }

    static string Vocabulary()
    {
        var text = new StringBuilder(
            "\n## The closed vocabulary of signals\n\n| kind | 中文 | English | adverse | public by law | has a tier |\n|---|---|---|---|---|---|\n"
        );
        foreach (var k in SignalKinds.All)
            text.Append(
                CultureInfo.InvariantCulture,
                $"| `{k.Code}` | {k.Zh} | {k.En} | {Yes(k.Adverse)} | {Yes(k.IsPublic)} | {Yes(k.HasTier)} |\n"
            );
        return text.Append(
                CultureInfo.InvariantCulture,
                $"\nA consent is given for one of: {string.Join(", ", ReadingPurposes.Consented.Select(p => $"`{p}`"))}.\n"
            )
            .ToString();

        static string Yes(bool yes) => yes ? "yes" : "";
    }
}
