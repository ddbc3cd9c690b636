using Ledger.Rules;
using static Ledger.Rules.RuleParts;

namespace Ledger.Goods;

/// <summary>Check digits and shapes of identifiers (rules.md §2).</summary>
static class IdentifierRules
{
    public static IEnumerable<Rule> All =>
        [
            new(
                "id-vin-check-strict",
                RuleSource.Standard,
                "GB 16735-2019; ISO 3779",
                Day(2020, 1, 1),
                "vin-check",
                "vin-check-failed"
            )
            {
                On = [Trigger.RegisterItem],
                Severity = Severity.Block,
                Certainty = Certainty.Sure,
                Where = "CN",
                Params = With(("origin", "strict")),
                Zh = "车辆识别代号第9位检验位不符",
                En = "The check digit at position 9 of the VIN does not fit",
                Cases =
                [
                    new(Day(2026, 1, 1), Of("vin", "LSVAM4187C2184847"), Result.Pass),
                    new(Day(2026, 1, 1), Of("vin", "1HGCM82633A004352"), Result.Pass),
                    new(Day(2026, 1, 1), Of("vin", "1HGCM82643A004352"), Result.Hit),
                    new(Day(2026, 1, 1), Of("vin", "WVGZZZ5NZEW069297"), Result.Pass),
                ],
            },
            new(
                "id-vin-check-soft",
                RuleSource.Standard,
                "GB 16735-2019; ISO 3779",
                Day(2020, 1, 1),
                "vin-check",
                "vin-check-failed"
            )
            {
                On = [Trigger.RegisterItem],
                Severity = Severity.Warn,
                Certainty = Certainty.Sure,
                Where = "CN",
                Params = With(("origin", "soft")),
                Zh = "车辆识别代号检验位不符（产地不强制）",
                En = "The VIN's check digit does not fit; its origin does not require one",
                Cases =
                [
                    new(Day(2026, 1, 1), Of("vin", "WBAAY711X0KC28153"), Result.Pass),
                    new(Day(2026, 1, 1), Of("vin", "WVGZZZ5NZEW069297"), Result.Hit),
                    new(Day(2026, 1, 1), Of("vin", "1HGCM82643A004352"), Result.Pass),
                ],
            },
            new(
                "id-imei-check",
                RuleSource.Standard,
                "3GPP TS 23.003; GSMA TS.06",
                Day(2000, 1, 1),
                "imei-check",
                "imei-check-failed"
            )
            {
                On = [Trigger.RegisterItem],
                Severity = Severity.Block,
                Certainty = Certainty.Sure,
                Where = "CN",
                Zh = "IMEI 校验位不符",
                En = "The check digit of the IMEI does not fit",
                Cases =
                [
                    new(Day(2026, 1, 1), Of("imei", "490154203237518;356938035643809"), Result.Pass),
                    new(Day(2026, 1, 1), Of("imei", "490154203237518;356938035643808"), Result.Hit),
                ],
            },
            new(
                "id-tag-check",
                RuleSource.Project,
                "本项目 id-tag-check",
                Day(2000, 1, 1),
                "tag-check",
                "tag-check-failed"
            )
            {
                On = [Trigger.RegisterItem],
                Severity = Severity.Block,
                Certainty = Certainty.Project,
                Where = null,
                Zh = "账本标签校验位不符",
                En = "The check character of the ledger tag does not fit",
                Cases =
                [
                    new(Day(2026, 1, 1), Of("tag", "000000000016"), Result.Pass),
                    new(Day(2026, 1, 1), Of("tag", "7K3M9P2QXWAR"), Result.Pass),
                    new(Day(2026, 1, 1), Of("tag", "7K3M9P2QXWAT"), Result.Hit),
                ],
            },
            new(
                "id-battery-code",
                RuleSource.Standard,
                "GB/T 34014-2017",
                Day(2018, 2, 1),
                "battery-shape",
                "battery-code-malformed"
            )
            {
                On = [Trigger.RegisterItem],
                Severity = Severity.Warn,
                Certainty = Certainty.Likely,
                Zh = "电池编码结构不符",
                En = "The battery code does not have the structure of the standard",
                Cases =
                [
                    new(Day(2026, 1, 1), Of("battery", "X12MCPM27KLPCLX2M2382320"), Result.Pass),
                    new(Day(2026, 1, 1), Of("battery", "X12MCPM27KLPCLX2M238232"), Result.Hit),
                    new(Day(2026, 1, 1), Of("battery", "X12QCPM27KLPCLX2M2382320"), Result.Hit),
                ],
            },
        ];
}
