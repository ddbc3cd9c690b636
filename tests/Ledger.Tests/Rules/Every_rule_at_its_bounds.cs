using System.Globalization;
using System.Text;
using Ledger.Kernel;
using Ledger.Rules;
using Support;

namespace Ledger.Tests.Rules;

/// <summary>Each rule as data, and what it says of each of its cases, of the day and number beside it, and where a fact
/// is
/// not known. Read by eye once; a threshold, a table or an evaluator that changes changes the sheet.</summary>
public sealed class Every_rule_at_its_bounds
{
    [Fact]
    public void says_what_was_approved()
    {
        var text = new StringBuilder(
            "# Every rule at its bounds\n\nWritten by `Every_rule_at_its_bounds.cs`; run it with `LEDGER_APPROVE=1` to write it anew.\n"
        );
        foreach (var rule in RuleSet.Current.Rules)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"\n## {rule.Id} from {Instants.Text(rule.From)} to {(rule.To is { } to ? Instants.Text(to) : "–")}\n\n{WireWords.Of(rule.Source)} · {rule.Where ?? "everywhere"} · {WireWords.Of(rule.Certainty)} · {(rule.Overridable ? "may be answered · " : "")}`{rule.Evaluator}` → `{rule.Code}`  \n"
            );
            foreach (var (name, value) in rule.Params)
                text.Append(CultureInfo.InvariantCulture, $"{name} = {value}  \n");
            text.Append('\n');
            foreach (var line in rule.Cases.SelectMany(c => Around(rule, c)).Distinct())
                text.Append("- ").Append(line).Append('\n');
        }
        Assert.Null(Approved.Differs(text.ToString(), "every-rule-at-its-bounds.md"));
    }

    static IEnumerable<string> Around(Rule rule, RuleCase c)
    {
        yield return Line(rule, c.Day, c.Inputs);
        foreach (var day in (DateOnly[])[c.Day.AddDays(-1), c.Day.AddDays(1)])
            if (Answer(rule, day, c.Inputs) != Answer(rule, c.Day, c.Inputs))
                yield return Line(rule, day, c.Inputs);
        foreach (var (name, value) in c.Inputs.Values)
        {
            yield return Line(rule, c.Day, new(c.Inputs.Values.Remove(name)));
            foreach (var beside in Beside(value))
                if (Answer(rule, c.Day, With(c, name, beside)) != Answer(rule, c.Day, c.Inputs))
                    yield return Line(rule, c.Day, With(c, name, beside));
        }
    }

    static Inputs With(RuleCase c, string name, string value) => new(c.Inputs.Values.SetItem(name, value));

    /// <summary>The values on both sides.</summary>
    static IEnumerable<string> Beside(string value)
    {
        if (long.TryParse(value, CultureInfo.InvariantCulture, out var number))
            foreach (var step in (long[])[-1, 1])
                yield return (number + step).ToString(CultureInfo.InvariantCulture);
        else if (Instants.TryParseDay(value, out var day))
            foreach (var step in (int[])[-1, 1])
                yield return Instants.Text(day.AddDays(step));
        else if (value is "true" or "false")
            yield return value is "true" ? "false" : "true";
        else
            yield return "other";
    }

    static Result Answer(Rule rule, DateOnly day, Inputs facts) => rule.Ask(facts, day).Result;

    static string Line(Rule rule, DateOnly day, Inputs facts)
    {
        var (result, seen) = rule.Ask(facts, day);
        return $"{Instants.Text(day)} {Text(facts)} → {WireWords.Of(result)} {Text(seen)}";
    }

    static string Text(Inputs facts) => string.Join(' ', facts.Values.Select(f => $"{f.Key}={f.Value}"));
}
