using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Api.Tests.Pages;

/// <summary>A page in a context of its own that remembers what went wrong in it.</summary>
public sealed class Tab : IAsyncDisposable
{
    readonly IBrowserContext context;
    readonly ConcurrentQueue<string> faults = [];

    Tab(IBrowserContext context, IPage page)
    {
        (this.context, Page) = (context, page);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
                faults.Enqueue($"console: {message.Text}");
        };
        page.PageError += (_, error) => faults.Enqueue($"script: {error}");
        page.RequestFailed += (_, request) => faults.Enqueue($"failed: {request.Url} {request.Failure}");
        page.Response += (_, response) =>
        {
            if (response.Status >= 400 && !response.Request.IsNavigationRequest)
                faults.Enqueue($"{response.Status}: {response.Url}");
        };
    }

    public IPage Page { get; }

    public static async Task<Tab> OpenAsync(Browser.Open open, bool script = true, int width = 1280, int height = 900)
    {
        var context = await open.Chrome.NewContextAsync(
            new()
            {
                BaseURL = open.Service.Address.ToString(),
                JavaScriptEnabled = script,
                Locale = "zh-CN",
                ViewportSize = new() { Width = width, Height = height },
            }
        );
        return new(context, await context.NewPageAsync());
    }

    public async Task<int> GoAsync(string path)
    {
        var response = await Page.GotoAsync(path, new() { WaitUntil = WaitUntilState.Load });
        return response!.Status;
    }

    public Task<string> TextAsync() => Page.InnerTextAsync("body");

    /// <summary>What the console says of the answer itself is no fault of the page.</summary>
    public IEnumerable<string> Faults =>
        faults.Where(f => !f.Contains("the server responded with a status of 40", StringComparison.Ordinal));

    public ValueTask DisposeAsync() => context.DisposeAsync();
}
