using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using Ledger.Kernel;

namespace Ledger.Rules;

/// <summary>Named facts for a rule, as text in one fixed form: days <c>yyyy-MM-dd</c>, whole numbers,
/// <c>true</c>/<c>false</c>.</summary>
public sealed record Inputs(ImmutableSortedDictionary<string, string> Values)
{
    /// <summary>Numbers of things are kept by no verdict (domain.md §2): what is judged of them cannot be judged
    /// again from it. An organisation's code is public; an evaluator quotes it as <c>value</c>.</summary>
    static readonly FrozenSet<string> Unkept = new[] { "vin", "imei", "tag", "battery", "uscc" }.ToFrozenSet(
        StringComparer.Ordinal
    );

    ICollection<string>? Asked { get; init; }

    /// <summary>Facts about a person: no page for everybody shows them.</summary>
    public static FrozenSet<string> OfPersons { get; } =
        new[]
        {
            "sellerIsPerson",
            "ownedSince",
            "carsSoldBefore",
            "undatedBefore",
            "personal",
            "consented",
        }.ToFrozenSet(StringComparer.Ordinal);

    public static Inputs None { get; } = new(ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal));

    /// <summary>The same facts and one more; an unknown one (null) stays absent.</summary>
    public Inputs And(string name, string? value) =>
        value is null ? this : this with { Values = Values.SetItem(name, value) };

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
    public Inputs And(Inputs more) => this with { Values = Values.SetItems(more.Values) };

    /// <summary>The same facts; the names of those that are asked for are noted.</summary>
    public Inputs Noting(ICollection<string> names) => this with { Asked = names };

    /// <summary>What a verdict keeps: what its evaluator has seen in the facts, and those that it asked for.</summary>
    public ImmutableSortedDictionary<string, string> Kept(Inputs seen, IEnumerable<string> names) =>
        seen.Values.SetItems(Values.Where(f => names.Contains(f.Key) && !Unkept.Contains(f.Key)));

    public string? Text(string name)
    {
        Asked?.Add(name);
        return Values.GetValueOrDefault(name);
    }

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
