using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Support;

namespace Api.Tests.Pages;

public sealed partial class Reading_a_page(Browser browser)
{
    /// <summary>Every page: address, status, its heading in both languages.</summary>
    /// <summary>Of a query that is recorded: the demo's regulator, in the line of duty.</summary>
    internal static readonly string Why = $"actor={Roll.CodeOf("REG")}&role=REG&purpose=supervision&basis=art.33";

    public static TheoryData<string, int, string, string> Pages =>
        new()
        {
            { "/", 200, "每一步都是不可更改的事实", "Every step is an immutable fact" },
            { "/items/{car}", 200, "大众 M1", "大众 M1" },
            { "/items/{car}/history", 200, "大众 M1", "大众 M1" },
            { "/items/{odd}", 200, "M1", "M1" },
            { "/items/vin:LSVAM4187C2184847", 404, "没有找到", "Not found" },
            { "/items/{car}?asOf=never", 400, "没有找到", "Not found" },
            { "/market/listings", 200, "在售", "For sale" },
            { "/market/listings?market=MK-510104-9999", 200, "在售", "For sale" },
            { "/market/listings?limit=x", 400, "在售", "For sale" },
            { "/market/turnover", 200, "成交", "Turnover" },
            { "/market/turnover?category=furniture", 200, "成交", "Turnover" },
            { "/market/prices?by=grade", 200, "成交价格", "Prices paid" },
            { "/market/media?needs=all", 200, "数据清除工作台", "Wipe bench" },
            { "/regulator/alerts?kind=odometer", 200, "预警", "Alerts" },
            { "/regulator/indicators?period=2026", 200, "指标进度", "Indicators" },
            { "/regulator/indicators?period=soon", 400, "指标进度", "Indicators" },
            { "/market/stock?age=amber", 200, "库存", "Stock" },
            { "/market/stock?age=old", 400, "库存", "Stock" },
            { "/regulator/stations", 200, "登记站", "Stations" },
            { "/regulator/register", 200, "名录", "Register" },
            { "/regulator/register?type=castle", 400, "名录", "Register" },
            { "/regulator/stations?from=soon", 400, "登记站", "Stations" },
            { "/regulator/accesses", 200, "查询记录", "Accesses" },
            { "/regulator/accesses?month=soon", 400, "查询记录", "Accesses" },
            { "/regulator/rules?on=2027-01-01", 200, "规则", "Rules" },
            { "/regulator/rules?on=soon", 400, "规则", "Rules" },
            { "/regulator/cases", 200, "线索与案件", "Suspicions and cases" },
            { "/regulator/cases?state=lost", 400, "线索与案件", "Suspicions and cases" },
            { "/parties/credit-signals", 200, "交易对手信用事项", "Counterparty card" },
            { "/exporter/batches", 200, "出口批次", "Export batches" },
            { "/exporter/batches?cursor=no", 400, "出口批次", "Export batches" },
            { "/regulator/alerts?kind=strange", 400, "预警", "Alerts" },
            { "/regulator/histories", 200, "监管查询", "Regulator search" },
            { "/regulator/histories?party=nobody", 400, "监管查询", "Regulator search" },
            { $"/regulator/histories?{Why}&party=nobody", 200, "监管查询", "Regulator search" },
            { "/problems/encumbered", 200, "设有抵押", "Encumbered" },
            { "/nothing/here", 404, "没有找到", "Not found" },
        };

    /// <summary>Asked together: a browser takes longer to open a page than to be asked all of it.</summary>
    [Theory]
    [MemberData(nameof(Pages))]
    public async Task It_speaks_Chinese_first_is_accessible_and_fits_a_narrow_screen(
        string path,
        int status,
        string heading,
        string english
    )
    {
        var open = await browser.OpenedAsync();
        await using var tab = await Tab.OpenAsync(open);
        Assert.Equal(status, await tab.GoAsync(Address(open, path)));
        Assert.Contains(heading, await tab.Page.InnerTextAsync("h1"), StringComparison.Ordinal);
        Assert.Equal("zh-CN", await tab.Page.GetAttributeAsync("html", "lang"));
        Assert.Contains("跳到正文", await tab.Page.ContentAsync(), StringComparison.Ordinal);
        if (english != heading)
            Assert.DoesNotContain(english, await tab.Page.InnerTextAsync("main"), StringComparison.Ordinal);
        Assert.Equal(0, await tab.Page.Locator("script").CountAsync());
        Assert.Empty(tab.Faults);

        // What is refused is shown in the same frame: the narrow one is asked.
        foreach (var width in status == 200 ? (int[])[1280, 390] : [390])
        {
            await tab.Page.SetViewportSizeAsync(width, 900);
            Assert.Equal((width, ""), (width, string.Join('\n', await tab.BarriersAsync())));
        }
        var wide = await tab.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth");
        Assert.True(wide <= 390, $"{heading} ({english}) is {wide} pixels wide");
    }

    /// <summary>The same page in another language: its words are asked, the browser has seen it already.</summary>
    [Theory]
    [MemberData(nameof(Pages))]
    public async Task It_speaks_English_when_asked(string path, int status, string chinese, string heading)
    {
        var open = await browser.OpenedAsync();
        var address = Address(open, path);
        var asked = address + (address.Contains('?', StringComparison.Ordinal) ? "&" : "?") + "lang=en";
        var page = (await open.Caller.GetAsync(asked, ("Accept", "text/html"))).Is(status).Text;
        Assert.Contains("<html lang=\"en\"", page, StringComparison.Ordinal);
        var h1 = WebUtility.HtmlDecode(Tags().Replace(Heading().Match(page).Groups[1].Value, ""));
        Assert.Contains(heading.Split(' ')[0], h1, StringComparison.Ordinal);
        if (chinese != heading)
            Assert.DoesNotContain(chinese, h1, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
    }

    [GeneratedRegex("<h1[^>]*>(.*?)</h1>", RegexOptions.Singleline)]
    private static partial Regex Heading();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tags();

    [Fact]
    public async Task A_list_is_searched_without_a_script()
    {
        var open = await browser.OpenedAsync();
        await using var tab = await Tab.OpenAsync(open, script: false);
        await tab.GoAsync("/market/turnover");
        await tab.Page.SelectOptionAsync("select[name=category]", "appliance");
        await tab.Page.ClickAsync("main form button");
        Assert.Contains("category=appliance", tab.Page.Url, StringComparison.Ordinal);
        Assert.Equal("成交", await tab.Page.InnerTextAsync("h1"));
    }

    [Fact]
    public async Task The_probe_sees_a_barrier()
    {
        await using var tab = await Tab.OpenAsync(await browser.OpenedAsync());
        await tab.GoAsync("/");
        await tab.Page.EvaluateAsync("() => document.body.append(document.createElement('button'))");
        Assert.Contains(await tab.BarriersAsync(), b => b.StartsWith("button-name", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_language_is_kept_and_changed_by_its_link()
    {
        var open = await browser.OpenedAsync();
        await using var tab = await Tab.OpenAsync(open);
        await tab.GoAsync("/?lang=en");
        await tab.GoAsync("/market/turnover?category=appliance");
        Assert.Equal("Turnover", await tab.Page.InnerTextAsync("h1"));
        await tab.Page.ClickAsync("a.lang");
        await Assertions.Expect(tab.Page.Locator("h1")).ToHaveTextAsync("成交");
        Assert.Contains("category=appliance", tab.Page.Url, StringComparison.Ordinal);
        await tab.GoAsync("/");
        Assert.Equal("zh-CN", await tab.Page.GetAttributeAsync("html", "lang"));
    }

    [Fact]
    public async Task Every_link_leads_somewhere()
    {
        var open = await browser.OpenedAsync();
        await using var tab = await Tab.OpenAsync(open);
        foreach (
            var path in (string[])
                [
                    "/",
                    "/market/listings",
                    "/market/turnover",
                    "/market/prices",
                    "/market/media",
                    "/regulator/histories",
                    "/regulator/alerts",
                    "/regulator/accesses",
                    "/regulator/stations",
                    "/regulator/register",
                    "/market/stock",
                    "/regulator/indicators",
                    "/regulator/rules",
                    "/regulator/cases",
                    "/parties/credit-signals",
                    "/exporter/batches",
                ]
        )
        {
            await tab.GoAsync(path);
            var links = await tab.Page.EvaluateAsync<string[]>(
                "() => [...document.querySelectorAll('a[href], link[href]')].map(a => a.getAttribute('href'))"
            );
            foreach (var link in links.Where(l => l.StartsWith('/')).Distinct())
                Assert.True((await open.Caller.GetAsync(link)).Status is 200 or 301 or 302, $"{path} → {link}");
        }
    }

    [Fact]
    public async Task The_documentation_loads_without_a_fault()
    {
        var open = await browser.OpenedAsync();
        await using var tab = await Tab.OpenAsync(open);
        Assert.Equal(200, await tab.GoAsync("/docs"));
        await tab.Page.GetByText("Register an item").First.WaitForAsync();
        Assert.Empty(tab.Faults);
    }

    static string Address(Browser.Open open, string path) =>
        path.Replace("{car}", open.Car, StringComparison.Ordinal)
            .Replace("{odd}", open.Odd.Split('/')[^1], StringComparison.Ordinal);
}
