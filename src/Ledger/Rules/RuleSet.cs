using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Ledger.Kernel;

namespace Ledger.Rules;

/// <summary>The rules in force, sorted, and the hash of their canonical bytes as the version that every event
/// names.</summary>
public sealed class RuleSet
{
    readonly ImmutableArray<Rule> rules;

    RuleSet(ImmutableArray<Rule> rules)
    {
        this.rules = rules;
        Version = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Canonical(rules))));
    }

    /// <summary>SHA-256 of the canonical bytes, lower-case hex.</summary>
    public string Version { get; }

    public ImmutableArray<Rule> Rules => rules;

    /// <summary>The rules of this product.</summary>
    public static RuleSet Current { get; } = Load(Modules.Rules);

    /// <exception cref="InvalidOperationException">The set breaks a rule about rules (rules.md §1.3), which it
    /// names.</exception>
    public static RuleSet Load(IEnumerable<Rule> entries)
    {
        var rules = entries.OrderBy(r => r.Id, StringComparer.Ordinal).ThenBy(r => r.From).ToImmutableArray();
        foreach (var rule in rules)
        {
            if (rule.Citation.Length == 0)
                throw Unfit(rule, "names no source");
            if (!Evaluators.All.ContainsKey(rule.Evaluator))
                throw Unfit(rule, $"asks for the unknown evaluator {rule.Evaluator}");
            if (rule is { Severity: Severity.Block, Certainty: Certainty.Likely or Certainty.Unsure })
                throw Unfit(rule, "would block although it is not certain (uncertain-rule-would-block)");
            if (rule.Cases.IsEmpty)
                throw Unfit(rule, "has no boundary cases");
            foreach (var boundary in rule.Cases)
                if (rule.Ask(boundary.Inputs, boundary.Day).Result is var found && found != boundary.Expected)
                    throw Unfit(
                        rule,
                        $"fails its own case of {boundary.Day:yyyy-MM-dd}: {found}, not {boundary.Expected}"
                    );
        }
        for (var i = 1; i < rules.Length; i++)
            if (rules[i].Id == rules[i - 1].Id && (rules[i - 1].To is null || rules[i - 1].To >= rules[i].From))
                throw Unfit(rules[i], "overlaps its earlier version");
        return new(rules);
    }

    /// <summary>The version of a rule that binds on a day, for whoever needs its thresholds.</summary>
    public Rule? InForce(string id, DateOnly day) => rules.FirstOrDefault(r => r.Id == id && r.BindsOn(day));

    /// <summary>Whether any version of a rule has this id.</summary>
    public bool Knows(string id) => rules.Any(r => r.Id == id);

    /// <summary>What the newest version of a rule says; its id where there is none.</summary>
    public string Say(string id, bool chinese) =>
        rules.LastOrDefault(r => r.Id == id) is { } rule ? (chinese ? rule.Zh : rule.En) : id;

    /// <summary>Judges one act under the law of one day.</summary>
    /// <param name="refuses">False for observed facts: verdicts are kept, nothing that already happened is
    /// refused.</param>
    public Judgement Judge(
        Trigger act,
        string category,
        string jurisdiction,
        DateOnly day,
        Inputs facts,
        bool refuses = true
    )
    {
        var verdicts = ImmutableArray.CreateBuilder<Verdict>();
        var refusals = ImmutableArray.CreateBuilder<Refusal>();
        var asked = new HashSet<string>(StringComparer.Ordinal);
        var noted = facts.Noting(asked);
        foreach (var rule in Asked(act, category, jurisdiction).Where(r => r.BindsOn(day)))
        {
            asked.Clear();
            var (result, seen) = rule.Ask(noted, day);
            if (result is Result.Pass)
                continue;
            if (refuses && result is Result.Hit && rule.Severity is Severity.Block)
                refusals.Add(
                    new Refusal(rule.Code)
                    {
                        With = seen.Values,
                        RuleId = rule.Id,
                        Citation = rule.Citation,
                    }
                );
            else
                verdicts.Add(new(rule.Id, result, rule.Severity, facts.Kept(seen, asked)));
        }
        return new(verdicts.ToImmutable(), refusals.ToImmutable());
    }

    /// <summary>What each rule of an act says, the passes too, and the first day on which a hit would be
    /// none.</summary>
    public IEnumerable<RuleAnswer> Explain(
        Trigger act,
        string category,
        string jurisdiction,
        DateOnly day,
        Inputs facts
    )
    {
        foreach (var rule in Asked(act, category, jurisdiction).Where(r => r.BindsOn(day)))
        {
            var (result, seen) = rule.Ask(facts, day);
            yield return new(rule, result, seen, result is Result.Hit ? Otherwise(rule, facts, day) : null);
        }
    }

    /// <summary>Looked for day by day: no evaluator need say how it depends on the calendar.</summary>
    static DateOnly? Otherwise(Rule rule, Inputs facts, DateOnly day)
    {
        var last = ShanghaiDay.DaysOn(day, Horizon);
        for (var later = ShanghaiDay.DaysOn(day, 1); later < last; later = later.AddDays(1))
            if (!rule.BindsOn(later) || rule.Ask(facts, later).Result is Result.Pass)
                return later;
        return null;
    }

    /// <summary>Days that <see cref="Otherwise"/> looks ahead.</summary>
    const int Horizon = 400;

    IEnumerable<Rule> Asked(Trigger act, string category, string jurisdiction) =>
        rules.Where(r =>
            r.On.Contains(act)
            && Jurisdiction.Covers(r.Where, jurisdiction)
            && (r.Goods.IsEmpty || r.Goods.Contains(category))
        );

    static InvalidOperationException Unfit(Rule rule, string why) =>
        new($"Rule {rule.Id} of {rule.From:yyyy-MM-dd} {why}.");

    /// <summary>One line a rule, members in fixed order: the bytes that the version hashes.</summary>
    static string Canonical(ImmutableArray<Rule> rules) =>
        string.Join(
            '\n',
            rules.Select(r =>
                string.Join(
                    '\t',
                    r.Id,
                    r.Source,
                    r.Citation,
                    Instants.Text(r.From),
                    r.To is { } to ? Instants.Text(to) : "",
                    string.Join(',', r.Goods),
                    r.Where,
                    string.Join(',', r.On),
                    r.Severity,
                    r.Certainty,
                    r.Overridable,
                    r.Evaluator,
                    r.Code,
                    string.Join(',', r.Params.Select(p => $"{p.Key}={p.Value}"))
                )
            )
        );
}

/// <summary>What one rule says of an act.</summary>
/// <param name="Otherwise">The first later day on which it would not be hit; null where none comes soon, and where it
/// is
/// not hit.</param>
public sealed record RuleAnswer(Rule Rule, Result Result, Inputs Seen, DateOnly? Otherwise)
{
    /// <summary>Whether it stands in the way.</summary>
    public bool Blocks => Result is Result.Hit && Rule.Severity is Severity.Block;
}

/// <summary>What the rules said of one act: the verdicts to keep and the refusals, in the order of rule ids.</summary>
public sealed record Judgement(ImmutableArray<Verdict> Recorded, ImmutableArray<Refusal> Refusals)
{
    public static Judgement None { get; } = new([], []);

    public Judgement And(Judgement other) => new(Recorded.AddRange(other.Recorded), Refusals.AddRange(other.Refusals));

    public Judgement And(Verdict verdict) => this with { Recorded = Recorded.Add(verdict) };
}
