using Api.Tests.Http;
using Microsoft.Playwright;
using Support;

[assembly: AssemblyFixture(typeof(Api.Tests.Pages.Browser))]

namespace Api.Tests.Pages;

/// <summary>One Chromium a run, before one service that has something to show.</summary>
public sealed class Browser : IAsyncDisposable
{
    const string Chromium = "/usr/bin/chromium";
    readonly Lazy<Task<Open>> opened = new(OpenAsync);

    /// <summary>What a test finds: browser, service, and the items in it.</summary>
    public sealed record Open(IPlaywright Playwright, IBrowser Chrome, TestService Service, MarketClient Stall)
    {
        public Caller Caller { get; } = new(Service.Client);

        /// <summary>A car that was graded, listed and sold, by its VIN.</summary>
        public required string Car { get; init; }

        /// <summary>An appliance whose maker's name is an attack, by its path.</summary>
        public required string Odd { get; init; }
    }

    /// <summary>The maker's name that must be shown as text.</summary>
    public const string OddMake = "<script>document.title='stolen'</script>\u202Egnp.exe";

    public async Task<Open> OpenedAsync()
    {
        if (!File.Exists(Chromium))
            Assert.Skip($"{Chromium} is missing; apt-get install chromium");
        return await opened.Value;
    }

    static async Task<Open> OpenAsync()
    {
        var service = await TestService.StartAsync();
        var caller = new Caller(service.Client);
        var stall = await MarketClient.OpenAsync(caller);
        var (vin, odd) = (Goods.NewVin(), await stall.RegisterAsync("appliance", make: OddMake));
        await stall.ListAsync(odd, 59_900);
        await CarAsync(stall, vin);
        for (var i = 0; i < 4; i++)
            await stall.SellAsync(120_000 + i * 10_000, $"2026-0{1 + i}-15T02:00:00Z");
        var listed = await stall.RegisterAsync("electronics", make: "华为");
        await stall.ListAsync(listed, 268_000);
        await service.CaughtUpAsync();
        var playwright = await Playwright.CreateAsync();
        var chrome = await playwright.Chromium.LaunchAsync(
            new()
            {
                ExecutablePath = Chromium,
                Args =
                [
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-quic",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                ],
            }
        );
        return new(playwright, chrome, service, stall) { Car = vin, Odd = odd };
    }

    static async Task CarAsync(MarketClient stall, string vin)
    {
        var item = await stall.RegisterAsync(identifier: vin);
        await stall.PostAsync(
            $"{item}/inspections",
            new
            {
                standard = "GB/T 30323-2013",
                scoreTenths = 905,
                grade = 1,
                occurredAt = Goods.Day,
            }
        );
        await stall.PostAsync(
            $"{item}/odometer-readings",
            new
            {
                valueKm = 52_300,
                source = "desk",
                observedOn = "2026-01-05",
                occurredAt = Goods.Day,
            }
        );
        await stall.PostAsync(
            $"{item}/brands",
            new
            {
                brand = "accident",
                brandSource = "insurer",
                occurredAt = Goods.Day,
            }
        );
        await stall.ListAsync(item, 8_000_000);
        var (deal, id) = await stall.DealAsync(item);
        await stall.SettleAsync(deal, 7_900_000);
        await stall.RegisterTransferAsync(item, id);
    }

    public async ValueTask DisposeAsync()
    {
        if (!opened.IsValueCreated)
            return;
        var open = await opened.Value;
        await open.Chrome.DisposeAsync();
        open.Playwright.Dispose();
        await open.Service.DisposeAsync();
    }
}
