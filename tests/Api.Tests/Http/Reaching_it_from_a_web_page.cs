using System.Net.Http.Headers;
using System.Text;
using Api.Hosting;
using Support;

namespace Api.Tests.Http;

/// <summary>A page of another site that somebody on this machine reads: its name may lead to loopback, its forms may
/// post here. Without accounts nothing else keeps it out.</summary>
public sealed class Reaching_it_from_a_web_page(RunningService running)
{
    public static TheoryData<string> Doors =>
        [
            "/",
            "/market/listings",
            "/api/v1/items/tag:1",
            "/metrics",
            "/health/live",
            "/health/ready",
            "/docs",
            "/openapi/v1.json",
            "/checkpoint",
            "/site.css",
            "/no/such",
        ];

    [Theory]
    [MemberData(nameof(Doors))]
    public async Task By_a_name_that_leads_here_is_refused_at_every_door(string path)
    {
        var caller = await running.CallerAsync();
        foreach (
            var host in (string[])
                [
                    "attacker.example",
                    "attacker.example:5080",
                    "127.0.0.1.attacker.example",
                    "localhost.attacker.example",
                    "10.0.0.1",
                    "localhost.",
                ]
        )
            (await caller.GetAsync(path, ("Host", host), ("Accept", "text/html"))).Refuses(400, "host-unknown");
        foreach (var host in (string[])["localhost", "LOCALHOST:80", "127.0.0.1", "[::1]:5080"])
            Assert.NotEqual(400, (await caller.GetAsync(path, ("Host", host))).Status);
    }

    [Fact]
    public async Task By_a_name_of_the_setting_is_answered()
    {
        await using var service = await TestService.StartAsync(b =>
            b.Configuration[OwnNames.Setting] = "ledger.example.org, other.example"
        );
        var caller = new Caller(service.Client);
        foreach (var host in (string[])["ledger.example.org", "LEDGER.example.org:443", "other.example", "localhost"])
            (await caller.GetAsync("/health/live", ("Host", host))).Is(200);
        (await caller.GetAsync("/health/live", ("Host", "third.example"))).Refuses(400, "host-unknown");
        // A proxy passes the page's origin on, and its own name or ours.
        foreach (var host in (string[])["ledger.example.org", "127.0.0.1"])
            (await PostAsync(caller, ("Host", host), ("Origin", "https://ledger.example.org"))).Is(201);
    }

    [Theory]
    [InlineData("*")]
    [InlineData("https://ledger.example.org")]
    [InlineData("ledger.example.org:443")]
    public async Task A_setting_that_is_no_name_is_said_before_the_port_opens(string setting) =>
        Assert.Contains(
            setting,
            (
                await Assert.ThrowsAsync<Settings.NeededException>(() =>
                    TestService.StartAsync(b => b.Configuration[OwnNames.Setting] = setting)
                )
            ).Message,
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Origin", "https://attacker.example")]
    [InlineData("Origin", "http://localhost:1")]
    [InlineData("Origin", "null")]
    public async Task A_command_of_its_script_is_refused(string header, string value) =>
        (await PostAsync(await running.CallerAsync(), (header, value))).Refuses(403, "cross-site-request");

    [Theory]
    [InlineData("Sec-Fetch-Site", "same-origin")]
    [InlineData("Sec-Fetch-Site", "none")]
    [InlineData("Origin", "own")]
    public async Task A_command_of_our_own_page_is_taken(string header, string value)
    {
        var origin = (await running.StartedAsync()).Address.GetLeftPart(UriPartial.Authority);
        (await PostAsync(await running.CallerAsync(), (header, value == "own" ? origin : value))).Is(201);
    }

    [Fact]
    public async Task A_link_to_our_page_may_be_followed() =>
        (
            await (await running.CallerAsync()).GetAsync(
                "/market/listings",
                ("Sec-Fetch-Site", "cross-site"),
                ("Accept", "text/html")
            )
        ).Is(200);

    /// <summary>What a form can send without asking first: one of three types, no header of its own.</summary>
    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data")]
    public async Task A_form_of_a_browser_that_says_nothing_of_its_page_records_nothing(string type)
    {
        var caller = await running.CallerAsync();
        var code = Goods.NewMarket();
        foreach (
            var headers in ((string, string)[][])
                [
                    [],
                    [("Idempotency-Key", Goods.NewKey())],
                ]
        )
        {
            var content = new ByteArrayContent(Encoding.UTF8.GetBytes($$"""{"code":"{{code}}","name":"x"}"""));
            content.Headers.ContentType = new MediaTypeHeaderValue(type);
            var reply = await caller.SendAsync("POST", "/api/v1/markets", content, headers);
            reply.Refuses(415, "unsupported-media-type");
        }
        (await caller.GetAsync($"/api/v1/markets/{code}")).Is(404);
    }

    static Task<Reply> PostAsync(Caller caller, params (string, string)[] headers) =>
        caller.PostAsync(
            "/api/v1/markets",
            new
            {
                code = Goods.NewMarket(),
                name = "x",
                occurredAt = Goods.Day,
            },
            null,
            headers
        );
}
