using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Support;

namespace Api.Tests.Cli;

public sealed partial class One_history_told_three_ways
{
    const string Rows = """
        row_key,source,category,identifiers,brand,model,event,occurred_at,facts
        1,histovec,used-car,register:histovec/10000303257,PIAGGIO,LIBERTY 50,ownership-transferred,2010-02-15T11:27:04.724Z,via=foreign-register;vehicleClass=L1e
        2,histovec,used-car,register:histovec/10000303257,PIAGGIO,LIBERTY 50,hold-placed,2012-03-01,hold=otci
        3,histovec,used-car,register:histovec/10000303257,PIAGGIO,LIBERTY 50,hold-released,2012-04-01,hold=otci
        4,histovec,used-car,register:histovec/10000303257,PIAGGIO,LIBERTY 50,brand-recorded,2011-01-01,brand=damaged
        """;

    [Fact]
    public async Task agrees_event_for_event_by_command_line_http_and_page()
    {
        await using var ledger = await ScratchLedger.OpenAsync();
        Assert.Equal(0, (await ledger.ImportAsync(ledger.Write("h.csv", Rows), "--kind", "history")).Exit);
        var told = await ledger.RunAsync("history", "register:histovec/10000303257", "--json");
        await using var service = await TestService.StartAsync(connection: ledger.Connection);

        var path = "items/register:histovec%2F10000303257";
        var answered = JsonNode.Parse(
            await service.Client.GetStringAsync($"/api/v1/{path}/history", TestContext.Current.CancellationToken)
        )!["items"]!.AsArray();
        var shown = await service.Client.GetStringAsync($"/{path}", TestContext.Current.CancellationToken);

        Assert.Equal(5, told.Lines.Length);
        Assert.Equal(
            told.Lines.Select(l => (l.GetProperty("eventId").GetString(), l.GetProperty("facts").GetRawText())),
            answered.Select(e => ((string?)e!["eventId"], e["facts"]!.ToJsonString(Ledger.Kernel.WireJson.Options)))
        );
        Assert.Equal(
            told.Lines.Select(l => l.GetProperty("eventId").GetString()),
            EventOfPage().Matches(shown).Select(m => (string?)m.Groups[1].Value)
        );
    }

    [GeneratedRegex("<li id=\"([0-9a-f-]{36})\">")]
    private static partial Regex EventOfPage();
}
