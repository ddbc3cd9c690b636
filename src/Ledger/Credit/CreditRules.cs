using Ledger.Rules;
using static Ledger.Rules.RuleParts;

namespace Ledger.Credit;

/// <summary>Credit signals (rules.md §10): 征信业管理条例, 国办发〔2025〕22号.</summary>
static class CreditRules
{
    public static IEnumerable<Rule> All => [Consent, Told, Banned, FiveYears, Tiers, Repair];

    static Rule Consent =>
        By("credit-consent", "第十三、十八条", "consented-or-public", "consent-missing") with
        {
            Zh = "未经本人书面同意，且非依法公开",
            En = "Neither agreed to in writing nor public by law",
            Cases =
            [
                new(Today, Of("public", "true").And("consented", "false"), Result.Pass),
                new(Today, Of("public", "false").And("consented", "false"), Result.Hit),
                new(Today, Of("public", "false").And("consented", "true"), Result.Pass),
                new(Today, Inputs.None, Result.NotEvaluated),
            ],
        };

    static Rule Told =>
        By("credit-prior-notice", "第十五条", "told-before.v2", "prior-notice-missing") with
        {
            Zh = "提供个人不良信息前未告知本人",
            En = "The person was not told before an adverse signal is shared",
            Cases =
            [
                new(Today, Of("adverse", "true").And("personal", "true").And("toldBefore", "false"), Result.Hit),
                new(Today, Of("adverse", "true").And("personal", "true").And("toldBefore", "true"), Result.Pass),
                new(Today, Of("adverse", "true").And("personal", "false"), Result.Pass),
                new(Today, Of("adverse", "false").And("personal", "true"), Result.Pass),
                new(Today, Of("adverse", "true"), Result.NotEvaluated),
                new(Today, Inputs.None, Result.NotEvaluated),
            ],
        };

    static Rule Banned =>
        By("credit-banned", "第十四条", "no-banned-class", "banned-data-class") with
        {
            Params = With(("banned", "religion genes fingerprints blood-type illness medical-history")),
            Zh = "含有禁止采集的个人信息",
            En = "It carries data that may not be collected",
            Cases =
            [
                new(Today, Of("dataClasses", "none"), Result.Pass),
                new(Today, Of("dataClasses", "trade,religion"), Result.Hit),
                new(Today, Inputs.None, Result.NotEvaluated),
            ],
        };

    static Rule FiveYears =>
        By("credit-expiry", "第十六条", "ends-with-years.v2", "display-too-long") with
        {
            Params = With(("years", "5")),
            Zh = "不良信息保存超过行为终止之日起五年",
            En = "An adverse signal is shown five years at most from the end of the act",
            Cases =
            [
                new(Today, Act("2021-11-23", "2026-11-23"), Result.Pass),
                new(Today, Act("2021-11-23", "2026-11-24"), Result.Hit),
                new(Today, Of("adverse", "true").And("actEndedOn", "2021-11-23"), Result.Hit),
                new(Today, Of("adverse", "true"), Result.Pass),
                new(Today, Of("adverse", "false").And("expiresOn", "2099-01-01"), Result.Pass),
                new(Today, Inputs.None, Result.NotEvaluated),
            ],
        };

    static Rule Tiers =>
        By("credit-tiers", "", "ends-with-tier.v2", "display-too-long") with
        {
            Citation = Tiering,
            From = Day(2025, 6, 1),
            Params = With(("minor", "3"), ("ordinary", "12"), ("serious", "36")),
            Zh = "公示期超过该等级上限",
            En = "Shown longer than its tier allows",
            Cases =
            [
                new(Today, Tier("minor", "2026-04-05"), Result.Pass),
                new(Today, Tier("minor", "2026-04-06"), Result.Hit),
                new(Today, Tier("ordinary", "2027-01-05"), Result.Pass),
                new(Today, Tier("serious", "2029-01-06"), Result.Hit),
                new(Today, Of("tier", "minor"), Result.NotEvaluated),
                new(Today, Inputs.None, Result.Pass),
            ],
        };

    static Rule Repair =>
        By("credit-repair-least", "", "least-publicity-over", "publicity-period-running") with
        {
            Citation = Tiering,
            From = Day(2025, 6, 1),
            On = [Trigger.RepairSignal],
            Params = With(("ordinary", "3"), ("serious", "12")),
            Zh = "最短公示期未满，不得修复",
            En = "The least time of publicity is not over",
            Cases =
            [
                new(Day(2026, 4, 5), Of("tier", "ordinary").And("sharedOn", "2026-01-05"), Result.Hit),
                new(Day(2026, 4, 6), Of("tier", "ordinary").And("sharedOn", "2026-01-05"), Result.Pass),
                new(Day(2027, 1, 5), Of("tier", "serious").And("sharedOn", "2026-01-05"), Result.Hit),
                new(Day(2026, 1, 6), Of("tier", "minor").And("sharedOn", "2026-01-05"), Result.Pass),
                new(Today, Inputs.None, Result.NotEvaluated),
            ],
        };

    const string Tiering = "国办发〔2025〕22号";
    static readonly DateOnly Today = Day(2026, 1, 5);

    static Rule By(string id, string article, string evaluator, string code) =>
        new(id, RuleSource.Law, $"征信业管理条例{article}", Day(2013, 3, 15), evaluator, code)
        {
            On = [Trigger.ShareSignal],
            Severity = Severity.Block,
            Certainty = Certainty.Sure,
            Zh = "",
            En = "",
            Cases = [],
        };

    static Inputs Act(string ended, string expires) =>
        Of("adverse", "true").And("actEndedOn", ended).And("expiresOn", expires);

    static Inputs Tier(string tier, string expires) =>
        Of("tier", tier).And("sharedOn", "2026-01-05").And("expiresOn", expires);
}
