namespace Api.Tests.Pages;

/// <summary>For a person to look at: run explicitly (<c>-explicit only</c>), into the machine's temporary
/// folder.</summary>
public sealed class Taking_pictures(Browser browser)
{
    static readonly (string Name, string Path, int Width)[] Pages =
    [
        ("home", "/", 1280),
        ("home-en", "/?lang=en", 1280),
        ("item", "/items/{car}", 1280),
        ("item-narrow", "/items/{car}", 390),
        ("item-odd", "/items/{odd}", 1280),
        ("item-missing", "/items/vin:LSVAM4187C2184847", 1280),
        ("listings", "/market/listings", 1280),
        ("listings-narrow", "/market/listings", 390),
        ("turnover", "/market/turnover", 1280),
        ("prices", "/market/prices?by=grade", 1280),
        ("sales", "/market/sales", 1280),
        ("sales-narrow", "/market/sales", 390),
        ("indicators-month", "/regulator/indicators?period=2026-01", 1280),
        ("refusals", "/market/refusals", 1280),
        ("stations", "/regulator/stations", 1280),
        ("transfers", "/regulator/transfers", 1280),
        ("differences", "/regulator/differences?lang=en", 1280),
        ("media", "/market/media?needs=all", 1280),
        ("alerts", "/regulator/alerts", 1280),
        (
            "regulator",
            "/regulator/histories?actor=11510000MB8000001B&role=REG&purpose=supervision&basis=二手车流通管理办法第三十三条",
            1280
        ),
        ("card", "/parties/credit-signals", 1280),
        ("batches", "/exporter/batches", 1280),
        ("batches-narrow", "/exporter/batches", 390),
        ("problem", "/problems/encumbered", 1280),
        ("not-found", "/nothing/here", 1280),
        ("docs", "/docs", 1280),
    ];

    [Fact(Explicit = true)]
    public async Task Of_each_page()
    {
        var open = await browser.OpenedAsync();
        foreach (var (name, path, width) in Pages)
        {
            await using var tab = await Tab.OpenAsync(open, width: width);
            await tab.GoAsync(
                path.Replace("{car}", open.Car, StringComparison.Ordinal)
                    .Replace("{odd}", open.Odd.Split('/')[^1], StringComparison.Ordinal)
            );
            var file = Path.Combine(Path.GetTempPath(), "shots", $"{name}.png");
            await tab.Page.ScreenshotAsync(new() { Path = file, FullPage = width == 390 });
            Assert.True(new FileInfo(file).Length > 1_000);
        }
    }
}
