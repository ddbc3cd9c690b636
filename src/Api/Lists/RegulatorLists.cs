using Api.Pages.Regulator;
using Ledger.Supervision;
using Projections;
using Projections.Regulator;

namespace Api.Lists;

/// <summary>What a regulator asks.</summary>
static class RegulatorLists
{
    static readonly IReadOnlyList<QueryOption> PatternOptions =
    [
        .. Patterns.All.Select(p => (QueryOption)(p.Code, p.Zh, p.En)),
    ];

    /// <summary>What stands on the register.</summary>
    public static IReadOnlyList<QueryOption> RegisterTypes { get; } =
    [
        ("market", "市场", "Market"),
        ("station", "登记站", "Station"),
        ("exporter", "出口企业", "Exporter"),
        ("issuer", "签发机构", "Issuer"),
        ("recycler-filing", "回收备案", "Recycler's filing"),
        ("scrap-qualification", "报废回收资质", "Scrap qualification"),
        ("hazardous-waste", "危险废物许可", "Hazardous waste"),
        ("accreditation", "检验资质", "Accreditation"),
        ("appraiser", "鉴定评估师", "Appraiser"),
        ("market-filing", "市场备案", "Market's filing"),
    ];

    /// <summary>Where something on the register stands.</summary>
    public static IReadOnlyList<QueryOption> RegisterStates { get; } =
    [
        ("open", "开业", "open"),
        ("valid", "有效", "valid"),
        ("not-yet", "未生效", "not yet"),
        ("filed", "已备案", "filed"),
        ("approved", "已核准", "approved"),
        ("suspended", "暂停", "suspended"),
        ("expired", "已过期", "expired"),
        ("ended", "已终止", "ended"),
        ("closed", "关闭", "closed"),
        ("revoked", "撤销", "revoked"),
        ("removed", "移出", "removed"),
    ];

    public static LedgerList Histories { get; } =
        new LedgerList<HistoryAsked, HistoryEntry>(
            "regulator/histories",
            "Regulator",
            "Items whose history has a matching event"
        )
        {
            Views = [new EventsView()],
            IsPaged = true,
            Page = typeof(HistoriesPage),
            Nav = ("监管查询", "Regulator"),
            Recorded = i => i.ItemId,
            Filter = q =>
                new(
                    q.Identifier(),
                    new(
                        null,
                        q.Text("party", ("当事方", "Party"), 160, "MK-510100-0001/K-118"),
                        q.Market(),
                        q.Division(counties: true),
                        q.Instant("from", ("自", "From"), startOfDay: true),
                        q.Instant("to", ("至", "To")),
                        q.Event(),
                        q.Category()
                    )
                ),
            Rows = async r =>
            {
                var (identifier, filter) = r.Filter;
                // An identifier nobody knows finds nothing; it is no error to ask.
                if (identifier is not null)
                    filter = filter with { Item = await r.Node.Pipeline.FindAsync(identifier, r.Stop) ?? Guid.Empty };
                return await new HistoryQuery(r.Node.Database).ReadAsync(filter, r.Limit, r.Cursor, r.Stop);
            },
        };

    public static LedgerList Alerts { get; } =
        new LedgerList<AlertFilter, AlertEntry>(
            "regulator/alerts",
            "Regulator",
            "What looks wrong, with the event that shows it"
        )
        {
            Views = [new AlertsView()],
            IsPaged = true,
            Page = typeof(AlertsPage),
            Nav = ("预警", "Alerts"),
            Filter = q =>
                new(
                    q.WordOrAll("kind", ("类型", "Kind"), PatternOptions),
                    q.Market(),
                    q.Division(),
                    q.Category(),
                    q.Instant("from", ("自", "From"), startOfDay: true),
                    q.Instant("to", ("至", "To"))
                ),
            Rows = r => new AlertQuery(r.Node.Database).ReadAsync(r.Filter, r.Limit, r.Cursor, r.Stop),
        };

    public static LedgerList Cases { get; } =
        new LedgerList<CaseFilter, CaseEntry>("regulator/cases", "Regulator", "Suspicions and cases, newest first")
        {
            Views = [new CasesView()],
            IsPaged = true,
            Page = typeof(CasesPage),
            Nav = ("线索", "Cases"),
            Filter = q =>
                new(
                    q.WordOrAll(
                        "state",
                        ("状态", "State"),
                        ("suspected", "线索", "suspected"),
                        ("open", "已立案", "open"),
                        ("closed", "已结", "closed")
                    ),
                    q.WordOrAll("pattern", ("类型", "Pattern"), PatternOptions)
                ),
            Rows = r => Api.Cases.ReadAsync(r.Node, r.Filter, r.Limit, r.Cursor, r.Stop),
        };

    public static LedgerList Stations { get; } =
        new LedgerList<StationFilter, StationEntry>(
            "regulator/stations",
            "Regulator",
            "What the registration stations do, how fast, and what they refuse"
        )
        {
            Views = [new TransfersView()],
            Page = typeof(StationsPage),
            Nav = ("登记站", "Stations"),
            Filter = q =>
                new(
                    q.Text("station", ("登记站", "Station"), 60, "ST-510100-01"),
                    q.Division(),
                    q.Month("from", ("自月份", "From month")),
                    q.Month("to", ("至月份", "To month"))
                ),
            Rows = async r => new(await new StationQuery(r.Node.Database).ReadAsync(r.Filter, r.Stop), null),
        };

    /// <summary>What a station did with papers.</summary>
    public static IReadOnlyList<QueryOption> Outcomes { get; } =
    [("registered", "已登记", "registered"), ("refused", "退办", "refused"), ("open", "未办", "open")];

    public static LedgerList Transfers { get; } =
        new LedgerList<StationFilter, TransferEntry>(
            "regulator/transfers",
            "Regulator",
            "Papers handed to registration stations one by one: the records behind their figures"
        )
        {
            Views = [new TransfersView()],
            IsPaged = true,
            Page = typeof(TransfersPage),
            Nav = ("过户记录", "Transfers"),
            Filter = q =>
                new(
                    q.Text("station", ("登记站", "Station"), 60, "ST-510100-01"),
                    q.Division(),
                    q.Month("from", ("自月份", "From month")),
                    q.Month("to", ("至月份", "To month")),
                    q.WordOrAll("outcome", ("结果", "Outcome"), Outcomes),
                    q.WordOrAll("sameDay", ("当日办结", "Same day"), ("only", "仅当日办结", "Only the same day"))
                        is not null,
                    q.WordOrAll("crossCity", ("跨市", "Across cities"), ("only", "仅跨市", "Only across cities"))
                        is not null
                ),
            Rows = r => new StationQuery(r.Node.Database).TransfersAsync(r.Filter, r.Limit, r.Cursor, r.Stop),
        };

    public static LedgerList Register { get; } =
        new LedgerList<RegisterFilter, RegisterEntry>(
            "regulator/register",
            "Regulator",
            "Markets, stations, exporters, issuers and licences, and until when they hold"
        )
        {
            Views = [new RegisterView()],
            IsPaged = true,
            SortKeys = 2,
            Page = typeof(RegisterPage),
            Nav = ("名录", "Register"),
            Filter = q =>
                new(
                    q.WordOrAll("type", ("类别", "Type"), RegisterTypes),
                    q.Division(),
                    q.WordOrAll("state", ("状态", "State"), RegisterStates),
                    q.Day("until", ("到期不晚于", "Ends by"))
                ),
            Rows = r => new RegisterQuery(r.Node.Database, r.Today).ReadAsync(r.Filter, r.Limit, r.Cursor, r.Stop),
            Beside = async r =>
                new() { ["Counts"] = await new RegisterQuery(r.Node.Database, r.Today).CountAsync(r.Filter, r.Stop) },
        };

    public static LedgerList Rules { get; } =
        new LedgerList<DateOnly, RuleEntry>("rules", "Regulator", "The rules that bind on a day")
        {
            Page = typeof(RulesPage),
            PagePath = "/regulator/rules",
            Nav = ("规则", "Rules"),
            Filter = q => q.Day("on", ("适用日", "Law of the day"), q.Today) ?? q.Today,
            Rows = r => Task.FromResult(new Page<RuleEntry>(AppliedLaw.On(r.Filter), null)),
            Beside = async r =>
                new()
                {
                    ["Newest"] = await AppliedLaw.ReadAsync(r.Node, r.Stop) is [var newest, ..] ? newest : null,
                    ["LastRun"] = await new Reconciler(r.Node).NewestAsync(r.Stop),
                },
        };

    public static LedgerList Accesses { get; } =
        new LedgerList<AccessFilter, AccessEntry>(
            "regulator/accesses",
            "Regulator",
            "Who queried what in a month, and why"
        )
        {
            IsPaged = true,
            Page = typeof(AccessesPage),
            Nav = ("查询记录", "Accesses"),
            Filter = Api.Accesses.Asked,
            Rows = r => Api.Accesses.ReadAsync(r.Node, r.Filter, r.Limit, r.Cursor, r.Stop),
        };

    public static LedgerList RuleSets { get; } =
        new LedgerList<object?, ActivationEntry>("rulesets", "Regulator", "Rule sets that were activated, newest first")
        {
            Filter = _ => null,
            Rows = async r => new(await AppliedLaw.ReadAsync(r.Node, r.Stop), null),
        };

    public static LedgerList Reconciliations { get; } =
        new LedgerList<object?, ReconciliationEntry>(
            "regulator/reconciliations",
            "Regulator",
            "How the views were held against the events, newest first"
        )
        {
            Filter = _ => null,
            Rows = async r => new(await AppliedLaw.ReconciliationsAsync(r.Node, r.Stop), null),
        };
}

/// <summary>What is asked of the histories.</summary>
/// <param name="Identifier">Of one item; null: of any.</param>
public sealed record HistoryAsked(Ledger.Kernel.Identifiers.Identifier? Identifier, HistoryFilter Filter);
