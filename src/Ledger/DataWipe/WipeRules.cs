using System.Collections.Immutable;
using Ledger.Rules;
using static Ledger.Rules.RuleParts;

namespace Ledger.DataWipe;

/// <summary>Data erasure (rules.md §3).</summary>
static class WipeRules
{
    public static IEnumerable<Rule> All =>
        [
            .. Gate("wipe-gate-resale", Trigger.ListItem, Trigger.AgreeDeal, Trigger.HandOver, Trigger.RecordSale),
            .. Gate("wipe-gate-export", Trigger.ApplyForItem, Trigger.DeclareItem),
            Consent(Day(2025, 12, 2), Day(2026, 12, 31), Severity.Warn),
            Consent(Day(2027, 1, 1), null, Severity.Block),
            CarCarriers,
            .. WipeEvidenceRules.All,
            OnePerIntake,
            ReportOfItsRun,
            Destruction,
            OtherVerifier,
            OtherTool,
            Sample,
        ];

    /// <summary>Advice from the day it was issued, a block from the day it is in force.</summary>
    static IEnumerable<Rule> Gate(string id, params ImmutableArray<Trigger> on) =>
        [
            Gate(id, Day(2025, 12, 2), Day(2026, 12, 31), Severity.Warn, on),
            Gate(id, Day(2027, 1, 1), null, Severity.Block, on),
        ];

    static Rule Gate(string id, DateOnly from, DateOnly? to, Severity severity, ImmutableArray<Trigger> on) =>
        new(id, RuleSource.Standard, "GB 46864-2025", from, "data-cleared.v2", "data-not-wiped")
        {
            To = to,
            On = on,
            Goods = ["electronics"],
            Severity = severity,
            Certainty = Certainty.Sure,
            Zh = "含存储介质的二手电子产品未完成数据清除与验证",
            En = "A device that bears data has not been wiped and verified",
            Cases =
            [
                new(from, Of("bearsData", "true").And("dataState", "unknown"), Result.Hit),
                new(from, Of("bearsData", "true").And("dataState", "uncleared"), Result.Hit),
                new(from, Of("bearsData", "true").And("dataState", "attested"), Result.Hit),
                new(from, Of("bearsData", "true").And("dataState", "cleared"), Result.Pass),
                new(from, Of("bearsData", "true").And("dataState", "gone"), Result.Pass),
                new(from, Of("bearsData", "false"), Result.Pass),
                new(from, Of("dataState", "gone"), Result.Pass),
                new(from, Of("dataState", "unknown"), Result.NotEvaluated),
            ],
        };

    static Rule Consent(DateOnly from, DateOnly? to, Severity severity) =>
        new(
            "wipe-consent-first",
            RuleSource.Standard,
            "GB 46864-2025；个人信息保护法第十三、十四条",
            from,
            "consent-before-start",
            "consent-missing"
        )
        {
            To = to,
            On = [Trigger.AttestWipe],
            Severity = severity,
            Certainty = Certainty.Sure,
            Zh = "清除前未取得所有人对本次收件的同意",
            En = "The owner had not agreed for this intake before the wipe began",
            Cases =
            [
                new(from, Of("consentAtMs", "999").And("startedAtMs", 1000), Result.Pass),
                new(from, Of("consentAtMs", "1001").And("startedAtMs", 1000), Result.Hit),
                new(from, Of("startedAtMs", "1000"), Result.Hit),
                new(from, Inputs.None, Result.NotEvaluated),
            ],
        };

    /// <summary>No carrier declared is told by the state: <c>unknown</c> says that nobody looked.</summary>
    static Rule CarCarriers =>
        new(
            "wipe-car-carriers",
            RuleSource.Law,
            "汽车数据安全管理若干规定（试行）",
            Day(2021, 10, 1),
            "data-cleared.v2",
            "data-not-wiped"
        )
        {
            On = [Trigger.ListItem, Trigger.HandOver, Trigger.Transfer],
            Goods = ["used-car"],
            Severity = Severity.Warn,
            Certainty = Certainty.Likely,
            Params = With(("asked", "always")),
            Zh = "车载存储、钥匙、行车记录仪等数据载体未清除或未申报",
            En = "The car's data carriers (infotainment, keys, dashcam) are not cleared or not declared",
            Cases =
            [
                new(Day(2026, 1, 1), Of("dataState", "unknown"), Result.Hit),
                new(Day(2026, 1, 1), Of("dataState", "cleared"), Result.Pass),
                new(Day(2026, 1, 1), Of("dataState", "none"), Result.Pass),
            ],
        };

    static Rule OnePerIntake =>
        Flagged(
            "wipe-one-per-medium-intake",
            "liveAttestation",
            "medium-already-attested",
            Trigger.AttestWipe,
            "该介质在本次收件中已有有效的清除记录",
            "The medium has a live attestation for this intake"
        );

    static Rule ReportOfItsRun =>
        Flagged(
            "wipe-report-reused",
            "reportOfAnotherRun",
            "report-reused",
            Trigger.AttestWipe,
            "该清除报告已用于另一次清除",
            "The report was used for another run of a tool"
        ) with
        {
            Severity = Severity.Warn,
        };

    static Rule Destruction =>
        Flagged(
            "wipe-technique-accepted",
            "notAccepted",
            "technique-not-accepted",
            Trigger.DestroyMedium,
            "该销毁方法不被接受，或缺少照片与重量记录",
            "The technique is not accepted as destruction, or photos and weight are missing"
        ) with
        {
            Severity = Severity.Warn,
        };

    static Rule OtherVerifier =>
        Flagged(
            "wipe-verifier-independent",
            "verifierIsOperator",
            "verifier-is-operator",
            Trigger.VerifyWipe,
            "验证人与清除操作人相同",
            "Who verifies is who wiped"
        );

    static Rule OtherTool =>
        Flagged(
            "wipe-verifier-tool",
            "sameTool",
            "same-tool",
            Trigger.VerifyWipe,
            "验证工具与清除工具相同",
            "The tool that verifies is the tool that wiped"
        );

    static Rule Sample =>
        Project(
            "wipe-sample-size",
            "n = ⌈ln(1−c)/ln(1−p)⌉",
            "sample-large-enough.v2",
            "sample-too-small",
            Trigger.VerifyWipe,
            "抽检块数不足",
            "Too few blocks were read"
        ) with
        {
            Params = With(("confidencePermille", "950"), ("dirtyPpm", "1000")),
            Cases =
            [
                new(Day(2026, 1, 1), Read(2995, 1_000_000), Result.Pass),
                new(Day(2026, 1, 1), Read(2994, 1_000_000), Result.Hit),
                new(Day(2026, 1, 1), Read(100, 100), Result.Pass),
                new(Day(2026, 1, 1), Read(99, 100), Result.Hit),
                new(Day(2026, 1, 1), Read(999_999, 1_000_000).And("check", "full"), Result.Hit),
                new(Day(2026, 1, 1), Of("sampledBlocks", "2995").And("totalBlocks", 1_000_000), Result.NotEvaluated),
                new(Day(2026, 1, 1), Of("sampledBlocks", "100").And("totalBlocks", 100), Result.Pass),
                new(Day(2026, 1, 1), Inputs.None, Result.NotEvaluated),
            ],
        };

    static Rule Flagged(string id, string fact, string code, Trigger on, string zh, string en) =>
        Project(id, "trade-ledger", "flag-set", code, on, zh, en) with
        {
            Params = With(("fact", fact)),
            Cases =
            [
                new(Day(2026, 1, 1), Of(fact, "true"), Result.Hit),
                new(Day(2026, 1, 1), Of(fact, "false"), Result.Pass),
                new(Day(2026, 1, 1), Inputs.None, Result.NotEvaluated),
            ],
        };

    static Inputs Read(long sampled, long total) =>
        Of("check", "sampled").And("sampledBlocks", sampled).And("totalBlocks", total);
}
