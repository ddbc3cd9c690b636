using Ledger.Rules;
using static Ledger.Rules.RuleParts;

namespace Ledger.Trading;

/// <summary>Warranty and damages (rules.md §7, §8).</summary>
static class AfterSaleRules
{
    public static IEnumerable<Rule> All => [CarWarranty, OldGoodsWarranty, Fraud, Classified];

    static Rule CarWarranty =>
        new(
            "trade-warranty",
            RuleSource.Law,
            "二手车交易规范（商务部公告2006年第22号）",
            Day(2006, 3, 24),
            "car-warranty-long-enough",
            "warranty-shorter-than-due"
        )
        {
            On = [Trigger.StartWarranty],
            Goods = ["used-car"],
            Severity = Severity.Warn,
            Certainty = Certainty.Likely,
            Params = With(("years", "3"), ("km", "60000"), ("months", "3"), ("kmDue", "5000")),
            Zh = "3年或6万公里内的非营运车，质保不少于3个月或5000公里",
            En = "Within 3 years and 60,000 km a warranty of 3 months or 5,000 km is due",
            Cases =
            [
                new(Day(2026, 1, 5), Car("2024-01-05", 59_999).And("months", 2), Result.Hit),
                new(Day(2026, 1, 5), Car("2024-01-05", 59_999).And("months", 3), Result.Pass),
                new(Day(2026, 1, 5), Car("2024-01-05", 59_999).And("months", 2).And("km", 5_000), Result.Pass),
                new(Day(2026, 1, 5), Car("2024-01-05", 60_001).And("months", 0), Result.Pass),
                new(Day(2026, 1, 6), Car("2023-01-05", 1_000).And("months", 0), Result.Pass),
                new(Day(2026, 1, 5), Of("months", "3"), Result.NotEvaluated),
            ],
        };

    static Rule OldGoodsWarranty =>
        new(
            "old-warranty",
            RuleSource.Law,
            "旧电器电子产品流通管理办法（商务部令2013年第1号）",
            Day(2013, 5, 1),
            "number-at-least",
            "warranty-shorter-than-due"
        )
        {
            On = [Trigger.StartWarranty],
            Goods = ["appliance", "electronics"],
            Severity = Severity.Warn,
            Certainty = Certainty.Likely,
            Params = With(("number", "months"), ("least", "3")),
            Zh = "旧电器电子产品免费包修期不少于3个月",
            En = "Old appliances and electronics are repaired free for three months at least",
            Cases =
            [
                new(Day(2026, 1, 5), Of("months", "2"), Result.Hit),
                new(Day(2026, 1, 5), Of("months", "3"), Result.Pass),
                new(Day(2026, 1, 5), Inputs.None, Result.NotEvaluated),
            ],
        };

    static Rule Fraud =>
        new(
            "trade-fraud-damages",
            RuleSource.Law,
            "消费者权益保护法第五十五条",
            Day(2014, 3, 15),
            "threefold-damages.v2",
            "fraud-damages"
        )
        {
            On = [Trigger.FileComplaint],
            Severity = Severity.Info,
            Certainty = Certainty.Sure,
            Params = With(("multiple", "3"), ("leastFen", "50000")),
            Zh = "欺诈的，增加赔偿价款的三倍，不足500元的为500元",
            En = "For fraud three times the price is due, 500 yuan at least",
            Cases =
            [
                new(Day(2026, 1, 5), Of("fraud", "true").And("priceFen", "10000"), Result.Hit),
                new(Day(2026, 1, 5), Of("fraud", "false").And("priceFen", "10000"), Result.Pass),
                new(Day(2026, 1, 5), Of("fraud", "true"), Result.NotEvaluated),
                new(Day(2026, 1, 5), Inputs.None, Result.NotEvaluated),
            ],
        };

    static Rule Classified =>
        new(
            "wipe-classified",
            RuleSource.Standard,
            "GB 46864-2025；保守国家秘密法",
            Day(2025, 12, 2),
            "flag-set",
            "classified-not-for-market"
        )
        {
            On =
            [
                Trigger.ListItem,
                Trigger.AgreeDeal,
                Trigger.HandOver,
                Trigger.Transfer,
                Trigger.RecordSale,
                Trigger.AnnotateExport,
                Trigger.AddBatchItem,
                Trigger.ApplyForItem,
                Trigger.DeclareItem,
            ],
            Severity = Severity.Block,
            Certainty = Certainty.Sure,
            Params = With(("fact", "classified")),
            Zh = "涉密设备不得进入市场",
            En = "A classified device never enters the market",
            Cases =
            [
                new(Day(2026, 1, 5), Of("classified", "true"), Result.Hit),
                new(Day(2026, 1, 5), Of("classified", "false"), Result.Pass),
                new(Day(2026, 1, 5), Inputs.None, Result.NotEvaluated),
            ],
        };

    static Inputs Car(string registered, long km) =>
        Of("firstRegistered", registered).And("odometerKm", km).And("commercial", false);
}
