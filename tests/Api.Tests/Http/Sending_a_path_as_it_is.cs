using System.Globalization;
using System.Text;
using Fuzz;

namespace Api.Tests.Http;

/// <summary>The path that was sent, the one that is routed and the one that an answer names are the same; no byte on a
/// connection breaks the service.</summary>
public sealed class Sending_a_path_as_it_is(RunningService running)
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    async Task<Fuzz.Reply> SendAsync(string head, string body = "")
    {
        var address = (await running.StartedAsync()).Address;
        return await RawSocket.SendAsync(
            address,
            Encoding.Latin1.GetBytes($"{head}\r\nHost: {address.Authority}\r\nConnection: close\r\n{body}"),
            Stop
        );
    }

    Task<Fuzz.Reply> GetAsync(string target) => SendAsync($"GET {target} HTTP/1.1", "\r\n");

    [Theory]
    [InlineData("/api/v1/items/{one}/../{other}")]
    [InlineData("/api/v1/items/{one}/%2e%2e/{other}")]
    [InlineData("/api/v1/items/{one}/%2E%2e/{other}")]
    [InlineData("/api/v1/items/{one}/.%2E/{other}")]
    [InlineData("/api/v1/items/./{other}")]
    [InlineData("/api/v1/items/%2e/{other}")]
    [InlineData("/api/v1/parties/x/../../items/{other}")]
    [InlineData("/api/v1/items/{one}/history/../../{other}/history")]
    [InlineData("/items/{one}/../{other}")]
    [InlineData("http://items/api/v1/items/{one}/../{other}")]
    public async Task A_path_with_dot_segments_is_refused(string path)
    {
        var (one, other) = await TwoAsync();
        var reply = await GetAsync(
            path.Replace("{one}", one, StringComparison.Ordinal).Replace("{other}", other, StringComparison.Ordinal)
        );
        Assert.Equal(400, reply.Status);
        Assert.DoesNotContain(
            other.Split(':')[^1],
            reply.Text.Replace(path, "", StringComparison.Ordinal).Split("\"code\"")[^1],
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_refused_path_is_named_as_it_was_sent()
    {
        var reply = await GetAsync("/api/v1/items/a/%2e%2e/b");
        Assert.Equal(
            ("path-malformed", "/api/v1/items/a/%2e%2e/b"),
            ((string?)reply.Json!["code"], (string?)reply.Json["instance"])
        );
    }

    /// <summary>Two values would be read as one, of nobody.</summary>
    [Theory]
    [InlineData("GET", "Ledger-Actor", "actor-malformed")]
    [InlineData("GET", "Ledger-Site", "actor-malformed")]
    [InlineData("POST", "Ledger-Actor", "actor-malformed")]
    [InlineData("POST", "Idempotency-Key", "idempotency-key-missing")]
    public async Task A_header_that_stands_twice_is_refused(string method, string name, string code)
    {
        var twice = $"{name}: CLK\r\n{name}: STN";
        var reply =
            method == "GET"
                ? await SendAsync($"GET /api/v1/items/tag:1 HTTP/1.1\r\n{twice}", "\r\n")
                : await SendAsync(
                    $"POST /api/v1/items HTTP/1.1\r\n{twice}\r\nContent-Type: application/json\r\nContent-Length: 2",
                    "\r\n{}"
                );
        Assert.Equal((400, code), (reply.Status, (string?)reply.Json!["code"]));
    }

    /// <summary>Each of these is one segment, whose text is the identifier.</summary>
    [Theory]
    [InlineData("%252e%252e")]
    [InlineData("a%5C..%5Cb")]
    [InlineData("a\\..\\b")]
    [InlineData("...")]
    public async Task What_only_looks_like_one_is_an_identifier(string text)
    {
        var caller = await running.CallerAsync();
        var serial = $"serial:HAIER/{Uri.UnescapeDataString(text)}{Guid.NewGuid():N}";
        var item = await (await MarketClient.OpenAsync(caller)).RegisterAsync("appliance", serial);
        var found = await GetAsync($"/api/v1/items/serial:HAIER%2F{text}{serial[^32..]}");
        Assert.Equal((200, item.Split('/')[^1]), (found.Status, (string?)found.Json!["id"]));
    }

    [Theory]
    [InlineData("/api/v1/items/{0}")]
    [InlineData("/API/V1/ITEMS/{0}")]
    [InlineData("/api/v1/%69tems/{0}")]
    [InlineData("/api/v1/items/{0}/")]
    public async Task However_the_words_before_it_are_written_the_item_is_the_same(string path)
    {
        var caller = await running.CallerAsync();
        var stall = await MarketClient.OpenAsync(caller);
        var serial = Goods.NewSerial();
        // One whose number has a percent sign where the other's has a slash.
        var slash = await stall.RegisterAsync("appliance", serial.Replace("BCD-", "B/", StringComparison.Ordinal));
        var percent = await stall.RegisterAsync("appliance", serial.Replace("BCD-", "B%2F", StringComparison.Ordinal));
        var number = serial.Split('-')[^1];
        foreach (var (written, item) in ((string, string)[])[("%2F", slash), ("%252F", percent)])
        {
            var found = await GetAsync(
                string.Format(CultureInfo.InvariantCulture, path, $"serial:HAIER%2FB{written}{number}")
            );
            Assert.Equal((200, item.Split('/')[^1]), (found.Status, (string?)found.Json!["id"]));
        }
    }

    /// <summary>A whole address is decoded by the server as far as its slashes: an item that has one is not found under
    /// what is left, but told.</summary>
    [Fact]
    public async Task An_address_with_its_host_before_it_is_the_same_path()
    {
        var (one, _) = await TwoAsync();
        var address = (await running.StartedAsync()).Address.GetLeftPart(UriPartial.Authority);
        Assert.Equal(200, (await GetAsync($"{address}/api/v1/items/{one}")).Status);
        Assert.Equal(400, (await GetAsync($"{address}/api/v1/items/serial:A%2FB")).Status);
    }

    [Fact]
    public async Task One_key_on_two_such_items_is_no_repeat()
    {
        var caller = await running.CallerAsync();
        var stall = await MarketClient.OpenAsync(caller);
        var number = Guid.NewGuid().ToString("N");
        await stall.RegisterAsync("appliance", $"serial:HAIER/B/{number}");
        await stall.RegisterAsync("appliance", $"serial:HAIER/B%2F{number}");
        var (key, body) = (Goods.NewKey(), new { outcome = "fixed", occurredAt = Goods.Day });
        var first = await caller.PostAsync($"/api/v1/items/serial:HAIER%2FB%2F{number}/repairs", body, key);
        first.Is(201);
        (await caller.PostAsync($"/api/v1/items/serial:HAIER%2FB%252F{number}/repairs", body, key)).Refuses(
            422,
            "idempotency-key-reused"
        );
    }

    [Theory]
    [InlineData("FFFFFFFFFFFFFFFF\r\n{}\r\n0\r\n\r\n")]
    [InlineData("80000000\r\n{}\r\n0\r\n\r\n")]
    [InlineData("FFFFFFFFF")]
    [InlineData("-1\r\n{}\r\n0\r\n\r\n")]
    [InlineData("zz\r\n{}\r\n0\r\n\r\n")]
    [InlineData("2\r\n{}x\r\n0\r\n\r\n")]
    public async Task A_body_whose_chunks_cannot_be_read_is_400(string chunks)
    {
        var reply = await SendAsync(
            "POST /api/v1/items HTTP/1.1",
            $"Content-Type: application/json\r\nIdempotency-Key: {Goods.NewKey()}\r\nTransfer-Encoding: chunked\r\n\r\n{chunks}"
        );
        Assert.Equal(400, reply.Status);
        // What the server itself calls it is no caller's matter.
        Assert.DoesNotMatch("(?i)chunk size|request content", reply.Text);
    }

    public static TheoryData<string> Sites =>
        ["MK-5", "MK-", "MK", "M", "ST", "ST-5", "ST-510104-", "MK-510104-00", "510104", "-"];

    [Theory]
    [MemberData(nameof(Sites))]
    public async Task A_site_too_short_for_a_code_breaks_nothing(string site)
    {
        var caller = await running.CallerAsync();
        var market = Goods.NewMarket();
        (string, string)[] at = [("Ledger-Site", site)];
        (await caller.PostAsync("/api/v1/markets", new { code = market, name = "市场" }, null, at)).Is(201);
        var item = (
            await caller.PostAsync(
                "/api/v1/items",
                new { category = "appliance", identifiers = new[] { Goods.NewSerial() } },
                null,
                at
            )
        ).Is(201);
        (await caller.PostAsync($"{item.Location}/intakes", new { reason = "consign" }, null, at)).Is(201);
        (await caller.GetAsync($"{item.Location}/history")).Is(200);
        var reason = new { reason = "x" };
        foreach (
            var (place, code) in ((string, string)[])
                [("markets", "market-malformed"), ("stations", "station-malformed")]
        )
        foreach (var act in (string[])["suspensions", "reinstatements", "closures"])
            if (place == "markets" || act == "suspensions")
                (
                    await caller.PostAsync($"/api/v1/{place}/{Uri.EscapeDataString(site)}/{act}", reason, null, at)
                ).Refuses(422, code);
    }

    async Task<(string One, string Other)> TwoAsync()
    {
        var caller = await running.CallerAsync();
        var stall = await MarketClient.OpenAsync(caller);
        var (one, other) = (Goods.NewVin(), Goods.NewVin());
        await stall.RegisterAsync(identifier: one);
        await stall.RegisterAsync(identifier: other);
        return (one, other);
    }
}
