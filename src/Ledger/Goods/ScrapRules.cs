using Ledger.Rules;
using static Ledger.Rules.RuleParts;

namespace Ledger.Goods;

/// <summary>Compulsory scrapping (rules.md §4).</summary>
static class ScrapRules
{
    const string Law = "机动车强制报废标准规定（商务部等令2012年第12号）";

    public static IEnumerable<Rule> All => [Years, Freeze, UseChange, OtherUseChange];

    static Rule Years =>
        Of("scrap-years", "第五条", "limit-day-reached", "past-scrap-limit") with
        {
            On = [Trigger.ListItem, Trigger.AgreeDeal, Trigger.Transfer, Trigger.RecordSale],
            Zh = "车辆已达强制报废年限",
            En = "The vehicle has reached its compulsory scrap limit",
            Cases =
            [
                new(Day(2027, 3, 14), RuleParts.Of("scrapLimit", "2027-03-15"), Result.Pass),
                new(Day(2027, 3, 15), RuleParts.Of("scrapLimit", "2027-03-15"), Result.Hit),
                new(Day(2027, 3, 15), RuleParts.Of("scrapLimit", "none"), Result.Pass),
                new(Day(2027, 3, 15), Inputs.None, Result.NotEvaluated),
            ],
        };

    static Rule Freeze =>
        Of("scrap-last-year-freeze", "第六条", "last-year-begun", "frozen-last-year") with
        {
            On = [Trigger.AgreeDeal, Trigger.Transfer, Trigger.ChangeUse],
            Zh = "距强制报废期限不足一年，不得转移登记或改变使用性质",
            En = "Within one year of its scrap limit a vehicle is neither transferred nor put to another use",
            Cases =
            [
                new(Day(2026, 6, 29), RuleParts.Of("scrapLimit", "2027-06-30"), Result.Pass),
                new(Day(2026, 6, 30), RuleParts.Of("scrapLimit", "2027-06-30"), Result.Hit),
                new(Day(2027, 6, 29), RuleParts.Of("scrapLimit", "2027-06-30"), Result.Hit),
                new(Day(2027, 6, 30), RuleParts.Of("scrapLimit", "2027-06-30"), Result.Pass),
                new(Day(2027, 2, 28), RuleParts.Of("scrapLimit", "2028-02-29"), Result.Hit),
                new(Day(2027, 2, 27), RuleParts.Of("scrapLimit", "2028-02-29"), Result.Pass),
                new(Day(2026, 6, 30), RuleParts.Of("scrapLimit", "none"), Result.Pass),
                new(Day(2026, 6, 30), Inputs.None, Result.NotEvaluated),
            ],
        };

    static Rule UseChange =>
        Of("scrap-use-change", "附件", "use-change-possible", "already-past-limit") with
        {
            On = [Trigger.ChangeUse],
            Certainty = Certainty.Provisional,
            Zh = "改变使用性质后已超过报废年限",
            En = "With the new use the vehicle would be past its scrap limit",
            Cases =
            [
                new(Day(2026, 1, 1), Allowed(9, 3), Result.Pass),
                new(Day(2026, 1, 1), Allowed(15, 15), Result.Hit),
                new(Day(2026, 1, 1), Allowed(15, 17), Result.Hit),
                new(Day(2026, 1, 1), RuleParts.Of("yearsAllowed", "none"), Result.Pass),
                new(Day(2026, 1, 1), Inputs.None, Result.NotEvaluated),
            ],
        };

    /// <summary>Other changes than small private to commercial: exceptions exist, an officer confirms.</summary>
    static Rule OtherUseChange =>
        Of("scrap-use-change-other", "第六条、附件", "flag-unset", "already-past-limit") with
        {
            On = [Trigger.ChangeUse],
            Severity = Severity.Warn,
            Certainty = Certainty.Likely,
            Params = With(("fact", "byFormula")),
            Zh = "此类使用性质变更的年限须由登记机关确认",
            En = "The years after this change of use need an officer's confirmation",
            Cases =
            [
                new(Day(2026, 1, 1), RuleParts.Of("byFormula", "false"), Result.Hit),
                new(Day(2026, 1, 1), RuleParts.Of("byFormula", "true"), Result.Pass),
                new(Day(2026, 1, 1), Inputs.None, Result.NotEvaluated),
            ],
        };

    static Rule Of(string id, string article, string evaluator, string code) =>
        new(id, RuleSource.Law, Law + article, Day(2013, 5, 1), evaluator, code)
        {
            On = [],
            Goods = ["used-car"],
            Severity = Severity.Block,
            Certainty = Certainty.Sure,
            Zh = "",
            En = "",
            Cases = [],
        };

    static Inputs Allowed(long years, long used) => Inputs.None.And("yearsAllowed", years).And("yearsUsed", used);
}
