using Api.Tests.Cli;

namespace Api.Tests.Import;

public sealed class Importing_a_sale
{
    [Fact]
    public async Task of_a_chinese_car_with_a_wrong_check_digit_is_refused() =>
        Assert.Equal(
            "vin-check-failed",
            (await Importing.RefusedAsync(Sale.Car("car", "LSVAM418XC2184847", fits: false)))["code"]
        );

    [Fact]
    public async Task of_a_german_car_with_a_wrong_check_digit_is_recorded_with_a_warning()
    {
        await using var ledger = await ScratchLedger.OpenAsync();
        var car = Sale.Car("car", "WVWZZZ1KZ6W000001", fits: false);
        await Importing.AllRecordedAsync(ledger, ledger.Write("sales.csv", Sale.File(car)), 1);
        var history = await ledger.RunAsync("history", car.Identifiers, "--json");
        Assert.Equal(0, history.Exit);
        Assert.Contains(
            history.Lines.SelectMany(e => e.GetProperty("verdicts").EnumerateArray()),
            v =>
                v.GetProperty("severity").GetString() == "warn"
                && v.GetProperty("ruleId").GetString() == "id-vin-check-soft"
        );
    }

    [Fact]
    public async Task of_a_phone_with_a_wrong_imei_is_refused() =>
        Assert.Equal(
            "imei-check-failed",
            (
                await Importing.RefusedAsync(
                    new("phone") { Category = "electronics", Identifiers = "imei:490154203237519" }
                )
            )["code"]
        );

    [Fact]
    public async Task of_an_unknown_category_is_refused() =>
        Assert.Equal("category-unknown", (await Importing.RefusedAsync(new("odd") { Category = "spaceship" }))["code"]);

    [Fact]
    public async Task of_a_car_by_a_serial_number_is_refused() =>
        Assert.Equal(
            "identifier-not-for-category",
            (await Importing.RefusedAsync(new("odd") { Category = "used-car" }))["code"]
        );

    [Fact]
    public async Task by_someone_who_sold_it_before_is_refused()
    {
        await using var ledger = await ScratchLedger.OpenAsync();
        var first = new Sale("one");
        var again = first with { Key = "two", Buyer = "K-other", Agreed = "2025-04-01T02:00:00Z" };
        var file = ledger.Write("sales.csv", Sale.File(first, again, new Sale("three")));
        Assert.Equal("seller-not-owner", (await Importing.RefusedAsync(ledger, file))["code"]);
    }

    [Fact]
    public async Task by_its_new_owner_is_one_event_more()
    {
        await using var ledger = await ScratchLedger.OpenAsync();
        var first = new Sale("one");
        var on = first with { Key = "two", Seller = first.Buyer, Buyer = "K-other", Agreed = "2025-04-01T02:00:00Z" };
        var ran = await ledger.ImportAsync(ledger.Write("sales.csv", Sale.File(first, on)));
        Assert.Equal((0, new Counts(2, 2, 0, 0, 0, 3)), (ran.Exit, ran.Counts));
    }

    [Theory]
    [InlineData("-1", "value-out-of-range")]
    [InlineData("99999999999999999999999999999999", "value-out-of-range")]
    [InlineData("-99999999999999999999999999999999", "value-out-of-range")]
    [InlineData("10000000000001", "value-out-of-range")]
    [InlineData("12.50", "value-malformed")]
    [InlineData("1e5", "value-malformed")]
    [InlineData("", "value-missing")]
    public async Task for_such_a_price_is_refused(string price, string code) =>
        Assert.Equal(code, (await Importing.RefusedAsync(new("odd") { Price = price }))["code"]);

    [Theory]
    [InlineData("2026-02-30", "value-malformed")]
    [InlineData("2025-13-01T00:00:00Z", "value-malformed")]
    [InlineData("2025-03-01T02:00:00", "value-malformed")]
    [InlineData("0001-01-01", "value-out-of-range")]
    [InlineData("0001-01-01T00:00:00+14:00", "value-malformed")]
    [InlineData("9000-01-01", "occurred-in-future")]
    [InlineData("9999-12-31T23:59:59-14:00", "value-malformed")]
    public async Task at_such_a_time_is_refused(string time, string code) =>
        Assert.Equal(code, (await Importing.RefusedAsync(new("odd") { Agreed = time }))["code"]);

    [Theory]
    [InlineData("11010519491231002X")]
    [InlineData("13800138000")]
    public async Task that_names_a_person_instead_of_a_reference_is_refused(string seller) =>
        Assert.Equal(
            "personal-data-in-public-field",
            (await Importing.RefusedAsync(new("odd") { Seller = seller }))["code"]
        );

    [Fact]
    public async Task with_identifiers_of_two_items_is_refused()
    {
        await using var ledger = await ScratchLedger.OpenAsync();
        var both = new Sale("both") { Identifiers = "serial:HAIER/one;serial:HAIER/two" };
        var ran = await ledger.ImportAsync(ledger.Write("sales.csv", Sale.File(new("one"), new("two"), both)));
        Assert.Equal((1, new Counts(3, 2, 0, 1, 0, 4)), (ran.Exit, ran.Counts));
        var row = Assert.Single(ScratchLedger.Rejected(Path.Combine(ledger.Folder, "sales.csv.rejected.csv")));
        Assert.Equal(("identifiers-of-two-items", "3"), (row["code"], row["row"]));
    }

    [Fact]
    public async Task with_an_invoice_used_before_is_refused()
    {
        await using var ledger = await ScratchLedger.OpenAsync();
        var file = ledger.Write(
            "sales.csv",
            Sale.File(new("one") { Invoice = "F1" }, new("two") { Invoice = "F1" }, new("three") { Invoice = "F2" })
        );
        Assert.Equal("invoice-number-used", (await Importing.RefusedAsync(ledger, file))["code"]);
    }

    [Theory]
    [InlineData("مرحبا بالعالم ‏٢")]
    [InlineData("冰箱 🧊👩‍👩‍👧‍👦")]
    [InlineData("=cmd|' /C calc'!A0")]
    [InlineData("Müller, \"Söhne\"")]
    public async Task keeps_text_of_any_script(string brand)
    {
        await using var ledger = await ScratchLedger.OpenAsync();
        var sale = new Sale("one") { Brand = brand };
        await Importing.AllRecordedAsync(ledger, ledger.Write("sales.csv", Sale.File(sale)), 1);
        var item = await ledger.RunAsync("item", sale.Identifiers, "--json");
        Assert.Equal((0, brand), (item.Exit, item.Document.GetProperty("make").GetString()));
    }

    [Fact]
    public async Task that_is_refused_is_given_back_as_it_came()
    {
        var sale = new Sale("odd")
        {
            Brand = "=HYPERLINK(\"http://x\",\"y\")",
            Model = "@SUM(A1)",
            Price = "-5",
        };
        var row = await Importing.RefusedAsync(sale);
        Assert.Equal((sale.Brand, sale.Model, sale.Price), (row["brand"], row["model"], row["price_fen"]));
    }
}
