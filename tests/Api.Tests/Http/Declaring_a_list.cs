using System.Globalization;
using System.Text;
using Api.Lists;
using Support;

namespace Api.Tests.Http;

/// <summary>A list is declared once: its address, its filters, its page, its place in the navigation and its words in
/// the documents are the same everywhere.</summary>
public sealed class Declaring_a_list(RunningService running)
{
    [Fact]
    public async Task Its_filters_stand_in_the_API_document()
    {
        var document = (await (await running.CallerAsync()).GetAsync("/openapi/v1.json")).Is(200).Json;
        foreach (var list in LedgerLists.All)
            Assert.Equal(
                list.Parameters.Select(p => p.Name).Append("format").Order(),
                document["paths"]![$"/api/v1/{list.Path}"]!["get"]!["parameters"]!
                    .AsArray()
                    .Where(p => (string?)p!["in"] == "query")
                    .Select(p => (string)p!["name"]!)
                    .Order()
            );
    }

    [Fact]
    public async Task Its_filters_stand_on_its_page_and_keep_what_was_asked()
    {
        var caller = await running.CallerAsync();
        foreach (var list in LedgerLists.All.Where(l => l.Page is not null))
        {
            var page = (await caller.GetAsync(list.PagePath)).Is(200).Text;
            foreach (var parameter in list.Parameters)
                Assert.True(
                    page.Contains($"name=\"{parameter.Name}\"", StringComparison.Ordinal) != parameter.IsTechnical,
                    $"{list.PagePath}: {parameter.Name}"
                );
        }
        var asked = (await caller.GetAsync("/regulator/alerts?kind=clone&market=MK-510104-0001")).Is(200).Text;
        Assert.Contains("<option value=\"clone\" selected", asked, StringComparison.Ordinal);
        Assert.Contains("value=\"MK-510104-0001\"", asked, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_navigation_leads_to_its_page()
    {
        var home = (await (await running.CallerAsync()).GetAsync("/")).Is(200).Text;
        Assert.All(
            LedgerLists.All.Where(l => l.Page is not null),
            l => Assert.Contains($"<a href=\"{l.PagePath}\"", home, StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("/api/v1/regulator/register?type=boat")]
    [InlineData("/api/v1/market/listings?state=lost")]
    [InlineData("/api/v1/market/listings?limit=0")]
    [InlineData("/api/v1/regulator/alerts?from=yesterday")]
    public async Task A_value_that_is_none_of_its_filters_is_refused_by_name(string path)
    {
        var problem = (await (await running.CallerAsync()).GetAsync(path)).Is(400).Json;
        Assert.Equal("query-malformed", (string?)problem["code"]);
        Assert.Equal([path.Split('?')[1].Split('=')[0]], problem["errors"]!.AsObject().Select(e => e.Key));
    }

    /// <summary>A place in one list is none in another that is sorted otherwise.</summary>
    [Fact]
    public async Task A_cursor_of_another_list_is_refused()
    {
        var caller = await running.CallerAsync();
        var byTime = Uri.EscapeDataString(Projections.Cursor.Of(DateTimeOffset.UnixEpoch, Guid.Empty, 0));
        var problem = (await caller.GetAsync($"/api/v1/regulator/register?cursor={byTime}")).Is(400).Json;
        Assert.Equal("cursor-malformed", (string?)problem["code"]);
    }

    /// <summary>Whoever forges a place is told so, and no statement sees what he wrote.</summary>
    [Theory]
    [InlineData("market/listings", """["\ud800","00000000-0000-0000-0000-000000000000",0]""")]
    [InlineData("regulator/accesses", """["\ud800","00000000-0000-0000-0000-000000000000",0]""")]
    [InlineData("regulator/register", """[["\ud800","x"],"00000000-0000-0000-0000-000000000000",0]""")]
    [InlineData("regulator/register", """[["a\u0000","x"],"00000000-0000-0000-0000-000000000000",0]""")]
    [InlineData("regulator/register", """[["a"],"00000000-0000-0000-0000-000000000000",0]""")]
    [InlineData("regulator/register", """[["a",1],"00000000-0000-0000-0000-000000000000",0]""")]
    public async Task A_forged_cursor_is_refused(string list, string json)
    {
        var cursor = System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
        var problem = (await (await running.CallerAsync()).GetAsync($"/api/v1/{list}?cursor={cursor}")).Is(400).Json;
        Assert.Equal("cursor-malformed", (string?)problem["code"]);
    }

    /// <summary>A county is offered by few forms, and may be asked of every list of places.</summary>
    [Fact]
    public async Task A_county_is_kept_by_the_form_that_does_not_offer_it()
    {
        var page = (await (await running.CallerAsync()).GetAsync("/market/listings?division=510104")).Is(200).Text;
        Assert.Contains("<option value=\"510104\" selected", page, StringComparison.Ordinal);
    }

    [Fact]
    public void What_stands_on_the_register_has_words() =>
        Assert.Equal(
            ["market", "station", "exporter", "issuer", .. Ledger.Kernel.WireWords.All<Ledger.Parties.LicenceKind>()],
            RegulatorLists.RegisterTypes.Select(t => t.Value)
        );

    [Fact]
    public void It_is_told_in_the_docs()
    {
        var text = new StringBuilder(
            """
            # Lists

            Written by `tests/Api.Tests/Http/Declaring_a_list.cs` from the code; run it with `LEDGER_APPROVE=1` to write it again.

            Below `/api/v1/`; a list with a page has it at the address that is named. What an answer looks like and how it is saved:
            [contract.md](contract.md) §3. Of some words the first holds where none is given; *or* ends what may stand there.

            """
        );
        foreach (var list in LedgerLists.All)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"\n## {list.Path}\n\n{list.Summary}. {Page(list)} {Views(list)} {(list.IsPaged ? "In pages." : "One answer.")}\n"
            );
            if (list.Parameters.Count == 0)
                continue;
            text.Append("\n| parameter | 中文 | meaning | values |\n|---|---|---|---|\n");
            foreach (var p in list.Parameters)
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"| `{p.Name}` | {p.Label.Zh} | {p.Label.En} | {Values(p)} |\n"
                );
        }
        Assert.Null(Approved.Differs(text.ToString(), "../../../docs/lists.md"));
    }

    static string Page(LedgerList list) => list.Page is null ? "No page." : $"Page: `{list.PagePath}`.";

    static string Views(LedgerList list) =>
        list.Views.Count == 0
            ? "Read from streams."
            : $"Views: {string.Join(", ", list.Views.Select(v => $"[{v.Name}](views.md#{v.Name})"))}.";

    static string Values(QueryParameter p) =>
        p switch
        {
            { Options.Count: 0 } => p.Format switch
            {
                QueryFormat.Limit => $"1–{p.Most}; {p.Otherwise}",
                QueryFormat.Month => "`yyyy-MM`, or a day in it",
                QueryFormat.Day => "`yyyy-MM-dd`",
                QueryFormat.Instant => "RFC 3339, or a day",
                QueryFormat.Leaf => "a leaf index",
                _ => p.Example is null ? "text" : $"text, e.g. `{p.Example}`",
            },
            { IsOpen: true } => p.Name is "event" ? "a name of [events.md](events.md)" : "six digits of GB/T 2260",
            _ => string.Join(", ", p.Options.Select(o => $"`{o.Value}`")),
        };
}
