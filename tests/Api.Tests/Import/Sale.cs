using System.Text;
using Api.Tests.Cli;
using Ledger.Kernel.Identifiers;

namespace Api.Tests.Import;

/// <summary>One row of a sales register: lawful unless a test says otherwise.</summary>
sealed record Sale(string Key)
{
    public const string Header =
        "row_key,market,category,identifiers,brand,model,seller,seller_kind,buyer,buyer_kind,"
        + "price_fen,currency,agreed_at,invoice_no";

    public string Market { get; init; } = "MK-510104-0001";
    public string Category { get; init; } = "appliance";
    public string Identifiers { get; init; } = $"serial:HAIER/{Key}";
    public string Brand { get; init; } = "海尔";
    public string Model { get; init; } = "BCD-201";
    public string Seller { get; init; } = $"K-{Key}-S";
    public string Buyer { get; init; } = $"K-{Key}-B";
    public string Price { get; init; } = "50000";
    public string Agreed { get; init; } = "2025-03-01T02:00:00Z";
    public string Invoice { get; init; } = "";

    public string[] Cells =>
        [
            Key,
            Market,
            Category,
            Identifiers,
            Brand,
            Model,
            Seller,
            "person",
            Buyer,
            "person",
            Price,
            "CNY",
            Agreed,
            Invoice,
        ];

    public string Line =>
        string.Join(
            ',',
            Cells.Select(c =>
                c.AsSpan().ContainsAny(",\"\n\r") ? $"\"{c.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : c
            )
        );

    /// <summary>A car with a check digit that fits, or one that does not.</summary>
    public static Sale Car(string key, string vin, bool fits)
    {
        var letters = vin.ToCharArray();
        var right = Vin.CheckDigit(letters);
        letters[8] =
            fits ? right
            : right == '1' ? '2'
            : '1';
        return new(key) { Category = "used-car", Identifiers = $"vin:{new string(letters)}" };
    }

    public static string File(params IEnumerable<Sale> sales) => Lines(sales.Select(s => s.Line));

    public static string Lines(params IEnumerable<string> lines)
    {
        var text = new StringBuilder().Append(Header).Append('\n');
        foreach (var line in lines)
            text.Append(line).Append('\n');
        return text.ToString();
    }
}

/// <summary>What a test of imports asks again and again.</summary>
static class Importing
{
    /// <summary>Imports one row between two good ones, which must be recorded; says why it was refused.</summary>
    public static async Task<Dictionary<string, string>> RefusedAsync(Sale sale) => await RefusedLineAsync(sale.Line);

    public static async Task<Dictionary<string, string>> RefusedLineAsync(string line)
    {
        await using var ledger = await ScratchLedger.OpenAsync();
        var file = ledger.Write("sales.csv", Sale.Lines(new Sale("before").Line, line, new Sale("after").Line));
        return await RefusedAsync(ledger, file);
    }

    /// <summary>Of three rows the second is refused.</summary>
    public static async Task<Dictionary<string, string>> RefusedAsync(
        ScratchLedger ledger,
        string file,
        params string[] options
    )
    {
        var ran = await ledger.ImportAsync(file, options);
        Assert.Equal(1, ran.Exit);
        Assert.Equal(new Counts(3, 2, 0, 1, 0, 4), ran.Counts);
        var row = Assert.Single(ScratchLedger.Rejected($"{file}.rejected.csv"));
        Assert.Equal("2", row["row"]);
        Assert.NotEmpty(row["detail"]);
        return row;
    }

    /// <summary>Nothing is recorded of a file that is not what it claims, and the sentence names it.</summary>
    public static async Task<Ran> NotReadAsync(ScratchLedger ledger, string file, params string[] options)
    {
        var ran = await ledger.ImportAsync(file, options);
        Assert.Equal(1, ran.Exit);
        Assert.Contains(file, ran.Error, StringComparison.Ordinal);
        Assert.Equal(0, await ledger.EventsAsync());
        Assert.False(File.Exists($"{file}.rejected.csv"));
        return ran;
    }

    public static async Task<Ran> AllRecordedAsync(ScratchLedger ledger, string file, int rows, params string[] options)
    {
        var ran = await ledger.ImportAsync(file, options);
        Assert.Equal((0, new Counts(rows, rows, 0, 0, 0, 2 * rows)), (ran.Exit, ran.Counts));
        Assert.False(File.Exists($"{file}.rejected.csv"));
        return ran;
    }
}
