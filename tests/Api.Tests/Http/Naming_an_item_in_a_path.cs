namespace Api.Tests.Http;

public sealed class Naming_an_item_in_a_path(RunningService running)
{
    [Fact]
    public async Task A_serial_with_a_slash_is_one_segment()
    {
        var caller = await running.CallerAsync();
        var serial = Goods.NewSerial();
        var item = await (await MarketClient.OpenAsync(caller)).RegisterAsync("appliance", serial);
        var escaped = Uri.EscapeDataString(serial);
        Assert.Contains("%2F", escaped, StringComparison.Ordinal);
        await SameAsync(caller, item, $"/api/v1/items/{escaped}");
        await SameAsync(caller, item, $"/api/v1/items/{escaped.Replace("%3A", ":", StringComparison.Ordinal)}");
        (await caller.GetAsync($"/api/v1/items/{escaped}/history")).Is(200);
        (await caller.GetAsync($"/items/{escaped}")).Is(200);
    }

    [Fact]
    public async Task It_is_decoded_once()
    {
        var caller = await running.CallerAsync();
        var stall = await MarketClient.OpenAsync(caller);
        var serial = Goods.NewSerial();
        var encoded = serial.Replace("BCD-", "B%2FCD-", StringComparison.Ordinal);
        var (plain, percent) = (
            await stall.RegisterAsync("appliance", serial),
            await stall.RegisterAsync("appliance", encoded)
        );
        Assert.NotEqual(plain, percent);
        Assert.Contains("%252F", Uri.EscapeDataString(encoded), StringComparison.Ordinal);
        await SameAsync(caller, percent, $"/api/v1/items/{Uri.EscapeDataString(encoded)}");
        var twice = Uri.EscapeDataString(Uri.EscapeDataString(serial));
        Assert.InRange((await caller.GetAsync($"/api/v1/items/{twice}")).Status, 404, 422);
    }

    [Fact]
    public async Task Case_and_blanks_and_hyphens_do_not_matter()
    {
        var caller = await running.CallerAsync();
        var vin = Goods.NewVin();
        var item = await (await MarketClient.OpenAsync(caller)).RegisterAsync(identifier: vin);
        await SameAsync(caller, item, $"/api/v1/items/{vin.ToLowerInvariant()}");
        await SameAsync(caller, item, $"/api/v1/items/{vin.Insert(8, "%20").Insert(14, "-")}");
        await SameAsync(caller, item, $"/api/v1/items/VIN:{vin[4..]}");
    }

    [Fact]
    public async Task Full_width_letters_are_the_same_letters()
    {
        var caller = await running.CallerAsync();
        var serial = Goods.NewSerial();
        var item = await (await MarketClient.OpenAsync(caller)).RegisterAsync("appliance", serial);
        var wide = serial.Replace("HAIER", "ＨＡＩＥＲ", StringComparison.Ordinal);
        await SameAsync(caller, item, $"/api/v1/items/{Uri.EscapeDataString(wide)}");
    }

    [Theory]
    [InlineData("vin:SHORT", 422)]
    [InlineData("colour:red", 422)]
    [InlineData("nothing", 422)]
    [InlineData("imei:490154203237518", 404)]
    public async Task One_that_is_none_is_told(string id, int status)
    {
        var reply = (await (await running.CallerAsync()).GetAsync($"/api/v1/items/{id}")).Is(status);
        Assert.StartsWith("application/problem+json", reply.Type, StringComparison.Ordinal);
    }

    static async Task SameAsync(Caller caller, string item, string path) =>
        Assert.Equal(
            (await caller.GetAsync(item)).Is(200).Json["id"]!.ToString(),
            (await caller.GetAsync(path)).Is(200).Json["id"]!.ToString()
        );
}
