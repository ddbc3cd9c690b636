using System.Collections.Immutable;

namespace Ledger.Kernel;

/// <summary>
/// A command that was not recorded, as a value. <see cref="Code"/> is stable; its sentences are in
/// <see cref="RefusalCatalog"/>.
/// </summary>
public sealed record Refusal(string Code)
{
    /// <summary>What the sentence fills in: <c>{name}</c> → value.</summary>
    public ImmutableSortedDictionary<string, string> With { get; init; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>The member of the input at fault, camelCase, where there is one.</summary>
    public string? Field { get; init; }

    /// <summary>The rule that refused.</summary>
    public string? RuleId { get; init; }

    /// <summary>Document, number, article.</summary>
    public string? Citation { get; init; }

    /// <summary>Where the item or deal stands.</summary>
    public string? CurrentState { get; init; }

    /// <summary>The event that stands in the way.</summary>
    public Guid? BlockingEvent { get; init; }

    public static Refusal Of(string code, params ReadOnlySpan<(string Name, object? Value)> with)
    {
        var values = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in with)
            values[name] = value switch
            {
                null => "–",
                IFormattable f => f.ToString(
                    value is DateOnly ? "yyyy-MM-dd" : null,
                    System.Globalization.CultureInfo.InvariantCulture
                ),
                _ => value.ToString() ?? "",
            };
        return new(code) { With = values.ToImmutable() };
    }

    public Refusal At(string field) => this with { Field = field };
}
