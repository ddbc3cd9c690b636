using Ledger.Rules;
using static Ledger.Rules.RuleParts;

namespace Ledger.Trading;

/// <summary>How many cars a natural person sells (rules.md §13.3).</summary>
static class TradeRules
{
    public static IEnumerable<Rule> All =>
        [
            new(
                "trade-three-cars",
                RuleSource.Law,
                "商消费发〔2022〕92号",
                Day(2023, 1, 1),
                "cars-in-year",
                "three-cars-limit"
            )
            {
                On = [Trigger.AgreeDeal, Trigger.InvoiceDeal, Trigger.Transfer, Trigger.RecordSale],
                Goods = ["used-car"],
                Severity = Severity.Block,
                Certainty = Certainty.Provisional,
                Params = With(("limit", "3")),
                Zh = "自然人一年内出售持有不满一年的车辆达到三辆",
                En = "A natural person's third sale in a year of a car held less than one year",
                Cases =
                [
                    new(Day(2026, 3, 1), Seller("2026-01-01", 1), Result.Pass),
                    new(Day(2026, 3, 1), Seller("2026-01-01", 2), Result.Hit),
                    new(Day(2026, 3, 9), Seller("2025-03-10", 2), Result.Hit),
                    new(Day(2026, 3, 10), Seller("2025-03-10", 2), Result.Pass),
                    new(Day(2026, 3, 1), Of("sellerIsPerson", "false"), Result.Pass),
                    new(Day(2026, 3, 1), Of("sellerIsPerson", "true"), Result.NotEvaluated),
                    new(Day(2026, 3, 1), Inputs.None, Result.NotEvaluated),
                ],
            },
            new(
                "trade-three-cars-undated",
                RuleSource.Project,
                "trade-ledger",
                Day(2023, 1, 1),
                "cars-undated.v2",
                "three-cars-limit"
            )
            {
                On = [Trigger.AgreeDeal, Trigger.InvoiceDeal, Trigger.RecordSale],
                Goods = ["used-car"],
                Severity = Severity.Warn,
                Certainty = Certainty.Project,
                Params = With(("limit", "3")),
                Zh = "自然人一年内第三次售车，持有起始日未申报，无法排除不满一年",
                En = "A natural person's third sale in a year, and nobody said since when the cars were held",
                Cases =
                [
                    new(Day(2026, 3, 1), Undated(null, 0, 1), Result.Pass),
                    new(Day(2026, 3, 1), Undated(null, 1, 1), Result.Hit),
                    new(Day(2026, 3, 1), Undated(null, 2, 0), Result.Hit),
                    new(Day(2026, 3, 1), Undated("2026-01-01", 1, 1), Result.Hit),
                    new(Day(2026, 3, 1), Undated("2026-01-01", 2, 0), Result.Pass),
                    new(Day(2026, 3, 1), Undated("2025-03-01", 1, 5), Result.Pass),
                    new(Day(2026, 3, 1), Of("sellerIsPerson", "true"), Result.NotEvaluated),
                    new(Day(2026, 3, 1), Of("sellerIsPerson", "false"), Result.Pass),
                    new(Day(2026, 3, 1), Inputs.None, Result.NotEvaluated),
                ],
            },
        ];

    static Inputs Seller(string since, int before) =>
        Of("sellerIsPerson", "true").And("ownedSince", since).And("carsSoldBefore", before);

    static Inputs Undated(string? since, int before, int undated) =>
        Of("sellerIsPerson", "true")
            .And("ownedSince", since)
            .And("carsSoldBefore", before)
            .And("undatedBefore", undated);
}
