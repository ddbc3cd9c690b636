using System.Text.Json;
using Api.Tests.Cli;

namespace Api.Tests.Import;

public sealed class Importing_a_past_event
{
    const string Header = "row_key,source,category,identifiers,brand,model,event,occurred_at,place,party,facts";

    static string Row(
        string key,
        string name = "repair-recorded",
        string id = "register:test/1",
        string at = "2024-05-01",
        string party = "",
        string facts = ""
    ) => $"{key},test,appliance,{id},海尔,BCD,{name},{at},,{party},{facts}";

    static async Task<(ScratchLedger Ledger, Ran Ran, string File)> ImportAsync(params string[] rows)
    {
        var ledger = await ScratchLedger.OpenAsync();
        var file = ledger.Write("history.csv", $"{Header}\n{string.Join('\n', rows)}\n");
        return (ledger, await ledger.ImportAsync(file, "--kind", "history"), file);
    }

    [Fact]
    public async Task of_an_unknown_item_registers_it_first()
    {
        var (ledger, ran, _) = await ImportAsync(Row("one"), Row("two", at: "2024-06-01T08:00:00+08:00"));
        await using var gone = ledger;
        Assert.Equal((0, new Counts(2, 2, 0, 0, 0, 3)), (ran.Exit, ran.Counts));
        var history = await ledger.RunAsync("history", "register:test/1", "--json");
        Assert.Equal(
            [
                ("item-registered.v1", "2024-04-30T16:00:00.000Z"),
                ("repair-recorded.v1", "2024-04-30T16:00:00.000Z"),
                ("repair-recorded.v1", "2024-06-01T00:00:00.000Z"),
            ],
            history.Lines.Select(e => (e.GetProperty("type").GetString()!, e.GetProperty("occurredAt").GetString()!))
        );
        Assert.Equal("day", history.Lines[1].GetProperty("precision").GetString());
        Assert.False(
            history.Lines[2].TryGetProperty("precision", out var precise) && precise.ValueKind != JsonValueKind.Null
        );
    }

    [Theory]
    [InlineData("teleported", "2024-05-01", "", "", "event-unknown")]
    [InlineData("repair-recorded.v1", "2024-05-01", "", "", "event-unknown")]
    [InlineData("", "2024-05-01", "", "", "event-unknown")]
    // What the ledger notes on two streams at once, no register states of one.
    [InlineData("linked-fact-noted", "2024-05-01", "", "", "event-unknown")]
    [InlineData("identity-conflict-raised", "2024-05-01", "", "", "event-unknown")]
    [InlineData("identity-conflict-resolved", "2024-05-01", "", "", "event-unknown")]
    [InlineData("repair-recorded", "2024-02-30", "", "", "value-malformed")]
    [InlineData("repair-recorded", "9000-01-01", "", "", "occurred-in-future")]
    [InlineData("repair-recorded", "", "", "", "value-missing")]
    [InlineData("repair-recorded", "2024-05-01", "13800138000", "", "personal-data-in-public-field")]
    [InlineData("ownership-transferred", "2024-05-01", "13800138000", "", "personal-data-in-public-field")]
    [InlineData("repair-recorded", "2024-05-01", "", "outcome=exploded", "value-malformed")]
    [InlineData("repair-recorded", "2024-05-01", "", "costFen=much", "value-malformed")]
    [InlineData("repair-recorded", "2024-05-01", "", "nonsense", "value-malformed")]
    public async Task that_cannot_be_is_refused(string name, string at, string party, string facts, string code)
    {
        var (ledger, ran, file) = await ImportAsync(
            Row("one"),
            Row("bad", name, at: at, party: party, facts: facts),
            Row("two")
        );
        await using var gone = ledger;
        Assert.Equal((1, new Counts(3, 2, 0, 1, 0, 3)), (ran.Exit, ran.Counts));
        var row = Assert.Single(ScratchLedger.Rejected($"{file}.rejected.csv"));
        Assert.Equal((code, "bad", "2"), (row["code"], row["row_key"], row["row"]));
    }

    [Fact]
    public async Task with_the_key_of_another_is_refused()
    {
        var (ledger, ran, file) = await ImportAsync(Row("one"), Row("one", at: "2024-05-02"), Row("one"));
        await using var gone = ledger;
        Assert.Equal((1, new Counts(3, 1, 1, 1, 0, 2)), (ran.Exit, ran.Counts));
        Assert.Equal("row-key-reused", Assert.Single(ScratchLedger.Rejected($"{file}.rejected.csv"))["code"]);
    }

    [Fact]
    public async Task in_any_order_is_shown_oldest_first()
    {
        var (ledger, ran, _) = await ImportAsync(
            Row("late", at: "2024-09-01"),
            Row("early", "item-altered", at: "2024-01-01")
        );
        await using var gone = ledger;
        Assert.Equal((0, 3L), (ran.Exit, ran.Counts.Events));
        var history = await ledger.RunAsync("history", "register:test/1", "--json");
        var times = history.Lines.Select(e => e.GetProperty("occurredAt").GetString()!).ToList();
        Assert.Equal(3, times.Count);
        Assert.Equal(times.Order(StringComparer.Ordinal), times);
    }

    [Fact]
    public async Task keeps_further_facts_as_they_came()
    {
        var (ledger, ran, _) = await ImportAsync(Row("one", facts: "outcome=fixed;Werkstatt=Süd 🔧;a=b=c"));
        await using var gone = ledger;
        Assert.Equal(0, ran.Exit);
        var facts = (await ledger.RunAsync("history", "register:test/1", "--json")).Lines[^1].GetProperty("facts");
        Assert.Equal("fixed", facts.GetProperty("outcome").GetString());
        Assert.Equal("Süd 🔧", facts.GetProperty("Werkstatt").GetString());
        Assert.Equal("b=c", facts.GetProperty("a").GetString());
    }
}
