using Ledger.Rules;
using static Ledger.Exports.ExportRules;
using static Ledger.Rules.RuleParts;

namespace Ledger.Exports;

/// <summary>What bars a car from export whatever its papers say (rules.md §6).</summary>
static class ExportBarRules
{
    public static IEnumerable<Rule> All => [Encumbered, Seized, TwoOfOne, Prohibitions];

    static Rule Encumbered =>
        Flagged(
            "export-encumbrance",
            "encumbered",
            "encumbered",
            "抵押或海关监管期间不得出口",
            "No export while a mortgage or customs supervision is running"
        );

    static Rule Seized =>
        Flagged(
            "export-seizure",
            "held",
            "held-by-authority",
            "被查封、扣押期间不得出口",
            "No export while an authority holds the goods"
        );

    /// <summary>Of two things with one number one is a clone: neither is sent abroad before that is known.</summary>
    static Rule TwoOfOne =>
        Flagged(
            "export-identity-conflict",
            "identityConflict",
            "identity-conflict",
            "身份冲突未处理不得出口",
            "No export while another thing bears the same identifier"
        ) with
        {
            Citation = "trade-ledger",
            Source = RuleSource.Project,
            Certainty = Certainty.Project,
        };

    static Rule Prohibitions =>
        By(
            Notice,
            FromNotice,
            "export-forbidden-other",
            "flag-unset",
            "prohibitions-not-checked",
            Trigger.ApplyLicence
        ) with
        {
            Goods = [],
            Severity = Severity.Warn,
            Certainty = Certainty.Unsure,
            Params = With(("fact", "prohibitionsChecked")),
            Zh = "其余禁止出口情形须由经办人逐项确认",
            En = "The rest of the prohibited list needs an officer's confirmation",
            Cases =
            [
                new(FromNotice, Of("prohibitionsChecked", "true"), Result.Pass),
                new(FromNotice, Of("prohibitionsChecked", "false"), Result.Hit),
                new(FromNotice, Inputs.None, Result.NotEvaluated),
            ],
        };

    static Rule Flagged(string id, string fact, string code, string zh, string en) =>
        By(
            Notice,
            FromNotice,
            id,
            "flag-set",
            code,
            Trigger.AnnotateExport,
            Trigger.ApplyForItem,
            Trigger.DeclareItem
        ) with
        {
            Goods = [],
            Params = With(("fact", fact)),
            Zh = zh,
            En = en,
            Cases =
            [
                new(FromNotice, Of(fact, "true"), Result.Hit),
                new(FromNotice, Of(fact, "false"), Result.Pass),
                new(FromNotice, Inputs.None, Result.NotEvaluated),
            ],
        };
}
