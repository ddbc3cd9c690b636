using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Api.Tests.Http;

public sealed class Watching_the_service(RunningService running)
{
    [Fact]
    public async Task It_is_live_and_ready()
    {
        var caller = await running.CallerAsync();
        Assert.Equal("live", (await caller.GetAsync("/health/live")).Is(200).Text);
        var ready = (await caller.GetAsync("/health/ready")).Is(200);
        Assert.True((bool?)ready.Json["ready"]);
        Assert.Equal(
            Projections.Registry.Views.Select(v => v.Name).Order(),
            ready.Json["views"]!.AsObject().Select(v => v.Key).Order()
        );
    }

    [Fact]
    public async Task Its_activities_have_the_agreed_names()
    {
        var seen = new ConcurrentDictionary<string, bool>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = s => s.Name == "Ledger",
            Sample = (ref _) => ActivitySamplingResult.AllData,
            ActivityStopped = a => seen[a.OperationName] = true,
        };
        ActivitySource.AddActivityListener(listener);
        var caller = await running.CallerAsync();
        await (await MarketClient.OpenAsync(caller)).RegisterAsync();
        (await caller.GetAsync("/api/v1/market/listings")).Is(200);
        foreach (var name in (string[])["ledger.command", "ledger.decide", "ledger.query"])
            Assert.True(seen.ContainsKey(name), $"{name} is missing in {string.Join(" ", seen.Keys)}");
    }

    [Fact]
    public async Task Its_instruments_have_the_agreed_names()
    {
        var seen = new ConcurrentDictionary<string, string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == "Ledger")
                    self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<double>(
            (i, _, tags, _) => seen[i.Name] = string.Join(' ', tags.ToArray().Select(t => t.Key))
        );
        listener.SetMeasurementEventCallback<long>((i, _, _, _) => seen[i.Name] = i.Unit ?? "");
        listener.SetMeasurementEventCallback<int>((i, _, _, _) => seen[i.Name] = i.Unit ?? "");
        listener.Start();
        var caller = await running.CallerAsync();
        var (body, key) = (new { category = "appliance", identifiers = new[] { Goods.NewSerial() } }, Goods.NewKey());
        (await caller.PostAsync("/api/v1/items", body, key)).Is(201);
        (await caller.PostAsync("/api/v1/items", body, key)).Is(201);

        Assert.Equal("command outcome", seen["ledger.command.duration"]);
        Assert.Equal("{event}", seen["ledger.events.appended"]);
        Assert.Equal("{command}", seen["ledger.idempotency.replays"]);
        Assert.Equal("{command}", seen["ledger.commit.batch_size"]);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/market/listings")]
    [InlineData("/nothing-here")]
    [InlineData("/site.css")]
    [InlineData("/icon.svg")]
    [InlineData("/docs")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/metrics")]
    [InlineData("/health/ready")]
    [InlineData("/api/v1/markets")]
    [InlineData("/api/v1/nothing")]
    [InlineData("/api/v1/market/listings?limit=x")]
    public async Task Every_answer_has_its_security_headers(string path)
    {
        var headers = (await (await running.CallerAsync()).GetAsync(path)).Headers;
        Assert.Equal("nosniff", headers["X-Content-Type-Options"]);
        Assert.Equal("no-referrer", headers["Referrer-Policy"]);
        Assert.Contains("frame-ancestors 'none'", headers["Content-Security-Policy"], StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", headers["Content-Security-Policy"], StringComparison.Ordinal);
        if (!path.StartsWith("/docs", StringComparison.Ordinal))
            Assert.DoesNotContain("unsafe", headers["Content-Security-Policy"], StringComparison.Ordinal);
        Assert.False(headers.ContainsKey("Server"));
        Assert.NotEmpty(headers["Cache-Control"]);
    }
}
