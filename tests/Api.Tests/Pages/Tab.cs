using System.Collections.Concurrent;
using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace Api.Tests.Pages;

/// <summary>A page without a past that remembers what goes wrong in it. Whoever closes it leaves it to the next test
/// that wants one with or without script: a new one costs more than what it is asked.</summary>
public sealed class Tab : IAsyncDisposable
{
    static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    static readonly ConcurrentDictionary<(Browser.Open, bool Script), ConcurrentBag<Tab>> Free = new();

    readonly (Browser.Open, bool Script) kind;
    readonly ConcurrentQueue<string> faults = [];

    Tab((Browser.Open, bool Script) kind, IPage page)
    {
        (this.kind, Page) = (kind, page);
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
        var kind = (open, script);
        if (!Free.GetOrAdd(kind, _ => []).TryTake(out var tab))
        {
            var context = await open.Chrome.NewContextAsync(
                new()
                {
                    BaseURL = open.Service.Address.ToString(),
                    JavaScriptEnabled = script,
                    Locale = "zh-CN",
                }
            );
            tab = new(kind, await context.NewPageAsync());
        }
        await tab.Page.SetViewportSizeAsync(width, height);
        return tab;
    }

    public async Task<int> GoAsync(string path)
    {
        var response = await Page.GotoAsync(path, new() { WaitUntil = WaitUntilState.Load });
        return response!.Status;
    }

    /// <summary>What keeps somebody out, by the rules of axe; each with its place. The library's own way in takes ten
    /// times as long: it opens a page more for each look, and tells what passes.</summary>
    public async Task<string[]> BarriersAsync()
    {
        await Page.EvaluateAsync(Axe);
        return await Page.EvaluateAsync<string[]>(
            """
            async () => (await axe.run(document, { resultTypes: ['violations'] })).violations.flatMap(v =>
                v.nodes.map(n => `${v.id} (${v.impact}): ${v.help} at ${n.target} in ${n.html}`))
            """
        );
    }

    public Task<string> TextAsync() => Page.InnerTextAsync("body");

    /// <summary>What the console says of the answer itself is no fault of the page.</summary>
    public IEnumerable<string> Faults =>
        faults.Where(f => !f.Contains("the server responded with a status of 40", StringComparison.Ordinal));

    /// <summary>Nothing of it is left: no page, no cookie, no fault.</summary>
    public async ValueTask DisposeAsync()
    {
        await Page.GotoAsync("about:blank");
        await Page.Context.ClearCookiesAsync();
        faults.Clear();
        Free[kind].Add(this);
    }
}
