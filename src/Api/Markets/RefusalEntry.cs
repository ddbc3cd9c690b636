namespace Api;

/// <summary>What is refused or warned of how often, and under which article (domain.md §5, M7).</summary>
/// <param name="Market">Absent: at no market.</param>
/// <param name="Kind"><c>refused</c>, or <c>warned</c>: recorded all the same.</param>
/// <param name="Code">Of the refusal; absent: it was recorded.</param>
/// <param name="RuleId">Absent: no rule refused it.</param>
/// <param name="Citation">Statute and article of the rule.</param>
/// <param name="First">First day on which it was counted, in Shanghai.</param>
public sealed record RefusalEntry(
    string? Market,
    string Kind,
    string? Code,
    string? RuleId,
    string? Citation,
    string Zh,
    string En,
    long Count,
    DateOnly First,
    DateOnly Last
);
