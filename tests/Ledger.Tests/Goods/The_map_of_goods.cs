using System.Globalization;
using System.Text;
using Ledger.Goods;
using Ledger.Kernel;
using Support;

namespace Ledger.Tests.Goods;

/// <summary>src/Ledger/Goods/README.md is written here, so that it cannot grow stale.</summary>
public sealed class The_map_of_goods
{
    [Fact]
    public void is_what_the_code_says()
    {
        var text = new StringBuilder(
            """
            # Goods

            One physical thing from registration to its end. Written by `tests/Ledger.Tests/Goods/The_map_of_goods.cs`
            from the code; run it with `LEDGER_APPROVE=1` to write it anew.

            ## Life

            Where an event moves an item (`LifeTable.Rows`). An empty cell is refused with `wrong-state`; an
            observed fact is kept all the same, marked `out-of-sequence`. “back” is where the item came from.


            """
        );
        Life[] lives = [.. Enum.GetValues<Life>()];
        text.Append("| event |")
            .AppendJoin("", lives.Select(l => $" {WireWords.Of(l)} |"))
            .Append('\n')
            .Append("|---|")
            .AppendJoin("", lives.Select(_ => "---|"))
            .Append('\n');
        foreach (var row in LifeTable.Rows)
            text.Append(CultureInfo.InvariantCulture, $"| `{EventCatalog.OfType(row.Event)!.Name}` |")
                .AppendJoin(
                    "",
                    lives.Select(l =>
                        row.From.Contains(l) ? $" {(row.To is { } to ? WireWords.Of(to) : "back")} |" : " |"
                    )
                )
                .Append('\n');

        text.Append("\n## Events\n\n| wire name | 中文 | English |\n|---|---|---|\n");
        foreach (var line in EventCatalog.All)
            text.Append(CultureInfo.InvariantCulture, $"| `{line.WireName}` | {line.Zh} | {line.En} |\n");

        text.Append("\n## Refusals\n\n| code | status | 中文 | English |\n|---|---|---|---|\n");
        foreach (var line in RefusalCatalog.All)
            text.Append(
                CultureInfo.InvariantCulture,
                $"| `{line.Code}` | {line.Status} | {line.Zh.Title} | {line.En.Title} |\n"
            );
        Assert.Null(Approved.Differs(text.ToString(), "../../../src/Ledger/Goods/README.md"));
    }

    [Fact]
    public void has_one_target_for_each_event_and_life()
    {
        var cells = LifeTable.Rows.SelectMany(r => r.From.Select(f => (r.Event, f))).ToList();
        Assert.Equal(cells.Count, cells.Distinct().Count());
        Assert.All(LifeTable.Rows, r => Assert.DoesNotContain(Life.Ended, r.From));
    }
}
