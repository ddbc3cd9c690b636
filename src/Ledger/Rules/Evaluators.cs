using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Ledger.Rules;

/// <summary>Pure and total: facts, thresholds and the law's day in; a result out. One serves many rules.</summary>
public delegate Outcome Evaluate(Inputs facts, ImmutableSortedDictionary<string, string> p, DateOnly day);

/// <summary>A function that rules name. One that changes gets a new name, its version behind it; the old one stays for
/// the rule sets that name it (<see cref="RuleSets"/>).</summary>
public sealed record Evaluator(string Name, Evaluate Ask);

/// <summary>Every evaluator by name: those that any noun may name, and those of the nouns.</summary>
public static class Evaluators
{
    public static FrozenDictionary<string, Evaluate> All { get; } =
        ((IEnumerable<Evaluator>)[new("flag-set", FlagSet), new("flag-unset", FlagUnset)])
            .Concat(Modules.All.SelectMany(m => m.Evaluators))
            .ToFrozenDictionary(e => e.Name, e => e.Ask, StringComparer.Ordinal);

    static Outcome FlagSet(Inputs f, ImmutableSortedDictionary<string, string> p, DateOnly day) =>
        f.Flag(p["fact"]) is { } set ? Outcome.Of(set, Inputs.None.And(p["fact"], set)) : Outcome.Missing(p["fact"]);

    static Outcome FlagUnset(Inputs f, ImmutableSortedDictionary<string, string> p, DateOnly day) =>
        f.Flag(p["fact"]) is { } set ? Outcome.Of(!set, Inputs.None.And(p["fact"], set)) : Outcome.Missing(p["fact"]);
}
