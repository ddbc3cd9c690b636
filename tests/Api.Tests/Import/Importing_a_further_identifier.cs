using Api.Tests.Cli;

namespace Api.Tests.Import;

/// <summary>A row names a known thing by one identifier more: the second IMEI of a phone. It is bound to that thing, or
/// the row is refused; a later row of it alone opens no second thing.</summary>
public sealed class Importing_a_further_identifier
{
    const string A = "imei:866920010007716",
        B = "imei:866920010007724",
        C = "imei:866920010008839";

    static Sale Phone(string key, string identifiers, string seller, string buyer, int month) =>
        new(key)
        {
            Category = "electronics",
            Identifiers = identifiers,
            Seller = seller,
            Buyer = buyer,
            Agreed = $"2024-0{month}-05T02:00:00Z",
        };

    /// <summary>Imports sales of which one is refused.</summary>
    static async Task RefusedAsync(
        ScratchLedger ledger,
        Counts counts,
        (string Code, string Row) refused,
        params Sale[] sales
    )
    {
        var file = ledger.Write("sales.csv", Sale.File(sales));
        var ran = await ledger.ImportAsync(file);
        Assert.Equal((1, counts), (ran.Exit, ran.Counts));
        var row = Assert.Single(ScratchLedger.Rejected($"{file}.rejected.csv"));
        Assert.Equal(refused, (row["code"], row["row"]));
    }

    [Fact]
    public async Task of_a_sale_binds_it_to_the_thing()
    {
        await using var ledger = await ScratchLedger.OpenAsync();
        Sale[] sales =
        [
            Phone("1", A, "DA", "DB", 3),
            Phone("2", $"{A};{B}", "DB", "DC", 4),
            // The same phone by its other number: whoever sells it must own it.
            Phone("3", B, "DX", "DY", 5),
            Phone("4", B, "DC", "DE", 6),
        ];
        await RefusedAsync(ledger, new(4, 3, 0, 1, 0, 5), ("seller-not-owner", "3"), sales);
        Assert.Equal(
            [
                "item-registered.v1",
                "sale-recorded.v1",
                "item-identifier-added.v1",
                "sale-recorded.v1",
                "sale-recorded.v1",
            ],
            await TypesAsync(ledger, B)
        );
        Assert.Equal([A, B], await IdentifiersAsync(ledger, A));
        // A second run binds nothing again.
        await RefusedAsync(ledger, new(4, 0, 3, 1, 0, 0), ("seller-not-owner", "3"), sales);
    }

    [Fact]
    public async Task of_a_sale_is_seen_by_a_dry_run()
    {
        await using var ledger = await ScratchLedger.OpenAsync();
        var file = ledger.Write(
            "sales.csv",
            Sale.File(Phone("1", A, "DA", "DB", 3), Phone("2", $"{B};{A}", "DB", "DC", 4), Phone("3", B, "DX", "DY", 5))
        );
        var ran = await ledger.ImportAsync(file, "--dry-run");
        Assert.Equal((1, new Counts(3, 2, 0, 1, 0, 4)), (ran.Exit, ran.Counts));
    }

    [Fact]
    public async Task of_two_known_things_refuses_the_row()
    {
        await using var ledger = await ScratchLedger.OpenAsync();
        await RefusedAsync(
            ledger,
            new(4, 3, 0, 1, 0, 6),
            ("identifiers-of-two-items", "3"),
            Phone("1", A, "CA", "CB", 3),
            Phone("2", B, "DA", "DB", 3),
            Phone("3", $"{A};{B}", "CB", "CC", 4),
            Phone("4", $"{C};{A}", "CB", "CD", 5)
        );
        Assert.Equal([A, C], await IdentifiersAsync(ledger, C));
    }

    /// <summary>A wrong check digit refuses a market's own sale, with the further identifier as with the
    /// first.</summary>
    [Fact]
    public async Task that_cannot_be_refuses_the_sale()
    {
        await using var ledger = await ScratchLedger.OpenAsync();
        await RefusedAsync(
            ledger,
            new(3, 2, 0, 1, 0, 3),
            ("imei-check-failed", "2"),
            Phone("1", A, "DA", "DB", 3),
            Phone("2", $"{A};imei:866920010007725", "DB", "DC", 4),
            Phone("3", A, "DB", "DC", 5)
        );
    }

    [Fact]
    public async Task of_a_past_event_binds_it_to_the_thing()
    {
        await using var ledger = await ScratchLedger.OpenAsync();
        var file = ledger.Write(
            "history.csv",
            $"""
            row_key,source,category,identifiers,brand,model,event,occurred_at,place,party,facts
            1,test,electronics,{A},Midea,M1,repair-recorded,2024-05-01,,,
            2,test,electronics,{A};{B};register:test/7,Midea,M1,repair-recorded,2024-04-01,,,
            3,test,electronics,{B},Midea,M1,repair-recorded,2024-06-01,,,

            """
        );
        var ran = await ledger.ImportAsync(file, "--kind", "history");
        Assert.Equal((0, new Counts(3, 3, 0, 0, 0, 6)), (ran.Exit, ran.Counts));
        Assert.Equal(
            [
                // By time: the second row is of a month before the first.
                "item-identifier-added.v1",
                "item-identifier-added.v1",
                "repair-recorded.v1",
                "item-registered.v1",
                "repair-recorded.v1",
                "repair-recorded.v1",
            ],
            await TypesAsync(ledger, "register:test/7")
        );
        Assert.Equal([A, B, "register:test/7"], await IdentifiersAsync(ledger, B));
        var audit = await ledger.RunAsync("audit");
        Assert.True(audit.Exit == 0, audit.Out + audit.Error);
    }

    static async Task<IEnumerable<string>> TypesAsync(ScratchLedger ledger, string id) =>
        (await ledger.RunAsync("history", id, "--json")).Lines.Select(e => e.GetProperty("type").GetString()!);

    static async Task<IEnumerable<string>> IdentifiersAsync(ScratchLedger ledger, string id) =>
        (await ledger.RunAsync("item", id, "--json"))
            .Document.GetProperty("identifiers")
            .EnumerateArray()
            .Select(i => i.GetString()!)
            .Order(StringComparer.Ordinal);

    /// <summary>As over HTTP: and one row never ends an import.</summary>
    [Fact]
    public async Task of_more_than_ten_is_refused_and_its_neighbours_are_recorded()
    {
        await using var ledger = await ScratchLedger.OpenAsync();
        var many = string.Join(';', Enumerable.Range(0, 80).Select(i => $"serial:E/M{i}"));
        await RefusedAsync(
            ledger,
            new(3, 2, 0, 1, 0, 4),
            ("value-out-of-range", "2"),
            new("a"),
            new("b") { Identifiers = many },
            new("c")
        );
    }
}
