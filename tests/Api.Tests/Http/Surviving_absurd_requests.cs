using System.Text;

namespace Api.Tests.Http;

/// <summary>No content of a request gives a 5xx (contract.md §3).</summary>
public sealed class Surviving_absurd_requests(RunningService running)
{
    public static TheoryData<string> Addresses =>
        [
            "/api/v1/items/%00",
            "/api/v1/items/%0d%0aX:1",
            "/api/v1/items/%C3%28",
            "/api/v1/items/%ED%A0%80",
            "/api/v1/items/%F0%9F%9A%97",
            "/api/v1/items/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
            "/api/v1/items/vin:",
            "/api/v1/items/:",
            "/api/v1/items/serial:%2F",
            "/api/v1/items/serial:%20%2F%20",
            "/api/v1/items/serial:A%2F%E3%80%80",
            "/api/v1/items/register:%2F",
            "/api/v1/items/tag:%EF%BC%90",
            "/api/v1/items/battery:%E2%80%AE",
            "/api/v1/items/imei:%D9%A1%D9%A2%D9%A3",
            "/api/v1/items/00000000-0000-0000-0000-000000000000",
            "/api/v1/items/ffffffff-ffff-ffff-ffff-ffffffffffff/history",
            "/api/v1/items/%7B019b0000-0000-7000-8000-000000000001%7D",
            "/api/v1/items/x?asOf=0001-01-01",
            "/api/v1/items/019b0000-0000-7000-8000-000000000001?asOf=0001-01-01T00:00:00Z",
            "/api/v1/items/019b0000-0000-7000-8000-000000000001?asOf=0001-01-01T00:00:00%2B14:00",
            "/api/v1/items/019b0000-0000-7000-8000-000000000001?knownAt=9999-12-31T23:59:59.999-14:00",
            "/api/v1/items/019b0000-0000-7000-8000-000000000001/history?asOf=9999-12-31",
            "/api/v1/items/019b0000-0000-7000-8000-000000000001/history?format=exe",
            "/api/v1/items/x/events/y",
            "/api/v1/items/x/listings/019b0000-0000-7000-8000-000000000001",
            "/api/v1/markets/%00",
            "/api/v1/markets/MK-000000-0000",
            "/api/v1/markets/MK-%D9%A1%D9%A1%D9%A1%D9%A1%D9%A1%D9%A1-0001",
            "/api/v1/markets?format=xlsx&limit=%00",
            "/api/v1/market/listings?market=%00",
            "/api/v1/market/listings?market=%27%20or%201=1--",
            "/api/v1/market/listings?division=51%25",
            "/api/v1/market/listings?division=%ED%A0%80",
            "/api/v1/market/listings?make=%00",
            "/api/v1/market/listings?make=%F0%9F%92%A9%25_%5C",
            "/api/v1/market/listings?asOf=0001-01-01",
            "/api/v1/market/listings?asOf=9999-12-31T23:59:59.999Z",
            "/api/v1/market/listings?limit=2147483648",
            "/api/v1/market/listings?limit=500&limit=1",
            "/api/v1/market/listings?cursor=WyIwMDAxLTAxLTAxVDAwOjAwOjAwLjAwMFoiLG51bGwsMF0",
            "/api/v1/market/listings?format=pdf",
            "/api/v1/market/turnover?from=0000-00",
            "/api/v1/market/turnover?from=0001-01&to=9999-12",
            "/api/v1/market/turnover?from=9999-12-31&format=xlsx",
            "/api/v1/regulator/histories?from=0001-01-01",
            "/api/v1/regulator/histories?from=0001-01-01T00:00:00Z",
            "/api/v1/regulator/histories?to=0001-01-01",
            "/api/v1/regulator/histories?to=9999-12-31",
            "/api/v1/regulator/histories?to=9999-12-30",
            "/api/v1/regulator/histories?to=9999-12-31T23:59:59.999Z",
            "/api/v1/regulator/histories?identifier=%00",
            "/api/v1/regulator/histories?identifier=serial:",
            "/api/v1/regulator/histories?party=%7B%22a%22%7D",
            "/api/v1/regulator/histories?event=*",
            "/regulator/histories?from=0001-01-01&to=9999-12-31",
            "/regulator/histories?to=9999-12-31T23:59:59.999Z",
            "/market/listings?lang=%00&cursor=x",
            "/market/turnover?lang=../../etc&from=x",
            "/items?id=%0d%0aSet-Cookie:a=b",
            "/items?id=%ED%A0%80",
            "/items/%00",
            "/items/x?asOf=0001-01-01&knownAt=9999-12-31",
            "/problems/%00",
            "/problems/..%2f..%2fetc",
            "/docs/%00",
            "/openapi/%00.json",
            "/openapi/v2.json",
            "/%00",
            "/api//v1//items",
            "/site.css%00",
        ];

    [Theory]
    [MemberData(nameof(Addresses))]
    public async Task An_address_never_breaks_the_service(string path)
    {
        var caller = await running.CallerAsync();
        foreach (var accept in (string[])["application/json", "text/html"])
            Assert.InRange((await caller.GetAsync(path, ("Accept", accept))).Status, 200, 499);
    }

    public static TheoryData<string, string> Bodies =>
        new()
        {
            { "items", """{"category":"appliance","identifiers":[]}""" },
            { "items", """{"category":"appliance","identifiers":[null]}""" },
            { "items", """{"category":"appliance","identifiers":["serial:\ud800/1"]}""" },
            { "items", """{"category":"appliance","identifiers":["serial:\u0000/1"]}""" },
            { "items", """{"\ud800":1}""" },
            { "items", """{"category":{"a":1},"identifiers":{}}""" },
            { "items", """{"category":"appliance","identifiers":["tag:\u00bd"]}""" },
            {
                "items",
                """{"category":"appliance","identifiers":["serial:A/1"],"occurredAt":"0001-01-01T00:00:00Z"}"""
            },
            { "items", """{"category":"appliance","identifiers":["serial:A/1"],"productionDate":"9999-12-31"}""" },
            { "markets", """{"code":"MK-510104-0998","name":"n","categories":[null]}""" },
            { "markets", """{"code":"\u0000","name":"\ud83d"}""" },
            { "markets", """{"code":"MK-510104-0998","name":"n","operatorUscc":"\u0000"}""" },
            { "markets", """{"code":"MK-510104-0998","name":"n","mode":"7"}""" },
            { "{item}/identifiers", """{"identifier":""}""" },
            { "{item}/inspections", """{"standard":"s","passed":true,"results":[null]}""" },
            { "{item}/inspections", """{"standard":"s","grade":2147483648}""" },
            { "{item}/inspections", """{"standard":"s","grade":1,"scoreTenths":-1}""" },
            { "{item}/odometer-readings", """{"valueKm":1e400,"source":"desk","observedOn":"2026-01-05"}""" },
            { "{item}/odometer-readings", """{"valueKm":1,"source":"\u0000","observedOn":"2026-13-45"}""" },
            { "{item}/repairs", """{"outcome":"fixed","parts":[null]}""" },
            { "{item}/repairs", """{"outcome":"fixed","costFen":1,"currency":""}""" },
            { "{item}/stock", """{"dealer":"/","mode":"purchase","priceFen":-1}""" },
            { "{item}/listings", """{"market":"\ud800","askFen":1}""" },
            { "{item}/listings", """{"market":"MK-510104-0001","askFen":1,"endsOn":"9999-12-31"}""" },
            { "{item}/listings/not-a-guid/withdrawals", """{"reason":"r"}""" },
            { "{item}/trades", """{"seller":"/","sellerKind":"person","buyer":"","buyerKind":"person"}""" },
            { "{item}/trades/%00/payments", """{"amountFen":1,"channel":"c"}""" },
            { "{item}/transfers", """{"tradeId":"\u0000"}""" },
            { "{item}/encumbrances", """{"kind":"lease","holder":"h","since":"0001-01-01"}""" },
            { "{item}/holds", """{"authority":"court","docNo":"\ud800"}""" },
            { "{item}/events/{event}/corrections", """{"reason":"r","facts":null}""" },
            { "{item}/events/{event}/corrections", """{"reason":"r","facts":{"category":null}}""" },
            { "{item}/events/{event}/corrections", """{"reason":"r","facts":{"identifiers":null}}""" },
            { "{item}/events/{event}/corrections", """{"reason":"r","facts":{"identifiers":[null]}}""" },
            { "{item}/events/{event}/corrections", """{"reason":"r","facts":{"make":"\u0000"}}""" },
            { "{item}/events/{event}/corrections", """{"reason":"r","facts":{"make":"\ud800"}}""" },
            { "{item}/events/{event}/corrections", """{"reason":"r","facts":{"\ud800":1}}""" },
            { "{item}/events/{event}/corrections", """{"reason":"r","facts":{"owner":""}}""" },
            { "{item}/events/{event}/corrections", """{"reason":"r","facts":{"make":"a","make":"b"}}""" },
            { "{item}/events/{event}/voidings", """{"reason":"\u0000"}""" },
        };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task A_body_never_breaks_the_service(string path, string body)
    {
        var caller = await running.CallerAsync();
        var item = await (await MarketClient.OpenAsync(caller)).RegisterAsync("appliance");
        var first = (await caller.GetAsync($"{item}/history")).Items.Single();
        path = path.Replace("{item}", item[8..], StringComparison.Ordinal)
            .Replace("{event}", (string)first["eventId"]!, StringComparison.Ordinal);
        (string, string)[] correcting = [("If-Match", "\"1\""), ("Ledger-Second-Actor", "auditor")];
        var reply = await caller.PostAsync($"/api/v1/{path.TrimStart('/')}", body, null, correcting);
        Assert.InRange(reply.Status, 200, 499);
        // Kestrel itself refuses some, without a body.
        if (reply.Text.Length > 0 && reply.Status >= 400)
            Assert.NotEmpty(reply.Code!);
        // What was taken is read again by everybody.
        (await caller.GetAsync($"{item}/history")).Is(200);
        (await caller.GetAsync(item.Replace("/api/v1", "", StringComparison.Ordinal))).Is(200);
    }

    /// <summary>Who asks cannot be read: that is the asker's fault on a page too, and none of the service.</summary>
    [Theory]
    [InlineData("/regulator/histories?purpose=supervision")]
    public async Task A_page_that_is_asked_by_nobody_is_400(string path)
    {
        var caller = await running.CallerAsync();
        var reply = await caller.GetAsync(path, ("Accept", "text/html"), ("Ledger-Site", new string('x', 129)));
        Assert.Equal(400, reply.Status);
    }

    [Theory]
    [InlineData("Accept", ";;;")]
    [InlineData("Accept", "text/csv;q=x, */*;q=2")]
    [InlineData("Accept-Language", "zh;q=-1,en;q=NaN")]
    [InlineData("Cookie", "lang=%00; lang=x")]
    [InlineData("If-None-Match", "\"")]
    [InlineData("Ledger-Actor", "\t")]
    [InlineData("traceparent", "00-zz-zz-zz")]
    [InlineData("Range", "bytes=99999999999-")]
    [InlineData("X-Forwarded-For", "' or 1=1")]
    public async Task A_header_never_breaks_the_service(string name, string value)
    {
        var caller = await running.CallerAsync();
        foreach (var path in (string[])["/api/v1/market/listings", "/api/v1/regulator/histories", "/"])
            Assert.InRange((await caller.GetAsync(path, (name, value))).Status, 200, 499);
    }

    [Fact]
    public async Task Headers_without_end_are_431()
    {
        var reply = await (await running.CallerAsync()).GetAsync("/", ("X-Long", new string('x', 20_000)));
        Assert.Equal(431, reply.Status);
    }

    [Theory]
    [InlineData(new byte[] { 0xFF, 0xFE, 0x7B, 0x00 })]
    [InlineData(new byte[] { 0x7B, 0x22, 0xC3, 0x28, 0x22, 0x3A, 0x31, 0x7D })]
    [InlineData(new byte[] { 0x00 })]
    public async Task Bytes_that_are_no_UTF8_are_400(byte[] bytes)
    {
        using var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new("application/json");
        var caller = await running.CallerAsync();
        var reply = await caller.SendAsync("POST", "/api/v1/items", content, ("Idempotency-Key", Goods.NewKey()));
        reply.Refuses(400, "body-malformed");
        Assert.DoesNotContain(Encoding.UTF8.GetString(bytes), reply.Text, StringComparison.Ordinal);
    }
}
