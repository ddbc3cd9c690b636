using System.Collections.Immutable;
using System.Globalization;
using static Ledger.Rules.Trigger;

namespace Ledger.Rules;

/// <summary>The entries of rules.md that this version of the product applies. Add at the end of a section; never
/// edit.</summary>
public static class TheRules
{
    public static IEnumerable<Rule> All =>
        [
            .. IdentifierRules.All,
            .. ScrapRules.All,
            .. Trade,
            .. WipeRules.All,
            .. OdometerRules.All,
            .. ExportRules.All,
            .. CreditRules.All,
            .. AfterSaleRules.All,
            .. PartyRules.All,
        ];

    static IEnumerable<Rule> Trade =>
        [
            new(
                "trade-prohibited-encumbered",
                RuleSource.Law,
                "二手车流通管理办法（商务部等令2005年第2号）第二十三条",
                Day(2005, 10, 1),
                "flag-set",
                "encumbered"
            )
            {
                On = [ListItem, AgreeDeal, Transfer, HandOver, RecordSale],
                Severity = Severity.Block,
                Certainty = Certainty.Provisional,
                Params = With(("fact", "encumbered")),
                Zh = "抵押或海关监管期间不得交易",
                En = "No trade while a mortgage or customs supervision is running",
                Cases =
                [
                    new(Day(2026, 1, 1), Of("encumbered", "true"), Result.Hit),
                    new(Day(2026, 1, 1), Of("encumbered", "false"), Result.Pass),
                    new(Day(2026, 1, 1), Inputs.None, Result.NotEvaluated),
                ],
            },
            new(
                "trade-under-consent",
                RuleSource.Law,
                "二手车流通管理办法（商务部等令2005年第2号）第二十三条",
                Day(2005, 10, 1),
                "flag-set",
                "encumbered"
            )
            {
                On = [AgreeDeal, Transfer, HandOver],
                Severity = Severity.Warn,
                Certainty = Certainty.Provisional,
                Params = With(("fact", "underConsent")),
                Zh = "抵押权人已同意本次交易，抵押仍未解除",
                En = "The lender consented to this deal; the lien itself still stands",
                Cases =
                [
                    new(Day(2026, 1, 1), Of("underConsent", "true"), Result.Hit),
                    new(Day(2026, 1, 1), Of("underConsent", "false"), Result.Pass),
                    new(Day(2026, 1, 1), Inputs.None, Result.NotEvaluated),
                ],
            },
            new(
                "trade-prohibited-held",
                RuleSource.Law,
                "二手车流通管理办法（商务部等令2005年第2号）第二十三条",
                Day(2005, 10, 1),
                "flag-set",
                "held-by-authority"
            )
            {
                On = [ListItem, AgreeDeal, Transfer, HandOver, RecordSale],
                Severity = Severity.Block,
                Certainty = Certainty.Provisional,
                Params = With(("fact", "held")),
                Zh = "被司法或行政机关查封、扣押期间不得交易",
                En = "No trade while an authority holds the goods",
                Cases =
                [
                    new(Day(2026, 1, 1), Of("held", "true"), Result.Hit),
                    new(Day(2026, 1, 1), Of("held", "false"), Result.Pass),
                    new(Day(2026, 1, 1), Inputs.None, Result.NotEvaluated),
                ],
            },
            new(
                "trade-disclosure",
                RuleSource.Law,
                "二手车流通管理办法（商务部等令2005年第2号）第十四条",
                Day(2005, 10, 1),
                "fields-disclosed",
                "disclosure-incomplete"
            )
            {
                On = [ListItem, AgreeDeal],
                Goods = ["used-car"],
                Severity = Severity.Block,
                Certainty = Certainty.Sure,
                Params = With(("fields", "9")),
                Zh = "未如实告知车辆使用、维修、事故、检验、抵押等情况",
                En = "Use, repairs, accidents, inspection and mortgage were not disclosed",
                Cases =
                [
                    new(Day(2026, 1, 1), Of("disclosedFields", "9"), Result.Pass),
                    new(Day(2026, 1, 1), Of("disclosedFields", "8"), Result.Hit),
                    new(Day(2026, 1, 1), Of("disclosedFields", "0"), Result.Hit),
                    new(Day(2026, 1, 1), Inputs.None, Result.NotEvaluated),
                ],
            },
            new(
                "trade-three-cars",
                RuleSource.Law,
                "商消费发〔2022〕92号",
                Day(2023, 1, 1),
                "cars-in-year",
                "three-cars-limit"
            )
            {
                On = [AgreeDeal, InvoiceDeal, Transfer, RecordSale],
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
                On = [AgreeDeal, InvoiceDeal, RecordSale],
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
            new(
                "trade-grade",
                RuleSource.Standard,
                "GB/T 30323-2013",
                Day(2014, 6, 1),
                "grade-follows-score",
                "grade-does-not-follow-score"
            )
            {
                On = [GradeItem],
                Goods = ["used-car"],
                Severity = Severity.Block,
                Certainty = Certainty.Sure,
                Zh = "技术状况等级与得分不符",
                En = "The grade does not follow from the score",
                Cases =
                [
                    Graded(900, 1),
                    Graded(899, 2),
                    Graded(600, 2),
                    Graded(599, 3),
                    Graded(200, 3),
                    Graded(199, 4),
                    new(
                        Day(2026, 1, 1),
                        Of("scoreTenths", "950").And("grade", "5").And("accident", "true"),
                        Result.Pass
                    ),
                    new(
                        Day(2026, 1, 1),
                        Of("scoreTenths", "950").And("grade", "1").And("accident", "true"),
                        Result.Hit
                    ),
                    new(Day(2026, 1, 1), Of("grade", "1"), Result.NotEvaluated),
                ],
            },
        ];

    static RuleCase Graded(int scoreTenths, int grade) =>
        new(
            Day(2026, 1, 1),
            Inputs.None.And("scoreTenths", scoreTenths).And("grade", grade).And("accident", false),
            Result.Pass
        );

    static Inputs Seller(string since, int before) =>
        Of("sellerIsPerson", "true").And("ownedSince", since).And("carsSoldBefore", before);

    static Inputs Undated(string? since, int before, int undated) =>
        Of("sellerIsPerson", "true")
            .And("ownedSince", since)
            .And("carsSoldBefore", before)
            .And("undatedBefore", undated);

    /// <summary>A rule of this project: it holds everywhere, and blocks unless it says otherwise.</summary>
    internal static Rule Project(
        string id,
        string citation,
        string evaluator,
        string code,
        Trigger on,
        string zh,
        string en
    ) =>
        new(id, RuleSource.Project, citation, Day(2000, 1, 1), evaluator, code)
        {
            On = [on],
            Severity = Severity.Block,
            Certainty = Certainty.Project,
            Where = null,
            Zh = zh,
            En = en,
            Cases = [],
        };

    internal static Inputs Of(string name, string value) => Inputs.None.And(name, value);

    internal static ImmutableSortedDictionary<string, string> With(
        params ReadOnlySpan<(string Name, string Value)> pairs
    )
    {
        var inputs = Inputs.None;
        foreach (var (name, value) in pairs)
            inputs = inputs.And(name, value);
        return inputs.Values;
    }

    internal static DateOnly Day(int year, int month, int day) =>
        new(year, month, day, CultureInfo.InvariantCulture.Calendar);
}
