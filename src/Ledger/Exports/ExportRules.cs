using System.Collections.Immutable;
using Ledger.Rules;
using static Ledger.Rules.RuleParts;

namespace Ledger.Exports;

/// <summary>Used-car export (rules.md §6): 公告2024年第6号 from 2024-03-01, 商贸函〔2025〕648号 from 2026-01-01.</summary>
static class ExportRules
{
    internal const string Notice = "商务部等5部门公告2024年第6号",
        Letter = "商贸函〔2025〕648号";

    internal static readonly DateOnly FromNotice = Day(2024, 3, 1),
        FromLetter = Day(2026, 1, 1);

    public static IEnumerable<Rule> All =>
        [
            Qualified,
            Twenty,
            OneHsCode,
            OneClearance,
            LicenceInTime,
            Annotated,
            TempPlate,
            Insured,
            Margin,
            .. ExportBarRules.All,
            .. ExportPaperRules.All,
        ];

    static Rule Qualified =>
        By(
            Notice,
            FromNotice,
            "export-exporter-qualified",
            "flag-unset",
            "exporter-not-approved",
            Trigger.DraftBatch,
            Trigger.AddBatchItem,
            Trigger.ApplyLicence,
            Trigger.DeclareCustoms
        ) with
        {
            Goods = [],
            Params = With(("fact", "exporterApproved")),
            Zh = "出口企业未获核准或已暂停",
            En = "The exporter is not approved, or suspended",
            Cases =
            [
                new(FromNotice, Of("exporterApproved", "true"), Result.Pass),
                new(FromNotice, Of("exporterApproved", "false"), Result.Hit),
                new(FromNotice, Inputs.None, Result.NotEvaluated),
            ],
        };

    static Rule Twenty =>
        By(Notice, FromNotice, "export-batch-20", "number-at-most", "batch-full", Trigger.AddBatchItem) with
        {
            Goods = [],
            Params = With(("number", "count"), ("most", "20")),
            Zh = "一次申领不超过20辆",
            En = "At most twenty to one application",
            Cases =
            [
                new(FromNotice, Of("count", "20"), Result.Pass),
                new(FromNotice, Of("count", "21"), Result.Hit),
                new(FromNotice, Inputs.None, Result.NotEvaluated),
            ],
        };

    static Rule OneHsCode =>
        By(Notice, FromNotice, "export-one-hs", "texts-equal", "hs-code-differs", Trigger.AddBatchItem) with
        {
            Goods = [],
            Params = With(("one", "hsCode"), ("other", "batchHsCode")),
            Zh = "一次申领只能使用一个商品编码",
            En = "One HS code to one application",
            Cases =
            [
                new(FromNotice, Of("hsCode", "8703234110").And("batchHsCode", "8703234110"), Result.Pass),
                new(FromNotice, Of("hsCode", "8703234110").And("batchHsCode", "8703224010"), Result.Hit),
                new(FromNotice, Inputs.None, Result.NotEvaluated),
            ],
        };

    static Rule OneClearance =>
        By(Notice, FromNotice, "export-one-clearance", "texts-equal", "count-differs", Trigger.DeclareCustoms) with
        {
            Goods = [],
            Params = With(("one", "declaredCount"), ("other", "licensedCount")),
            Zh = "一批一证，报关数量须与许可证一致",
            En = "One clearance to a licence: the counts must be equal",
            Cases =
            [
                new(FromNotice, Of("declaredCount", "20").And("licensedCount", "20"), Result.Pass),
                new(FromNotice, Of("declaredCount", "19").And("licensedCount", "20"), Result.Hit),
                new(FromNotice, Inputs.None, Result.NotEvaluated),
            ],
        };

    static Rule LicenceInTime =>
        By(
            Notice,
            FromNotice,
            "export-licence-in-time",
            "past-last-day.v2",
            "licence-expired",
            Trigger.DeclareCustoms
        ) with
        {
            Goods = [],
            Params = With(("day", "licenceUntil")),
            Zh = "出口许可证已过有效期",
            En = "The export licence has run out",
            Cases =
            [
                new(Day(2026, 6, 30), Of("licenceUntil", "2026-06-30"), Result.Pass),
                new(Day(2026, 7, 1), Of("licenceUntil", "2026-06-30"), Result.Hit),
                new(Day(2026, 7, 1), Inputs.None, Result.NotEvaluated),
            ],
        };

    static Rule Annotated =>
        By(
            Notice,
            FromNotice,
            "export-annotation",
            "flag-unset",
            "not-annotated-for-export",
            Trigger.ApplyForItem,
            Trigger.DeclareItem
        ) with
        {
            Goods = [],
            Params = With(("fact", "annotated")),
            Zh = "尚未办理转让待出口登记",
            En = "The police have not noted it for export",
            Cases =
            [
                new(FromNotice, Of("annotated", "true"), Result.Pass),
                new(FromNotice, Of("annotated", "false"), Result.Hit),
                new(FromNotice, Inputs.None, Result.NotEvaluated),
            ],
        };

    static Rule TempPlate =>
        By(Notice, FromNotice, "export-temp-plate", "span-at-most", "temp-plate-too-long", Trigger.AnnotateExport) with
        {
            Params = With(("from", "annotatedOn"), ("until", "tempPlateUntil"), ("days", "60")),
            Zh = "临时行驶车号牌有效期超过60日",
            En = "The temporary plate runs for more than 60 days",
            Cases =
            [
                new(Day(2026, 3, 1), Plate("2026-03-01", "2026-04-30"), Result.Pass),
                new(Day(2026, 3, 1), Plate("2026-03-01", "2026-05-01"), Result.Hit),
                new(Day(2026, 3, 1), Inputs.None, Result.NotEvaluated),
            ],
        };

    static Rule Insured =>
        By(
            Notice,
            FromNotice,
            "export-temp-plate-insured",
            "day-covers",
            "insurance-shorter",
            Trigger.AnnotateExport
        ) with
        {
            Params = With(("day", "insuranceUntil"), ("covered", "tempPlateUntil")),
            Zh = "保险期限短于临时号牌有效期",
            En = "The insurance ends before the temporary plate",
            Cases =
            [
                new(
                    Day(2026, 3, 1),
                    Of("insuranceUntil", "2026-04-30").And("tempPlateUntil", "2026-04-30"),
                    Result.Pass
                ),
                new(
                    Day(2026, 3, 1),
                    Of("insuranceUntil", "2026-04-29").And("tempPlateUntil", "2026-04-30"),
                    Result.Hit
                ),
                new(Day(2026, 3, 1), Inputs.None, Result.NotEvaluated),
            ],
        };

    static Rule Margin =>
        By(
            Notice,
            FromNotice,
            "export-scrap-margin",
            "year-before-limit",
            "within-one-year-of-scrap",
            Trigger.AnnotateExport,
            Trigger.ApplyForItem,
            Trigger.DeclareItem
        ) with
        {
            Zh = "距报废期限不足一年或已达报废标准",
            En = "Within a year of its scrap limit, or past it",
            Cases =
            [
                new(Day(2026, 6, 29), Of("scrapLimit", "2027-06-30"), Result.Pass),
                new(Day(2026, 6, 30), Of("scrapLimit", "2027-06-30"), Result.Hit),
                new(Day(2027, 7, 1), Of("scrapLimit", "2027-06-30"), Result.Hit),
                new(Day(2026, 6, 30), Of("scrapLimit", "none"), Result.Pass),
                new(Day(2026, 6, 30), Inputs.None, Result.NotEvaluated),
            ],
        };

    internal static Rule By(
        string citation,
        DateOnly from,
        string id,
        string evaluator,
        string code,
        params ImmutableArray<Trigger> on
    ) =>
        new(id, RuleSource.Law, citation, from, evaluator, code)
        {
            On = on,
            Goods = ["used-car"],
            Severity = Severity.Block,
            Certainty = Certainty.Sure,
            Zh = "",
            En = "",
            Cases = [],
        };

    static Inputs Plate(string annotated, string until) => Of("annotatedOn", annotated).And("tempPlateUntil", until);
}
