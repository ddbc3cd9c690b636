using Api.Tests.Import;
using Projections;

namespace Api.Tests.Cli;

/// <summary>One item, sold in March and again in May.</summary>
public sealed class SoldTwice : IAsyncLifetime
{
    internal const string Id = "serial:HAIER/one";
    internal ScratchLedger Ledger { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Ledger = await ScratchLedger.OpenAsync();
        var first = new Sale("one");
        var second = first with
        {
            Key = "two",
            Seller = first.Buyer,
            Buyer = "K-last",
            Agreed = "2025-05-01T02:00:00Z",
            Price = "40000",
        };
        var ran = await Ledger.ImportAsync(Ledger.Write("sales.csv", Sale.File(first, second)));
        Assert.Equal((0, 3L), (ran.Exit, ran.Counts.Events));
    }

    public ValueTask DisposeAsync() => Ledger.DisposeAsync();
}

public sealed class Reading_an_item(SoldTwice sold) : IClassFixture<SoldTwice>
{
    [Theory]
    [InlineData(SoldTwice.Id)]
    [InlineData(" serial:haier/ONE ")]
    [InlineData("serial:Haier/one")]
    public async Task shows_it_by_any_spelling_of_its_identifier(string id)
    {
        var ran = await sold.Ledger.RunAsync("item", id, "--json");
        Assert.Equal(0, ran.Exit);
        Assert.Equal(
            ("appliance", "MK-510104-0001/K-last"),
            (ran.Document.GetProperty("category").GetString(), ran.Document.GetProperty("owner").GetString())
        );
    }

    [Fact]
    public async Task shows_it_by_its_own_id()
    {
        var id = (await sold.Ledger.RunAsync("item", SoldTwice.Id, "--json")).Document.GetProperty("id").GetString()!;
        var ran = await sold.Ledger.RunAsync("item", id, "--json");
        Assert.Equal((0, id), (ran.Exit, ran.Document.GetProperty("id").GetString()));
    }

    [Fact]
    public async Task shows_it_to_a_person()
    {
        var ran = await sold.Ledger.RunAsync("item", SoldTwice.Id);
        Assert.Equal(0, ran.Exit);
        Assert.Contains("海尔", ran.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("{", ran.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("serial:HAIER/none", "item-not-found")]
    [InlineData("01900000-0000-8000-8000-000000000000", "item-not-found")]
    [InlineData("vin:123", "vin-malformed")]
    [InlineData("colour:red", "identifier-kind-unknown")]
    [InlineData("nonsense", "identifier-malformed")]
    public async Task that_is_not_there_says_no(string id, string code)
    {
        var ran = await sold.Ledger.RunAsync("item", id, "--json");
        Assert.Equal((1, code), (ran.Exit, ran.Document.GetProperty("code").GetString()));
        Assert.NotEmpty(ran.Error.Trim());
    }

    [Fact]
    public async Task as_of_a_time_shows_who_owned_it_then()
    {
        var ran = await sold.Ledger.RunAsync("item", SoldTwice.Id, "--json", "--as-of", "2025-04-01");
        Assert.Equal((0, "MK-510104-0001/K-one-B"), (ran.Exit, ran.Document.GetProperty("owner").GetString()));
    }
}

public sealed class Reading_a_history(SoldTwice sold) : IClassFixture<SoldTwice>
{
    Task<Ran> HistoryAsync(params string[] options) =>
        sold.Ledger.RunAsync(["history", SoldTwice.Id, "--json", .. options]);

    [Fact]
    public async Task lists_every_event_with_the_members_others_parse()
    {
        var ran = await HistoryAsync();
        Assert.Equal(
            ["item-registered.v1", "sale-recorded.v1", "sale-recorded.v1"],
            ran.Lines.Select(e => e.GetProperty("type").GetString())
        );
        foreach (var line in ran.Lines)
        foreach (var member in (string[])["type", "occurredAt", "recordedAt", "eventId", "facts"])
            Assert.True(line.TryGetProperty(member, out _), $"{member} is missing in {line}");
        // One after another, behind what was there before.
        var places = ran.Lines.Select(e => e.GetProperty("leafIndex").GetInt64()).ToList();
        Assert.True(places[0] > 0);
        Assert.Equal([places[0], places[0] + 1, places[0] + 2], places);
    }

    [Theory]
    [InlineData("2025-02-28", 0)]
    [InlineData("2025-03-01T01:59:59Z", 0)]
    [InlineData("2025-03-01T02:00:00Z", 2)]
    [InlineData("2025-03-01", 2)]
    [InlineData("2025-05-01T10:00:00+08:00", 3)]
    [InlineData("9000-01-01", 3)]
    public async Task as_of_a_time_keeps_what_had_occurred(string time, int events)
    {
        var ran = await HistoryAsync("--as-of", time);
        if (events == 0)
            Assert.Equal((1, "item-not-found"), (ran.Exit, ran.Document.GetProperty("code").GetString()));
        else
            Assert.Equal((0, events), (ran.Exit, ran.Lines.Length));
    }

    [Theory]
    [InlineData("2001-01-01", 1)]
    [InlineData("9000-01-01T00:00:00Z", 0)]
    public async Task known_at_a_time_keeps_what_had_been_recorded(string time, int exit) =>
        Assert.Equal(exit, (await HistoryAsync("--known-at", time)).Exit);

    [Fact]
    public async Task shows_lines_to_a_person()
    {
        var ran = await sold.Ledger.RunAsync("history", SoldTwice.Id);
        Assert.Equal((0, 3), (ran.Exit, ran.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length));
        Assert.Contains("sale-recorded", ran.Out, StringComparison.Ordinal);
    }
}

public sealed class Rebuilding_a_view(SoldTwice sold) : IClassFixture<SoldTwice>
{
    [Fact]
    public async Task rebuilds_each_of_them()
    {
        foreach (var view in Registry.Views)
        {
            var ran = await sold.Ledger.RunAsync("rebuild", view.Name, "--json");
            Assert.Equal((0, view.Name), (ran.Exit, ran.Document[0].GetProperty("view").GetString()));
        }
    }

    [Fact]
    public async Task without_a_name_rebuilds_all()
    {
        var ran = await sold.Ledger.RunAsync("rebuild", "--json");
        Assert.Equal(0, ran.Exit);
        Assert.Equal(
            Registry.Views.Select(v => v.Name),
            ran.Document.EnumerateArray().Select(v => v.GetProperty("view").GetString()!)
        );
        Assert.All(ran.Document.EnumerateArray(), v => Assert.InRange(v.GetProperty("rows").GetInt64(), 0, 3));
    }

    [Fact]
    public async Task of_an_unknown_name_says_which_there_are()
    {
        var ran = await sold.Ledger.RunAsync("rebuild", "nonsense");
        Assert.Equal(2, ran.Exit);
        Assert.Contains(Registry.Views[0].Name, ran.Error, StringComparison.Ordinal);
    }
}
