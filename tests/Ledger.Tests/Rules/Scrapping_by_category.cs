using Ledger.Goods;

namespace Ledger.Tests.Rules;

/// <summary>The years of 机动车强制报废标准规定 and what a change of use makes of them (rules.md §4.1, §4.2).</summary>
public sealed class Scrapping_by_category
{
    [Theory]
    [InlineData("taxi-small", 8)]
    [InlineData("taxi-mid", 10)]
    [InlineData("taxi-large", 12)]
    [InlineData("rental", 15)]
    [InlineData("driving-school-small", 10)]
    [InlineData("driving-school-mid", 12)]
    [InlineData("driving-school-large", 15)]
    [InlineData("bus", 13)]
    [InlineData("commercial-passenger-small", 10)]
    [InlineData("commercial-passenger-mid", 15)]
    [InlineData("commercial-passenger-large", 15)]
    [InlineData("school-bus", 15)]
    [InlineData("private-mid", 20)]
    [InlineData("private-large", 20)]
    [InlineData("truck-micro", 12)]
    [InlineData("truck-dangerous-goods", 10)]
    [InlineData("truck-other", 15)]
    [InlineData("low-speed-truck-single", 9)]
    [InlineData("low-speed-truck-multi", 12)]
    [InlineData("special-with-cargo", 15)]
    [InlineData("special-without-cargo", 30)]
    [InlineData("trailer-full", 10)]
    [InlineData("semi-trailer-dangerous-goods", 10)]
    [InlineData("semi-trailer-container", 20)]
    [InlineData("semi-trailer-other", 15)]
    [InlineData("motor-tricycle", 12)]
    [InlineData("motorcycle", 13)]
    public void gives_its_years(string category, int years) =>
        Assert.Equal(
            $"{2016 + years}-02-29".Replace(
                "-02-29",
                (2016 + years) % 4 == 0 ? "-02-29" : "-02-28",
                StringComparison.Ordinal
            ),
            ScrapYears.Limit(category, new(2016, 2, 29))
        );

    [Theory]
    [InlineData("private-small")]
    [InlineData("private-large-sedan")]
    [InlineData("wheeled-special-machinery")]
    public void gives_some_no_limit(string category)
    {
        Assert.Equal("none", ScrapYears.Limit(category, new(2016, 2, 29)));
        Assert.Equal("none", ScrapYears.Limit(category, null));
    }

    [Fact]
    public void says_nothing_of_what_is_not_known()
    {
        Assert.Null(ScrapYears.Limit(null, new(2016, 2, 29)));
        Assert.Null(ScrapYears.Limit("spaceship", new(2016, 2, 29)));
        Assert.Null(ScrapYears.Limit("taxi-small", null));
        Assert.Equal(30, ScrapYears.ByCategory.Count);
    }

    /// <summary>The rows of rules.md §4.2; years used are rounded up before.</summary>
    [Theory]
    [InlineData(3, "taxi-small", 9)]
    [InlineData(1, "taxi-small", 8)]
    [InlineData(10, "taxi-small", 13)]
    [InlineData(6, "rental", 15)]
    [InlineData(17, "taxi-small", 15)]
    [InlineData(2, "taxi-small", 9)]
    [InlineData(20, "taxi-small", 15)]
    [InlineData(0, "bus", 13)]
    [InlineData(14, "taxi-small", 15)]
    [InlineData(5, "taxi-small", 10)]
    public void shortens_with_a_private_car_that_becomes_commercial(int used, string to, int years) =>
        Assert.Equal(years, ScrapYears.AfterUseChange("private-small", to, used));

    [Fact]
    public void keeps_the_commercial_limit_either_way()
    {
        Assert.Equal(15, ScrapYears.AfterUseChange("private-mid", "rental", 3));
        Assert.Equal(8, ScrapYears.AfterUseChange("taxi-small", "private-small", 3));
        Assert.Equal(8, ScrapYears.AfterUseChange("taxi-small", "rental", 3));
        Assert.Null(ScrapYears.AfterUseChange("private-small", "private-large-sedan", 3));
    }

    [Theory]
    [InlineData("2020-01-01", 0)]
    [InlineData("2020-01-02", 1)]
    [InlineData("2022-01-01", 2)]
    [InlineData("2022-01-02", 3)]
    [InlineData("2021-12-31", 2)]
    [InlineData("2019-12-31", 0)]
    public void counts_a_begun_year(string to, int years) =>
        Assert.Equal(years, ScrapYears.YearsBegun(new(2020, 1, 1), DateOnly.Parse(to, null)));
}
