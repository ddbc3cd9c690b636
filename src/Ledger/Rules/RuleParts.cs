using System.Collections.Immutable;
using System.Globalization;

namespace Ledger.Rules;

/// <summary>Parts of which the nouns write their entries of rules.md. Add at the end of a section; never edit but where
/// an evaluator gets a new version: what it asked before goes to <see cref="SupersededRules"/>.</summary>
static class RuleParts
{
    /// <summary>A rule of this project: it holds everywhere, and blocks unless it says otherwise.</summary>
    internal static Rule Project(
        string id,
        string citation,
        string evaluator,
        string code,
        Trigger on,
        string zh,
        string en
    ) =>
        new(id, RuleSource.Project, citation, Day(2000, 1, 1), evaluator, code)
        {
            On = [on],
            Severity = Severity.Block,
            Certainty = Certainty.Project,
            Where = null,
            Zh = zh,
            En = en,
            Cases = [],
        };

    internal static Inputs Of(string name, string value) => Inputs.None.And(name, value);

    internal static ImmutableSortedDictionary<string, string> With(
        params ReadOnlySpan<(string Name, string Value)> pairs
    )
    {
        var inputs = Inputs.None;
        foreach (var (name, value) in pairs)
            inputs = inputs.And(name, value);
        return inputs.Values;
    }

    internal static DateOnly Day(int year, int month, int day) =>
        new(year, month, day, CultureInfo.InvariantCulture.Calendar);
}
