using System.Net.Http.Headers;
using System.Text;
using Support;

namespace Api.Tests.Http;

public sealed class Posting_a_command(RunningService running)
{
    static object Appliance(string serial, string? make = null) =>
        new
        {
            category = "appliance",
            identifiers = new[] { serial },
            make,
            occurredAt = Goods.Day,
        };

    [Fact]
    public async Task Again_with_its_key_gives_the_same_answer()
    {
        var caller = await running.CallerAsync();
        var (body, key) = (Appliance(Goods.NewSerial()), Goods.NewKey());
        var first = (await caller.PostAsync("/api/v1/items", body, key)).Is(201);
        var again = await caller.PostAsync("/api/v1/items", body, key);
        Assert.Equal((first.Status, first.Text), (again.Status, again.Text));
        Assert.Equal((first.Location, first.ETag), (again.Location, again.ETag));
        var history = await caller.GetAsync($"{first.Location}/history");
        Assert.Single(history.Items);
    }

    [Fact]
    public async Task With_a_key_of_another_body_is_422()
    {
        var caller = await running.CallerAsync();
        var key = Goods.NewKey();
        (await caller.PostAsync("/api/v1/items", Appliance(Goods.NewSerial()), key)).Is(201);
        (await caller.PostAsync("/api/v1/items", Appliance(Goods.NewSerial()), key)).Refuses(
            422,
            "idempotency-key-reused"
        );
    }

    [Fact]
    public async Task Keys_are_each_callers_own()
    {
        var caller = await running.CallerAsync();
        var key = Goods.NewKey();
        (await caller.PostAsync("/api/v1/items", Appliance(Goods.NewSerial()), key, ("Ledger-Actor", "a"))).Is(201);
        (await caller.PostAsync("/api/v1/items", Appliance(Goods.NewSerial()), key, ("Ledger-Actor", "b"))).Is(201);
    }

    [Fact]
    public async Task A_market_again_with_its_key_gives_the_same_answer()
    {
        var caller = await running.CallerAsync();
        var (body, key) = (new { code = Goods.NewMarket(), name = "市场" }, Goods.NewKey());
        var first = (await caller.PostAsync("/api/v1/markets", body, key)).Is(201);
        Assert.Equal(first.Text, (await caller.PostAsync("/api/v1/markets", body, key)).Is(201).Text);
        (await caller.GetAsync(first.Location)).Is(200);
        (await caller.PostAsync("/api/v1/markets", body)).Refuses(409, "market-exists");
    }

    [Theory]
    [InlineData("/api/v1/items")]
    [InlineData("/api/v1/markets")]
    public async Task Without_a_key_is_400(string path)
    {
        var caller = await running.CallerAsync();
        (await caller.PostAsync(path, "{}", "")).Refuses(400, "idempotency-key-missing");
        (await caller.PostAsync(path, "{}", "with blanks in it")).Refuses(400, "idempotency-key-missing");
        (await caller.PostAsync(path, "{}", new string('k', 201))).Refuses(400, "idempotency-key-missing");
    }

    [Fact]
    public async Task On_a_version_that_moved_is_412()
    {
        var caller = await running.CallerAsync();
        var item = (await caller.PostAsync("/api/v1/items", Appliance(Goods.NewSerial()))).Is(201);
        var repair = new { outcome = "fixed", occurredAt = Goods.Day };
        var at = $"{item.Location}/repairs";
        (await caller.PostAsync(at, repair, null, ("If-Match", item.ETag))).Is(201);
        (await caller.PostAsync(at, repair, null, ("If-Match", item.ETag))).Refuses(412, "stale-version");
        (await caller.PostAsync(at, repair, null, ("If-Match", "\"x\""))).Refuses(412, "stale-version");
        (await caller.PostAsync(at, repair, null, ("If-Match", "*"))).Is(201);
    }

    [Theory]
    [InlineData("corrections", """{"reason":"r","facts":{"passed":false}}""")]
    [InlineData("voidings", """{"reason":"r"}""")]
    public async Task That_corrects_needs_the_version_it_read(string deed, string body)
    {
        var caller = await running.CallerAsync();
        var item = (await caller.PostAsync("/api/v1/items", Appliance(Goods.NewSerial()))).Is(201);
        var inspection = new
        {
            standard = "GB 4706",
            passed = true,
            occurredAt = Goods.Day,
        };
        var inspected = (await caller.PostAsync($"{item.Location}/inspections", inspection)).Is(201);
        var at = $"{inspected.Location}/{deed}";
        (await caller.PostAsync(at, body)).Refuses(428, "precondition-missing");
        (await caller.PostAsync(at, body, null, ("If-Match", item.ETag))).Refuses(412, "stale-version");
        (string, string)[] signed =
        [
            ("If-Match", inspected.ETag),
            ("Ledger-Role", "APR"),
            ("Ledger-Second-Actor", Roll.CodeOf("REG")!),
        ];
        var corrected = (await caller.PostAsync(at, body, null, signed)).Is(201);
        Assert.Equal(corrected.ETag, (await caller.GetAsync(item.Location)).ETag);
        (await caller.GetAsync(corrected.Location)).Is(200);
        Assert.Equal(3, (await caller.GetAsync($"{item.Location}/history")).Items.Count());
    }

    [Fact]
    public async Task That_corrects_changes_what_is_known()
    {
        var caller = await running.CallerAsync();
        var item = (await caller.PostAsync("/api/v1/items", Appliance(Goods.NewSerial(), "海而"))).Is(201);
        var at = $"{item.Location}/events/{item.Json["eventIds"]![0]}/corrections";
        var body = new { reason = "录入有误", facts = new { make = "海尔" } };
        (string, string)[] signed = [("If-Match", item.ETag), ("Ledger-Second-Actor", Roll.CodeOf("REG")!)];
        (await caller.PostAsync(at, body, null, signed)).Is(201);
        Assert.Equal("海尔", (string?)(await caller.GetAsync(item.Location)).Json["make"]);
    }

    [Theory]
    [InlineData("7")]
    [InlineData("\"x\"")]
    [InlineData("[]")]
    [InlineData("null")]
    public async Task That_corrects_by_no_object_is_told_so(string facts)
    {
        var caller = await running.CallerAsync();
        var item = (await caller.PostAsync("/api/v1/items", Appliance(Goods.NewSerial()))).Is(201);
        var at = $"{item.Location}/events/{item.Json["eventIds"]![0]}/corrections";
        var body = $$"""{"reason":"r","facts":{{facts}}}""";
        (string, string)[] headers = [("If-Match", item.ETag), ("Accept-Language", "en")];
        var refused = (await caller.PostAsync(at, body, null, headers)).Refuses(422, "value-malformed");
        Assert.Equal($"facts is “{facts}”; expected is {{…}}.", (string?)refused.Json["detail"]);
    }

    [Fact]
    public async Task That_voids_a_registration_leaves_its_history()
    {
        var caller = await running.CallerAsync();
        var item = (await caller.PostAsync("/api/v1/items", Appliance(Goods.NewSerial()))).Is(201);
        var at = $"{item.Location}/events/{item.Json["eventIds"]![0]}/voidings";
        (string, string)[] signed = [("If-Match", item.ETag), ("Ledger-Second-Actor", Roll.CodeOf("REG")!)];
        var voided = (await caller.PostAsync(at, new { reason = "r" }, null, signed)).Is(201);
        (await caller.GetAsync(voided.Location)).Is(200);
        Assert.Equal(2, (await caller.GetAsync($"{item.Location}/history")).Is(200).Items.Count());
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("1")]
    [InlineData("not json")]
    [InlineData("""{"category":"appliance","identifiers":["serial:A/1"]""")]
    [InlineData("""{"category":"appliance","identifiers":["serial:A/1"]} trailing""")]
    [InlineData("""{"category":7,"identifiers":["serial:A/1"]}""")]
    [InlineData("""{"category":"appliance","identifiers":"serial:A/1"}""")]
    [InlineData("""{"category":"appliance","identifiers":[7]}""")]
    [InlineData("""{"category":"appliance","identifiers":[null]}""")]
    [InlineData("""{"category":"appliance"}""")]
    [InlineData("""{"category":null,"identifiers":["serial:A/1"]}""")]
    [InlineData("""{"category":"appliance","identifiers":["serial:A/1"],"colour":"red"}""")]
    [InlineData("""{"category":"appliance","category":"appliance","identifiers":["serial:A/1"]}""")]
    public async Task With_a_body_of_another_shape_is_400(string body)
    {
        var reply = await (await running.CallerAsync()).PostAsync("/api/v1/items", body);
        reply.Refuses(400, "body-malformed");
        Assert.NotEmpty((string)reply.Json["detail"]!);
    }

    [Fact]
    public async Task Nested_ten_thousand_deep_is_400()
    {
        var deep = new StringBuilder().Insert(0, "[", 10_000).Append(']', 10_000).ToString();
        var reply = await (await running.CallerAsync()).PostAsync("/api/v1/items", $$"""{"category":{{deep}}}""");
        reply.Refuses(400, "body-malformed");
    }

    [Fact]
    public async Task Larger_than_a_megabyte_is_413()
    {
        var large = new string(' ', (1 << 20) + 1);
        // The server hangs up on a body that it does not read: a caller who asks first is told before it sends.
        (string, string) asking = ("Expect", "100-continue");
        var reply = await (await running.CallerAsync()).PostAsync("/api/v1/items", large, null, asking);
        reply.Refuses(413, "body-too-large");
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/xml")]
    [InlineData(null)]
    public async Task Of_another_content_type_is_415(string? type)
    {
        using var content = new ByteArrayContent("{}"u8.ToArray());
        content.Headers.ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type);
        var caller = await running.CallerAsync();
        var reply = await caller.SendAsync("POST", "/api/v1/items", content, ("Idempotency-Key", Goods.NewKey()));
        reply.Refuses(415, "unsupported-media-type");
    }
}
