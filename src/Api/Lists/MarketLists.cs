using Api.Pages.Market;
using Ledger;
using Ledger.Rules;
using Ledger.Store.Postgres;
using Projections.Market;

namespace Api.Lists;

/// <summary>What a market asks.</summary>
static class MarketLists
{
    static readonly Words Make = ("品牌", "Make"),
        Model = ("型号", "Model"),
        FromMonth = ("自月份", "From month"),
        ToMonth = ("至月份", "To month");

    /// <summary>What a medium may need next.</summary>
    public static IReadOnlyList<QueryOption> Needs { get; } =
    [
        ("open", "未完成", "Anything"),
        ("intake", "收件", "Intake"),
        ("consent", "授权", "Consent"),
        ("wipe", "清除", "Wipe"),
        ("verify", "验证", "Verify"),
        ("nothing", "已完成", "Nothing"),
        ("all", "全部", "All"),
    ];

    public static LedgerList Listings { get; } =
        new LedgerList<ListingFilter, ListingEntry>("market/listings", "Market", "What is for sale")
        {
            Views = [new ListingsView()],
            IsPaged = true,
            Page = typeof(ListingsPage),
            Nav = ("在售", "For sale"),
            Filter = q =>
                new(
                    q.Market(),
                    q.Division(),
                    q.Category(),
                    q.Word(
                        "state",
                        ("状态", "State"),
                        ("open", "在售", "For sale"),
                        ("ended", "已结束", "Ended"),
                        ("all", "全部", "All")
                    ),
                    q.Instant("asOf", ("截至", "As of")),
                    q.Text("make", Make, 100)
                ),
            Rows = r => new ListingQuery(r.Node.Database).ReadAsync(r.Filter, r.Limit, r.Cursor, r.Stop),
        };

    public static LedgerList Stock { get; } =
        new LedgerList<StockFilter, StockEntry>(
            "market/stock",
            "Market",
            "What stands here, how long, and what stops each from being sold"
        )
        {
            Views = [new StockView()],
            IsPaged = true,
            Page = typeof(StockPage),
            Nav = ("库存", "Stock"),
            Filter = q =>
                new(
                    q.Market(),
                    q.Division(),
                    q.Category(),
                    q.WordOrAll(
                        "age",
                        ("库龄", "Age"),
                        ("amber", $"{StockQuery.Amber} 日以上", $"{StockQuery.Amber} days and more"),
                        ("red", $"{StockQuery.Red} 日以上", $"{StockQuery.Red} days and more")
                    ),
                    q.WordOrAll("blocked", ("障碍", "Blocked"), ("only", "仅有障碍", "Only blocked")) is not null
                ),
            Rows = r => new StockQuery(r.Node.Database).ReadAsync(r.Filter, r.Today, r.Limit, r.Cursor, r.Stop),
        };

    public static LedgerList Turnover { get; } =
        new LedgerList<TurnoverFilter, TurnoverEntry>(
            "market/turnover",
            "Market",
            "What was sold, by month, market and category"
        )
        {
            Views = [new SalesView()],
            Page = typeof(TurnoverPage),
            Nav = ("成交", "Turnover"),
            Filter = q =>
                new(q.Market(), q.Division(), q.Category(), q.Month("from", FromMonth), q.Month("to", ToMonth)),
            Rows = async r => new(await new TurnoverQuery(r.Node.Database).ReadAsync(r.Filter, r.Stop), null),
        };

    /// <summary>What prices are grouped by beside category, make and model.</summary>
    static readonly QueryOption[] Bands =
    [
        ("age", "车龄", "Age"),
        ("mileage", "里程", "Mileage"),
        ("grade", "等级", "Grade"),
    ];

    public static LedgerList Sales { get; } =
        new LedgerList<SaleFilter, SaleEntry>(
            "market/sales",
            "Market",
            "Completed sales one by one: the records behind every figure that counts them"
        )
        {
            Views = [new SalesView()],
            IsPaged = true,
            Page = typeof(SalesPage),
            Nav = ("成交记录", "Sales"),
            Filter = q =>
                new(
                    q.Market(),
                    q.Division(counties: true),
                    q.Category(),
                    q.Text("make", Make, 100),
                    q.Text("model", Model, 100),
                    q.Text("currency", ("币种", "Currency"), 3, "CNY"),
                    q.WordOrAll("by", ("分组", "Group by"), Bands),
                    q.Text("band", ("组", "Group"), 20, SaleQuery.Untold),
                    q.WordOrAll(
                        "place",
                        ("成交地", "Place of sale"),
                        ("known", "已知", "known"),
                        ("unknown", "不明", "unknown")
                    )
                        is { } place
                        ? place == "known"
                        : null,
                    q.WordOrAll(
                        "between",
                        ("交易双方", "Between"),
                        ("dealers", "经销商之间", "dealers"),
                        ("others", "其他", "others")
                    )
                        is { } between
                        ? between == "dealers"
                        : null,
                    q.WordOrAll("priced", ("价格", "Price"), ("only", "仅有价格的", "Only with a price")) is null
                        ? null
                        : true,
                    q.Month("from", FromMonth),
                    q.Month("to", ToMonth)
                ),
            Rows = r => new SaleQuery(r.Node.Database).ReadAsync(r.Filter, r.Limit, r.Cursor, r.Stop),
        };

    public static LedgerList Prices { get; } =
        new LedgerList<PriceFilter, PriceEntry>("market/prices", "Market", "Median and spread of prices that were paid")
        {
            Views = [new SalesView()],
            Page = typeof(PricesPage),
            Nav = ("价格", "Prices"),
            Filter = q =>
            {
                var by = q.Word("by", ("分组", "Group by"), [("model", "型号", "Model"), .. Bands]);
                return new(
                    q.Market(),
                    q.Division(),
                    q.Category(),
                    q.Text("make", Make, 100),
                    q.Text("model", Model, 100),
                    by is "model" ? null : by,
                    q.Month("from", FromMonth),
                    q.Month("to", ToMonth)
                );
            },
            Rows = async r => new(await new PriceQuery(r.Node.Database).ReadAsync(r.Filter, r.Stop), null),
        };

    public static LedgerList Refusals { get; } =
        new LedgerList<RefusalFilter, RefusalEntry>(
            "market/refusals",
            "Market",
            "What was refused and warned of, how often and under which article; no body, no identifier"
        )
        {
            Page = typeof(RefusalsPage),
            Nav = ("退回与警告", "Refused"),
            Filter = q => new(q.Market(), q.Day("from", ("自", "From")), q.Day("to", ("至", "To"))),
            Rows = async r =>
            {
                await r.Node.WriteRefusalsAsync(r.Stop);
                var (market, from, to) = r.Filter;
                var sums = await r.Node.Refusals.ReadAsync(market, from, to, r.Limit, r.Stop);
                return new([.. sums.Select(Entry)], null);
            },
        };

    static RefusalEntry Entry(RefusalSum sum)
    {
        var rule = sum.Rule is { } id ? RuleSet.Current.Rules.LastOrDefault(r => r.Id == id) : null;
        var line = sum.Code is { } code ? RefusalCatalog.Find(code) : null;
        return new(
            sum.Market,
            sum.Code is null ? "warned" : "refused",
            sum.Code,
            sum.Rule,
            rule?.Citation,
            line?.Zh.Title ?? rule?.Zh ?? "",
            line?.En.Title ?? rule?.En ?? "",
            sum.Count,
            sum.First,
            sum.Last
        );
    }

    public static LedgerList Media { get; } =
        new LedgerList<MediaFilter, MediumEntry>("market/media", "Market", "Which medium of which item needs what")
        {
            Views = [new MediaView()],
            IsPaged = true,
            Page = typeof(MediaPage),
            Nav = ("数据清除", "Wipe bench"),
            Filter = q =>
            {
                var needs = q.Word("needs", ("待办", "Needs"), Needs);
                return new(q.Market(), q.Division(), q.Category(), needs, q.Text("tool", ("工具", "Tool"), 200));
            },
            Rows = r => new MediaQuery(r.Node.Database).ReadAsync(r.Filter, r.Limit, r.Cursor, r.Stop),
        };
}

/// <summary>What is asked of refusals and warnings.</summary>
public sealed record RefusalFilter(string? Market, DateOnly? From, DateOnly? To);
