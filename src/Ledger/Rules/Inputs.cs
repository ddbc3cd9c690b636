using System.Collections.Immutable;
using System.Globalization;
using Ledger.Kernel;

namespace Ledger.Rules;

/// <summary>Named facts for a rule, as text in one fixed form: days <c>yyyy-MM-dd</c>, whole numbers,
/// <c>true</c>/<c>false</c>.</summary>
public sealed record Inputs(ImmutableSortedDictionary<string, string> Values)
{
    public static Inputs None { get; } = new(ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal));

    /// <summary>The same facts and one more; an unknown one (null) stays absent.</summary>
    public Inputs And(string name, string? value) => value is null ? this : new(Values.SetItem(name, value));

    public Inputs And(string name, long? value) => And(name, value?.ToString(CultureInfo.InvariantCulture));

    public Inputs And(string name, DateOnly? value) => And(name, value is { } day ? Instants.Text(day) : null);

    public Inputs And(string name, bool? value) =>
        And(
            name,
            value is null ? null
                : value.Value ? "true"
                : "false"
        );

    /// <summary>The same facts and others beside them.</summary>
    public Inputs And(Inputs more) => new(Values.SetItems(more.Values));

    public string? Text(string name) => Values.GetValueOrDefault(name);

    public bool? Flag(string name) => Text(name) is { } text ? text == "true" : null;

    public long? Number(string name) =>
        long.TryParse(Text(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var n) ? n : null;

    public DateOnly? Day(string name) => Instants.TryParseDay(Text(name), out var day) ? day : null;
}

/// <summary>What an evaluator answers: the result and the inputs worth keeping.</summary>
public readonly record struct Outcome(Result Result, Inputs Seen)
{
    public static Outcome Of(bool hit, Inputs seen) => new(hit ? Result.Hit : Result.Pass, seen);

    /// <summary>A fact is missing: named, so that whoever reads the verdict knows which.</summary>
    public static Outcome Missing(params ReadOnlySpan<string> names) =>
        new(Result.NotEvaluated, Inputs.None.And("missing", string.Join(",", names)));
}
