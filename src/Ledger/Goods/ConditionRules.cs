using Ledger.Rules;
using static Ledger.Rules.RuleParts;

namespace Ledger.Goods;

/// <summary>What is said of a car's condition: disclosure and grade.</summary>
static class ConditionRules
{
    public static IEnumerable<Rule> All =>
        [
            new(
                "trade-disclosure",
                RuleSource.Law,
                "二手车流通管理办法（商务部等令2005年第2号）第十四条",
                Day(2005, 10, 1),
                "fields-disclosed",
                "disclosure-incomplete"
            )
            {
                On = [Trigger.ListItem, Trigger.AgreeDeal],
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
                "trade-grade",
                RuleSource.Standard,
                "GB/T 30323-2013",
                Day(2014, 6, 1),
                "grade-follows-score",
                "grade-does-not-follow-score"
            )
            {
                On = [Trigger.GradeItem],
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
}
