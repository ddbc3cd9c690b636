using Ledger.Rules;
using static Ledger.Rules.RuleParts;

namespace Ledger.DataWipe;

/// <summary>What evidence of a wipe carries (rules.md §3.1): each row of that table is a boundary case here.</summary>
static class WipeEvidenceRules
{
    public static IEnumerable<Rule> All => [Level, Technique, Duration];

    static Rule Level =>
        Project(
            "wipe-level-derived",
            "NIST SP 800-88r2; IEEE 2883-2022",
            WipeEvaluators.Supported,
            "level-not-supported-by-evidence",
            Trigger.AttestWipe,
            "声明的清除等级高于证据所能支持的等级",
            "The level that is claimed is higher than the evidence carries"
        ) with
        {
            On = [Trigger.AttestWipe, Trigger.VerifyWipe],
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
                Carries("hdd", "ata-secure-erase-enhanced", "purge", Whole),
                CarriesNot("hdd", "ata-secure-erase-enhanced", "purge", Whole.And("hiddenUnknown", true)),
                Carries("hdd", "ata-secure-erase-enhanced", "clear", Whole.And("hiddenUnknown", true)),
                Carries("hdd", "sanitize-overwrite", "purge", Whole),
                CarriesNot("ssd-sata", "overwrite", "purge", Whole),
                CarriesNot("emmc", "overwrite", "purge", Whole),
                Carries("ssd-sata", "sanitize-block", "purge", Whole),
                Carries("nvme", "nvme-sanitize", "purge", Whole),
                CarriesNot("nvme", "nvme-sanitize", "purge", Whole.And("check", "none")),
                Carries("nvme", "nvme-sanitize", "clear", Whole.And("check", "none")),
                Carries("nvme", "sanitize-crypto", "purge", Whole.And("encryptedSinceFirstUse", "yes")),
                CarriesNot("nvme", "sanitize-crypto", "clear", Whole.And("encryptedSinceFirstUse", "no")),
                CarriesNot("ssd-sata", "opal-revert", "clear", Whole.And("encryptedSinceFirstUse", "unknown")),
                CarriesNot("emmc", "factory-reset", "clear", Whole),
                CarriesNot("hdd", "overwrite", "clear", Whole.And("result", "failed")),
                CarriesNot("hdd", "overwrite", "clear", Whole.And("toolLog", false)),
                CarriesNot("nvme", "nvme-sanitize", "purge", Whole.And("unreached", 1)),
                CarriesNot("hdd", "overwrite", "clear", Whole.And("unreached", 1)),
                CarriesNot("hdd", "overwrite", "clear", Whole.And("bytesAddressed", 999)),
                CarriesNot("nvme", "nvme-sanitize", "clear", Whole.And("residues", 1)),
                // Nobody told how much was reached.
                CarriesNot("nvme", "nvme-sanitize", "purge", Inputs.None),
                Carries("nvme", "nvme-sanitize", "clear", Inputs.None),
                CarriesNot("hdd", "overwrite", "clear", Inputs.None),
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
            Trigger.AttestWipe,
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
            "PCIe 5.0 ×4, SATA 3.5, JESD84-B51, JESD220F, SD 9.1: interface ceilings",
            "duration-plausible.v2",
            "duration-not-plausible",
            Trigger.AttestWipe,
            "清除用时短于接口速率所允许的下限",
            "The wipe took less time than its interface allows"
        ) with
        {
            // A part of another device is on the fastest bus that such a part may be on.
            Params = With(
                ("hdd", "600000000"),
                ("ssd-sata", "600000000"),
                ("nvme", "15754000000"),
                ("emmc", "400000000"),
                ("ufs", "5830400000"),
                ("sd-card", "3938000000"),
                ("embedded", "5830400000"),
                ("infotainment", "15754000000"),
                ("dashcam", "3938000000")
            ),
            Cases =
            [
                new(Day(2026, 1, 1), On("ufs", 1_000, 256_000_000_000), Result.Hit),
                new(Day(2026, 1, 1), On("ufs", 60_000, 256_000_000_000), Result.Pass),
                new(Day(2026, 1, 1), On("emmc", 1_000, 400_000_001), Result.Hit),
                new(Day(2026, 1, 1), On("sd-card", 1_000, 3_938_000_001), Result.Hit),
                new(Day(2026, 1, 1), On("infotainment", 1_000, 15_754_000_001), Result.Hit),
                new(Day(2026, 1, 1), On("dashcam", 1_000, 3_938_000_001), Result.Hit),
                new(Day(2026, 1, 1), On("embedded", 1_000, 5_830_400_001), Result.Hit),
                new(Day(2026, 1, 1), On("nvme", 1_000, 15_754_000_000), Result.Pass),
                new(
                    Day(2026, 1, 1),
                    Of("medium", "emmc").And("technique", "overwrite").And("durationMs", 1),
                    Result.NotEvaluated
                ),
                new(Day(2026, 1, 1), Took(10_000, 6_000_000_000), Result.Pass),
                new(Day(2026, 1, 1), Took(10_000, 6_000_000_001), Result.Hit),
                new(Day(2026, 1, 1), Took(0, 1), Result.Hit),
                new(Day(2026, 1, 1), Took(-1, 1), Result.Hit),
                new(Day(2026, 1, 1), Took(1, 1_000_000_000).And("technique", "sanitize-crypto"), Result.Pass),
                new(Day(2026, 1, 1), Of("durationMs", "10000"), Result.NotEvaluated),
                new(Day(2026, 1, 1), Wrote.And("durationMs", 10_000), Result.NotEvaluated),
                new(Day(2026, 1, 1), Inputs.None, Result.NotEvaluated),
            ],
        };

    /// <summary>Every byte reached, and told so.</summary>
    static Inputs Whole =>
        Of("bytesAddressed", "1000").And("capacityBytes", 1000).And("hiddenUnknown", false).And("unreached", 0);

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

    static Inputs On(string medium, long milliseconds, long bytes) =>
        Of("medium", medium).And("technique", "overwrite").And("durationMs", milliseconds).And("bytesAddressed", bytes);

    static Inputs Took(long milliseconds, long bytes) =>
        Wrote.And("durationMs", milliseconds).And("bytesAddressed", bytes);

    static Inputs Wrote => Of("medium", "ssd-sata").And("technique", "overwrite");
}
