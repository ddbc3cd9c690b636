using System.Collections.Frozen;
using System.Collections.Immutable;
using Ledger.Kernel;
using Ledger.Rules;

namespace Ledger;

/// <summary>
/// Every refusal code of the product: what happened, and what to do next, in zh-CN and English (domain.md §2).
/// <c>{name}</c> is filled from <see cref="Refusal.With"/>, <c>{name:role}</c> with roles in
/// words, <c>{name:rule}</c> with what a rule says. Codes are stable; sentences may be bettered.
/// </summary>
public static class RefusalCatalog
{
    public static ImmutableArray<RefusalLine> All { get; } =
    [.. ValueRefusals.All, .. Modules.All.SelectMany(m => m.Refusals)];

    static readonly FrozenDictionary<string, RefusalLine> ByCode = All.ToFrozenDictionary(
        l => l.Code,
        StringComparer.Ordinal
    );

    public static RefusalLine? Find(string code) => ByCode.GetValueOrDefault(code);

    /// <summary>What a value may be told as: (value, whether in Chinese) → its words.</summary>
    static readonly ImmutableArray<(string Kind, Func<string, bool, string> Say)> Words =
    [
        ("role", RoleTable.Say),
        ("rule", RuleSet.Current.Say),
    ];

    /// <summary>The sentences of a refusal, filled in.</summary>
    public static RefusalText Say(Refusal refusal, bool chinese)
    {
        var line = ByCode[refusal.Code];
        var text = chinese ? line.Zh : line.En;
        return new(text.Title, Fill(text.Detail, refusal, chinese), Fill(text.NextStep, refusal, chinese));
    }

    static string Fill(string template, Refusal refusal, bool chinese)
    {
        foreach (var (name, value) in refusal.With)
        {
            template = template.Replace($"{{{name}}}", value, StringComparison.Ordinal);
            foreach (var (kind, say) in Words)
                if (template.Contains($"{{{name}:{kind}}}", StringComparison.Ordinal))
                    template = template.Replace($"{{{name}:{kind}}}", say(value, chinese), StringComparison.Ordinal);
        }
        return template.Replace("{state}", refusal.CurrentState ?? "–", StringComparison.Ordinal);
    }
}
