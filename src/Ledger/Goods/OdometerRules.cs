using Ledger.Rules;
using static Ledger.Rules.RuleParts;

namespace Ledger.Goods;

/// <summary>Odometer readings (rules.md §5): each asks again before an implausible value is committed.</summary>
static class OdometerRules
{
    public static IEnumerable<Rule> All => [Rollback, TooFast, Typo, Unit];

    static Rule Rollback =>
        Reading(
            "odo-rollback",
            "reading-not-below",
            "里程低于先前读数",
            "The reading is lower than an earlier one"
        ) with
        {
            On = [Trigger.ObserveOdometer, Trigger.RecordSale],
            Cases =
            [
                new(Day(2026, 1, 1), Read(49_999, 50_000), Result.Hit),
                new(Day(2026, 1, 1), Read(50_000, 50_000), Result.Pass),
                new(Day(2026, 1, 1), Of("valueKm", "50000"), Result.NotEvaluated),
                new(Day(2026, 1, 1), Inputs.None, Result.NotEvaluated),
            ],
        };

    static Rule TooFast =>
        Reading(
            "odo-too-fast",
            "reading-growth-possible.v2",
            "里程增长超过该时段的合理上限",
            "More kilometres than the time since the last reading allows"
        ) with
        {
            Cases =
            [
                new(Day(2026, 1, 1), Read(52_500, 50_000, 1), Result.Pass),
                new(Day(2026, 1, 1), Read(52_501, 50_000, 1), Result.Hit),
                new(Day(2026, 1, 1), Read(57_000, 50_000, 7), Result.Pass),
                new(Day(2026, 1, 1), Read(57_001, 50_000, 7), Result.Hit),
                new(Day(2026, 1, 1), Read(70_000, 50_000, 31), Result.Pass),
                new(Day(2026, 1, 1), Read(250_001, 50_000, 366), Result.Hit),
                new(Day(2026, 1, 1), Read(450_000, 50_000, 367), Result.Pass),
                new(Day(2026, 1, 1), Of("valueKm", "50000"), Result.Pass),
                new(Day(2026, 1, 1), Read(900_000, 50_000), Result.NotEvaluated),
                new(Day(2026, 1, 1), Inputs.None, Result.NotEvaluated),
            ],
        };

    static Rule Typo =>
        Reading(
            "odo-typo",
            "reading-not-tenfold.v2",
            "疑似多录或少录一位",
            "A digit too many or too few is suspected"
        ) with
        {
            Cases =
            [
                new(Day(2026, 1, 1), Read(505_000, 50_000, 7), Result.Hit),
                new(Day(2026, 1, 1), Read(5_050, 50_000, 7), Result.Hit),
                new(Day(2026, 1, 1), Read(50_500, 50_000, 7), Result.Pass),
                new(Day(2026, 1, 1), Read(40_000, 50_000, 7), Result.Pass),
                new(Day(2026, 1, 1), Read(505_000, 50_000), Result.NotEvaluated),
            ],
        };

    static Rule Unit =>
        Reading("odo-unit", "reading-not-in-miles.v2", "疑似以英里为单位", "The reading may be in miles") with
        {
            Cases =
            [
                new(Day(2026, 1, 1), Read(31_500, 50_000, 7), Result.Hit),
                new(Day(2026, 1, 1), Read(31_000, 50_000, 7), Result.Pass),
                new(Day(2026, 1, 1), Read(50_100, 50_000, 7), Result.Pass),
                new(Day(2026, 1, 1), Read(31_500, 50_000), Result.NotEvaluated),
            ],
        };

    /// <summary>The kilometres a span are placeholders of rules.md: to be configured by whoever knows better.</summary>
    static Rule Reading(string id, string evaluator, string zh, string en) =>
        new(
            id,
            RuleSource.Project,
            $"本项目 {id}（参照荷兰、比利时做法）",
            Day(2000, 1, 1),
            evaluator,
            "odometer-needs-confirmation"
        )
        {
            On = [Trigger.ObserveOdometer],
            Goods = ["used-car", "farm-machinery"],
            Severity = Severity.Warn,
            Certainty = Certainty.Project,
            Where = null,
            Zh = zh,
            En = en,
            Params = With(("day", "2500"), ("week", "7000"), ("month", "20000"), ("year", "200000")),
            Cases = [],
        };

    static Inputs Read(long value, long last, long? days = null) =>
        Inputs.None.And("valueKm", value).And("lastKm", last).And("days", days);
}
