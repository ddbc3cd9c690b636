using Ledger;
using Ledger.Kernel;

namespace Api.Tests.Http;

public sealed class Telling_a_problem(RunningService running)
{
    const string Id = "019b0000-0000-7000-8000-00000000dead",
        Unknown = $"/api/v1/items/{Id}";

    [Theory]
    [InlineData(null, true)]
    [InlineData("zh-CN", true)]
    [InlineData("fr, zh;q=0.5", true)]
    [InlineData("fr", true)]
    [InlineData("en", false)]
    [InlineData("en-GB,zh;q=0.8", false)]
    [InlineData("zh;q=0.2, en;q=0.9", false)]
    [InlineData(";;;===", true)]
    public async Task It_speaks_the_callers_language(string? accepted, bool chinese)
    {
        (string, string)[] headers = accepted is null ? [] : [("Accept-Language", accepted)];
        var reply = (await (await running.CallerAsync()).GetAsync(Unknown, headers)).Refuses(404, "item-not-found");
        var text = RefusalCatalog.Say(Refusal.Of("item-not-found", ("value", Id)), chinese);
        Assert.Equal(text.Title, (string?)reply.Json["title"]);
        Assert.Equal(text.Detail, (string?)reply.Json["detail"]);
        Assert.Equal(text.NextStep, (string?)reply.Json["nextStep"]);
        Assert.Equal(chinese ? "zh-CN" : "en", reply.Headers["Content-Language"]);
    }

    [Fact]
    public async Task It_has_the_members_of_problem_details()
    {
        var reply = (await (await running.CallerAsync()).GetAsync(Unknown)).Is(404);
        Assert.Equal("/problems/item-not-found", (string?)reply.Json["type"]);
        Assert.Equal(404, (int?)reply.Json["status"]);
        Assert.Equal(Unknown, (string?)reply.Json["instance"]);
        Assert.Matches("^[0-9a-f]{32}$", (string?)reply.Json["traceId"]);
        Assert.Null(reply.Json["citation"]);
    }

    public static TheoryData<string> Codes => [.. RefusalCatalog.All.Select(l => l.Code)];

    [Theory]
    [MemberData(nameof(Codes))]
    public async Task Its_type_is_a_page_in_both_languages(string code)
    {
        var caller = await running.CallerAsync();
        var line = RefusalCatalog.Find(code)!;
        var zh = (await caller.GetAsync($"/problems/{code}")).Is(200);
        Assert.StartsWith("text/html", zh.Type, StringComparison.Ordinal);
        Assert.Contains(line.Zh.Title, System.Net.WebUtility.HtmlDecode(zh.Text), StringComparison.Ordinal);
        var en = (await caller.GetAsync($"/problems/{code}", ("Accept-Language", "en"))).Is(200);
        Assert.Contains(line.En.NextStep, System.Net.WebUtility.HtmlDecode(en.Text), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_code_that_does_not_exist_has_no_page() =>
        (await (await running.CallerAsync()).GetAsync("/problems/no-such-code")).Is(404);

    [Theory]
    [InlineData("GET", "/api/v1/nothing", 404, "not-found")]
    [InlineData("GET", "/api/v2/items", 404, "not-found")]
    [InlineData("GET", "/api", 404, "not-found")]
    [InlineData("DELETE", "/api/v1/items/vin:LSVAM4187C2184847", 405, "method-not-allowed")]
    [InlineData("PUT", "/api/v1/markets", 405, "method-not-allowed")]
    [InlineData("GET", "/api/v1/items", 405, "method-not-allowed")]
    [InlineData("POST", "/api/v1/market/listings", 405, "method-not-allowed")]
    public async Task What_HTTP_refuses_is_told_alike(string method, string path, int status, string code)
    {
        var reply = await (await running.CallerAsync()).SendAsync(method, path, null, ("Accept", "text/html"));
        reply.Refuses(status, code);
        if (status == 405)
            Assert.NotEmpty(reply.Headers["Allow"]);
    }

    [Theory]
    [InlineData("/api/v1/market/listings")]
    [InlineData("/api/v1/market/turnover")]
    [InlineData("/api/v1/regulator/histories")]
    [InlineData("/api/v1/markets")]
    public async Task A_list_in_no_acceptable_form_is_406(string path)
    {
        var reply = await (await running.CallerAsync()).GetAsync(path, ("Accept", "image/png"));
        reply.Refuses(406, "not-acceptable");
        Assert.Contains("text/csv", (string?)reply.Json["detail"], StringComparison.Ordinal);
    }
}
