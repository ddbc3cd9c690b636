using static Ledger.Rules.TheRules;
using static Ledger.Rules.Trigger;

namespace Ledger.Rules;

/// <summary>Data erasure (rules.md §3).</summary>
static class WipeRules
{
    public static IEnumerable<Rule> All =>
        [
            Gate(Day(2025, 12, 2), Day(2026, 12, 31), Severity.Warn),
            Gate(Day(2027, 1, 1), null, Severity.Block),
            Consent(Day(2025, 12, 2), Day(2026, 12, 31), Severity.Warn),
            Consent(Day(2027, 1, 1), null, Severity.Block),
            CarCarriers,
            Level,
            Technique,
            Duration,
            OnePerIntake,
            Destruction,
            OtherVerifier,
            OtherTool,
            Sample,
        ];

    static Rule Gate(DateOnly from, DateOnly? to, Severity severity) =>
        new("wipe-gate-resale", RuleSource.Standard, "GB 46864-2025", from, "data-cleared", "data-not-wiped")
        {
            To = to,
            On = [ListItem, AgreeDeal, HandOver, RecordSale],
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
            On = [AttestWipe],
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
            "data-cleared",
            "data-not-wiped"
        )
        {
            On = [ListItem, HandOver, Transfer],
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

    static Rule Level =>
        Project(
            "wipe-level-derived",
            "NIST SP 800-88r2; IEEE 2883-2022",
            "level-supported",
            "level-not-supported-by-evidence",
            AttestWipe,
            "声明的清除等级高于证据所能支持的等级",
            "The level that is claimed is higher than the evidence carries"
        ) with
        {
            On = [AttestWipe, VerifyWipe],
            Params = With(
                ("overwrite", "clear"),
                ("ata-secure-erase", "clear"),
                ("ata-secure-erase-enhanced", "clear"),
                ("ata-secure-erase-enhanced@hdd", "purge"),
                ("sanitize-overwrite", "clear"),
                ("sanitize-overwrite@hdd", "purge"),
                ("sanitize-block", "purge"),
                ("nvme-sanitize", "purge"),
                ("nvme-format-ses", "clear"),
                ("sanitize-crypto", "purge"),
                ("opal-revert", "purge"),
                ("emmc-sanitize", "purge"),
                ("ufs-purge", "purge"),
                ("degauss@hdd", "destruct"),
                ("degauss", "none"),
                ("disintegrate", "destruct"),
                ("melt", "destruct"),
                ("incinerate", "destruct"),
                // Said to be accepted no longer by IEEE 2883-2022: another value is another version of the rule.
                ("shred", "none"),
                ("pulverise", "none"),
                ("factory-reset", "none")
            ),
            Cases =
            [
                Carries("hdd", "overwrite", "clear", Whole),
                CarriesNot("hdd", "overwrite", "purge", Whole),
                Carries("hdd", "ata-secure-erase-enhanced", "purge", Whole.And("hiddenUnknown", false)),
                CarriesNot("hdd", "ata-secure-erase-enhanced", "purge", Whole.And("hiddenUnknown", true)),
                Carries("hdd", "ata-secure-erase-enhanced", "clear", Whole.And("hiddenUnknown", true)),
                Carries("hdd", "sanitize-overwrite", "purge", Whole),
                CarriesNot("ssd-sata", "overwrite", "purge", Whole),
                CarriesNot("emmc", "overwrite", "purge", Whole),
                Carries("ssd-sata", "sanitize-block", "purge", Inputs.None),
                Carries("nvme", "nvme-sanitize", "purge", Inputs.None),
                CarriesNot("nvme", "nvme-sanitize", "purge", Of("check", "none")),
                Carries("nvme", "nvme-sanitize", "clear", Of("check", "none")),
                Carries("nvme", "sanitize-crypto", "purge", Of("encryptedSinceFirstUse", "yes")),
                CarriesNot("nvme", "sanitize-crypto", "clear", Of("encryptedSinceFirstUse", "no")),
                CarriesNot("ssd-sata", "opal-revert", "clear", Of("encryptedSinceFirstUse", "unknown")),
                CarriesNot("emmc", "factory-reset", "clear", Inputs.None),
                CarriesNot("hdd", "overwrite", "clear", Whole.And("result", "failed")),
                CarriesNot("hdd", "overwrite", "clear", Whole.And("toolLog", false)),
                CarriesNot("nvme", "nvme-sanitize", "purge", Of("unreached", "1")),
                CarriesNot("hdd", "overwrite", "clear", Whole.And("unreached", 1)),
                CarriesNot("hdd", "overwrite", "clear", Of("bytesAddressed", "999").And("capacityBytes", 1000)),
                CarriesNot("nvme", "nvme-sanitize", "clear", Of("residues", "1")),
                Carries("hdd", "degauss", "destruct", Inputs.None),
                CarriesNot("ssd-sata", "degauss", "clear", Inputs.None),
                CarriesNot("hdd", "shred", "destruct", Inputs.None),
                Carries("nvme", "disintegrate", "destruct", Inputs.None),
                new(Day(2026, 1, 1), Of("medium", "hdd"), Result.NotEvaluated),
            ],
        };

    static Rule Technique =>
        Project(
            "wipe-technique-for-medium",
            "IEEE 2883-2022",
            "technique-for-medium",
            "technique-not-for-medium",
            AttestWipe,
            "该清除方法不适用于此类存储介质",
            "The technique is not made for this kind of medium"
        ) with
        {
            Params = With(
                ("ata-secure-erase", "hdd ssd-sata"),
                ("ata-secure-erase-enhanced", "hdd ssd-sata"),
                ("sanitize-overwrite", "hdd ssd-sata"),
                ("sanitize-block", "ssd-sata nvme"),
                ("sanitize-crypto", "hdd ssd-sata nvme"),
                ("nvme-sanitize", "ssd-sata nvme"),
                ("nvme-format-ses", "nvme"),
                ("opal-revert", "hdd ssd-sata nvme"),
                ("emmc-sanitize", "emmc embedded infotainment"),
                ("ufs-purge", "ufs embedded infotainment")
            ),
            Cases =
            [
                new(Day(2026, 1, 1), Of("technique", "sanitize-block").And("medium", "nvme"), Result.Pass),
                new(Day(2026, 1, 1), Of("technique", "sanitize-block").And("medium", "hdd"), Result.Hit),
                new(Day(2026, 1, 1), Of("technique", "ufs-purge").And("medium", "emmc"), Result.Hit),
                new(Day(2026, 1, 1), Of("technique", "overwrite").And("medium", "key"), Result.Pass),
                new(Day(2026, 1, 1), Of("technique", "overwrite"), Result.NotEvaluated),
            ],
        };

    static Rule Duration =>
        Project(
            "wipe-duration-plausible",
            "NVMe, SATA: interface ceilings",
            "duration-plausible",
            "duration-not-plausible",
            AttestWipe,
            "清除用时短于接口速率所允许的下限",
            "The wipe took less time than its interface allows"
        ) with
        {
            Params = With(("nvme", "7000000000"), ("hdd", "600000000"), ("ssd-sata", "600000000")),
            Cases =
            [
                new(Day(2026, 1, 1), Took(10_000, 6_000_000_000), Result.Pass),
                new(Day(2026, 1, 1), Took(10_000, 6_000_000_001), Result.Hit),
                new(Day(2026, 1, 1), Took(0, 1), Result.Hit),
                new(Day(2026, 1, 1), Took(-1, 1), Result.Hit),
                new(Day(2026, 1, 1), Took(1, 1_000_000_000).And("technique", "sanitize-crypto"), Result.Pass),
                new(Day(2026, 1, 1), Inputs.None, Result.NotEvaluated),
            ],
        };

    static Rule OnePerIntake =>
        Flagged(
            "wipe-one-per-medium-intake",
            "liveAttestation",
            "medium-already-attested",
            AttestWipe,
            "该介质在本次收件中已有有效的清除记录",
            "The medium has a live attestation for this intake"
        );

    static Rule Destruction =>
        Flagged(
            "wipe-technique-accepted",
            "notAccepted",
            "technique-not-accepted",
            DestroyMedium,
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
            VerifyWipe,
            "验证人与清除操作人相同",
            "Who verifies is who wiped"
        );

    static Rule OtherTool =>
        Flagged(
            "wipe-verifier-tool",
            "sameTool",
            "same-tool",
            VerifyWipe,
            "验证工具与清除工具相同",
            "The tool that verifies is the tool that wiped"
        );

    static Rule Sample =>
        Project(
            "wipe-sample-size",
            "n = ⌈ln(1−c)/ln(1−p)⌉",
            "sample-large-enough",
            "sample-too-small",
            VerifyWipe,
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

    static Rule Project(string id, string citation, string evaluator, string code, Trigger on, string zh, string en) =>
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

    static Inputs Whole => Of("bytesAddressed", "1000").And("capacityBytes", 1000);

    static RuleCase Carries(string medium, string technique, string claimed, Inputs more) =>
        new(Day(2026, 1, 1), Evidence(medium, technique, claimed, more), Result.Pass);

    static RuleCase CarriesNot(string medium, string technique, string claimed, Inputs more) =>
        new(Day(2026, 1, 1), Evidence(medium, technique, claimed, more), Result.Hit);

    /// <summary>A good wipe with its log and a clean check, but for what is said otherwise.</summary>
    static Inputs Evidence(string medium, string technique, string claimed, Inputs more)
    {
        var evidence = Of("medium", medium)
            .And("technique", technique)
            .And("claimed", claimed)
            .And("result", "ok")
            .And("toolLog", true)
            .And("check", "full")
            .And("residues", 0);
        foreach (var (name, value) in more.Values)
            evidence = evidence.And(name, value);
        return evidence;
    }

    static Inputs Took(long milliseconds, long bytes) =>
        Of("medium", "ssd-sata")
            .And("technique", "overwrite")
            .And("durationMs", milliseconds)
            .And("bytesAddressed", bytes);

    static Inputs Read(long sampled, long total) =>
        Of("check", "sampled").And("sampledBlocks", sampled).And("totalBlocks", total);
}
