using Ledger.Rules;
using static Ledger.Rules.RuleParts;

namespace Ledger.Parties;

/// <summary>Codes of organisations (rules.md §2.1), and permits on the day of the act.</summary>
static class PartyRules
{
    public static IEnumerable<Rule> All => [Shape, Check, OrganisationCheck, Accredited];

    static Rule Shape =>
        Uscc("id-uscc-shape", "GB 32100-2015", "uscc-shape", "uscc-malformed") with
        {
            Severity = Severity.Block,
            Overridable = false,
            Zh = "统一社会信用代码不是18位或含有不允许的字符",
            En = "Not a unified social credit code of 18 characters of its set",
            Cases = [.. Genuine, Case("91440300192203821", Result.Hit), Case("91440300192203821I", Result.Hit)],
        };

    /// <summary>Genuine codes of the 2015 pilot batch fail it: somebody looks at the register.</summary>
    static Rule Check =>
        Uscc("id-uscc-check", "GB 32100-2015", "uscc-check", "uscc-check-failed") with
        {
            Zh = "统一社会信用代码校验位不符，请核对登记",
            En = "The check character of the unified social credit code does not fit: compare the register",
            Cases =
            [
                .. Genuine,
                Case("91330100799655058B", Result.Pass),
                Case("9144030071526726XG", Result.Pass),
                Case("91350100M0001TGQXM", Result.Hit),
                Case("91350211M0000XUF46", Result.Hit),
                Case("91350203M0001FUE2P", Result.Hit),
            ],
        };

    static Rule OrganisationCheck =>
        Uscc("id-org-code-check", "GB 11714-1997", "organisation-check", "uscc-check-failed") with
        {
            Zh = "组织机构代码校验位不符，请核对登记",
            En = "The check character of the organisation code does not fit: compare the register",
            Cases = [.. Genuine, Case("91350100M0001TGQXM", Result.Pass), Case("914403001922038226", Result.Hit)],
        };

    static Rule Accredited =>
        Project(
            "accreditation-on-the-day",
            "trade-ledger",
            "flag-unset",
            "accreditation-not-valid-on-date",
            Trigger.InspectItem,
            "检验机构资质在检验当日无效",
            "The accreditation was not valid on the day of the inspection"
        ) with
        {
            Severity = Severity.Warn,
            Params = With(("fact", "accreditationValid")),
            Cases =
            [
                new(Day(2026, 1, 1), Of("accreditationValid", "true"), Result.Pass),
                new(Day(2026, 1, 1), Of("accreditationValid", "false"), Result.Hit),
                new(Day(2026, 1, 1), Inputs.None, Result.NotEvaluated),
            ],
        };

    /// <summary>A rule about a code: it warns, and a confirmed identity answers it.</summary>
    static Rule Uscc(string id, string citation, string evaluator, string code) =>
        new(id, RuleSource.Standard, citation, Day(2015, 10, 1), evaluator, code)
        {
            On = [Trigger.RegisterParty],
            Severity = Severity.Warn,
            Certainty = Certainty.Sure,
            Overridable = true,
            Zh = "",
            En = "",
            Cases = [],
        };

    static RuleCase Case(string uscc, Result expected) => new(Day(2026, 1, 1), Of("uscc", uscc), expected);

    /// <summary>A code with which nothing is wrong, and none.</summary>
    static IEnumerable<RuleCase> Genuine =>
        [Case("914403001922038216", Result.Pass), new(Day(2026, 1, 1), Inputs.None, Result.Pass)];
}
