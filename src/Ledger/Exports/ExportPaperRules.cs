using Ledger.Kernel;
using Ledger.Rules;
using static Ledger.Exports.ExportRules;
using static Ledger.Rules.RuleParts;

namespace Ledger.Exports;

/// <summary>What the papers of an export must say, and what its destination asks (商贸函〔2025〕648号, rules.md
/// §6).</summary>
static class ExportPaperRules
{
    public static IEnumerable<Rule> All =>
        [
            HsCode,
            AfterSale,
            AfterSaleDestination,
            FourFields,
            Inspection("export-inspection-passenger", "WM/T 8-2022", "passenger", Day(2022, 12, 1)),
            Inspection("export-inspection-commercial", "WM/T 9-2022", "commercial", Day(2022, 12, 1)),
            IntegrityList,
            Destination(
                "export-destination-kenya",
                "KE",
                96,
                null,
                "肯尼亚：车龄不超过8年",
                "Kenya takes up to 8 years"
            ),
            Destination(
                "export-destination-nigeria",
                "NG",
                144,
                null,
                "尼日利亚：车龄不超过12年",
                "Nigeria takes up to 12 years"
            ),
            Destination(
                "export-destination-mauritius",
                "MU",
                48,
                18,
                "毛里求斯：车龄18至48个月",
                "Mauritius takes 18 to 48 months"
            ),
            Destination(
                "export-destination-south-africa",
                "ZA",
                null,
                null,
                "南非不接受二手车",
                "South Africa takes no used cars"
            ),
            Destination("export-destination-chile", "CL", null, null, "智利不接受二手车", "Chile takes no used cars"),
            DestinationKept,
        ];

    static Rule AfterSale =>
        By(
            Letter,
            FromLetter,
            "export-after-sale-180",
            "confirmed-while-young",
            "needs-after-sale-confirmation",
            Trigger.ApplyForItem
        ) with
        {
            Params = With(("days", "180"), ("asks", "any")),
            Zh = "注册登记180日内的车辆须附《售后维修服务确认书》",
            En = "Within 180 days of its registration the maker must confirm after-sale service",
            Cases =
            [
                new(Day(2026, 7, 9), Young("2026-01-10", "none"), Result.Hit),
                new(Day(2026, 7, 10), Young("2026-01-10", "none"), Result.Pass),
                new(Day(2026, 7, 9), Young("2026-01-10", "KE"), Result.Pass),
                new(Day(2026, 7, 9), Inputs.None, Result.NotEvaluated),
            ],
        };

    static Rule AfterSaleDestination =>
        By(
            Letter,
            FromLetter,
            "export-after-sale-destination",
            "confirmed-while-young",
            "destination-differs",
            Trigger.ApplyForItem
        ) with
        {
            Params = With(("days", "180"), ("asks", "destination")),
            Zh = "《售后维修服务确认书》与出口目的地不一致",
            En = "The after-sale confirmation names another destination",
            Cases =
            [
                new(Day(2026, 7, 9), Young("2026-01-10", "KE"), Result.Pass),
                new(Day(2026, 7, 9), Young("2026-01-10", "NG"), Result.Hit),
                new(Day(2026, 7, 9), Young("2026-01-10", "none"), Result.Pass),
                new(Day(2026, 7, 10), Young("2026-01-10", "NG"), Result.Pass),
                new(Day(2026, 7, 9), Inputs.None, Result.NotEvaluated),
            ],
        };

    static Rule FourFields =>
        By(Letter, FromLetter, "export-four-fields", "nothing-listed", "four-fields-differ", Trigger.ApplyForItem) with
        {
            Params = With(("list", "differing")),
            Zh = "品牌、型号、登记日期、待出口日期须与登记证书一致",
            En = "Make, model, registration day and export note must equal the certificate's",
            Cases =
            [
                new(FromLetter, Of("differing", "none"), Result.Pass),
                new(FromLetter, Of("differing", "model"), Result.Hit),
                new(FromLetter, Inputs.None, Result.NotEvaluated),
            ],
        };

    static Rule Inspection(string id, string standard, string vehicle, DateOnly from) =>
        By(standard, from, id, "inspected-if", "inspection-missing", Trigger.ApplyForItem) with
        {
            Source = RuleSource.Standard,
            Severity = Severity.Warn,
            Certainty = Certainty.Likely,
            Params = With(("vehicle", vehicle)),
            Zh = $"未附出口前检测（{standard}）",
            En = $"No inspection before export ({standard})",
            Cases =
            [
                new(from, Of("vehicle", vehicle).And("inspected", "false"), Result.Hit),
                new(from, Of("vehicle", vehicle).And("inspected", "true"), Result.Pass),
                new(from, Of("vehicle", "other").And("inspected", "false"), Result.Pass),
                new(from, Inputs.None, Result.NotEvaluated),
            ],
        };

    static Rule IntegrityList =>
        By(Letter, FromLetter, "export-integrity-list", "flag-set", "on-integrity-list", Trigger.ApproveExporter) with
        {
            Goods = [],
            Severity = Severity.Warn,
            Certainty = Certainty.Unsure,
            Params = With(("fact", "onIntegrityList")),
            Zh = "企业在不诚信行为负面清单中",
            En = "The exporter is on the list of dishonest conduct",
            Cases =
            [
                new(FromLetter, Of("onIntegrityList", "true"), Result.Hit),
                new(FromLetter, Of("onIntegrityList", "false"), Result.Pass),
                new(FromLetter, Inputs.None, Result.NotEvaluated),
            ],
        };

    /// <summary>From secondary sources of the day named; shown as uncertain.</summary>
    static Rule Destination(string id, string country, int? mostMonths, int? leastMonths, string zh, string en)
    {
        var p = Inputs.None.And("country", country).And("sourceDate", "2025-10-01");
        p = p.And("mostMonths", mostMonths).And("leastMonths", leastMonths);
        var aged = Of("destination", country).And("firstRegistered", "1990-01-01");
        return By(
            "二手资料，未核实",
            FromNotice,
            id,
            "destination-takes",
            "destination-restricted",
            Trigger.AddBatchItem
        ) with
        {
            Severity = Severity.Warn,
            Certainty = Certainty.Unsure,
            Where = null,
            Params = p.Values,
            Zh = zh,
            En = en,
            Cases =
            [
                new(Day(2026, 1, 1), aged, Result.Hit),
                new(Day(2026, 1, 1), aged.And("destination", "AE"), Result.Pass),
                new(Day(2026, 1, 1), Inputs.None, Result.NotEvaluated),
                .. AtTheAge(mostMonths, +1),
                .. AtTheAge(leastMonths, -1),
            ],
        };

        // The day on which the age is reached is allowed at both ends; a day beyond is not.
        IEnumerable<RuleCase> AtTheAge(int? months, int beyond)
        {
            if (months is not { } age)
                yield break;
            var day = ShanghaiDay.MonthsOn(Day(2025, 1, 15), age);
            var young = aged.And("firstRegistered", "2025-01-15");
            yield return new(day, young, Result.Pass);
            yield return new(day.AddDays(beyond), young, Result.Hit);
        }
    }

    static Rule DestinationKept =>
        By(
            "trade-ledger",
            Day(2000, 1, 1),
            "export-destination-kept",
            "texts-equal",
            "country-differs",
            Trigger.RegisterDestination
        ) with
        {
            Source = RuleSource.Project,
            Goods = [],
            Where = null,
            Severity = Severity.Warn,
            Certainty = Certainty.Project,
            Params = With(("one", "country"), ("other", "destination")),
            Zh = "登记国与申报目的地不同",
            En = "Registered in another country than declared",
            Cases =
            [
                new(FromNotice, Of("country", "KE").And("destination", "KE"), Result.Pass),
                new(FromNotice, Of("country", "UG").And("destination", "KE"), Result.Hit),
                new(FromNotice, Inputs.None, Result.NotEvaluated),
            ],
        };

    static Rule HsCode =>
        By(
            "进出口税则（编码为配置）",
            FromNotice,
            "export-hs-config",
            "code-known",
            "hs-code-unknown",
            Trigger.DraftBatch
        ) with
        {
            Goods = [],
            Severity = Severity.Warn,
            Certainty = Certainty.Likely,
            Params = With(("prefixes", "8702 8703 8704 8711 8471 8517 8418 8450 8516")),
            Zh = "商品编码不在配置中",
            En = "The HS code is not among the configured ones",
            Cases =
            [
                new(FromNotice, Of("hsCode", "8703234110"), Result.Pass),
                new(FromNotice, Of("hsCode", "9403"), Result.Hit),
                new(FromNotice, Inputs.None, Result.NotEvaluated),
            ],
        };

    static Inputs Young(string registered, string confirmedFor) =>
        Of("firstRegistered", registered).And("confirmedFor", confirmedFor).And("destination", "KE");
}
