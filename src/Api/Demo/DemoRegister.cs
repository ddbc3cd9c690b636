using System.Globalization;
using System.Text;
using Api.Import;
using Api.Lists;
using Ledger.Kernel;
using Ledger.Kernel.Identifiers;

namespace Api.Demo;

/// <summary>SplitMix64: the same numbers for the same seed, on every machine and in every version.</summary>
struct Chance(ulong seed)
{
    ulong state = seed;

    public ulong Next()
    {
        unchecked
        {
            var z = state += 0x9E3779B97F4A7C15;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }

    public int Below(int n) => (int)(Next() % (ulong)n);

    public T Of<T>(T[] several) => several[Below(several.Length)];
}

/// <summary>
/// A synthetic sales register of any size: lawful sales between 2024-01-01 and 2026-06-30, in order of time, a tenth of
/// them of items that were sold before. Dates are fixed, so that no row depends on today.
/// </summary>
sealed class DemoRegister(long rows, long seed, int faultsPermille = 0)
{
    static readonly DateTimeOffset First = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);
    static readonly TimeSpan Span = TimeSpan.FromDays(911);

    static readonly (string Make, string Wmi, string[] Models)[] Cars =
    [
        ("大众", "LSV", ["帕萨特", "朗逸", "途观"]),
        ("丰田", "LFM", ["卡罗拉", "RAV4"]),
        ("本田", "LHG", ["雅阁", "飞度"]),
        ("比亚迪", "LGX", ["秦", "宋", "汉"]),
        ("吉利", "LB3", ["帝豪", "博越"]),
        ("长安", "LS5", ["CS75", "逸动"]),
    ];
    static readonly (string Make, string[] Models)[] Phones =
    [
        ("华为", ["Mate 60", "P60"]),
        ("小米", ["14", "13"]),
        ("Apple", ["iPhone 14", "iPhone 13"]),
        ("OPPO", ["Find X6"]),
    ];
    static readonly (string Make, string[] Models)[] Appliances =
    [
        ("海尔", ["BCD-201", "EG100"]),
        ("美的", ["KFR-35", "MB30"]),
        ("格力", ["KFR-26"]),
    ];
    static readonly string[] Kinds = ["person", "person", "person", "dealer", "platform"];
    const string VinLetters = "ABCDEFGHJKLMNPRSTUVWXYZ0123456789";

    /// <summary>A sale that a later row may continue: the buyer sells on.</summary>
    sealed record Sold(
        string Market,
        string Category,
        string Identifiers,
        string Make,
        string Model,
        string Produced,
        string Registered,
        long Km,
        string Grade,
        string Buyer,
        string BuyerKind,
        long Fen,
        DateTimeOffset At
    );

    public static string[] Markets { get; } =
    [.. Divisions.All.Where(d => d.Level == "county").Where((_, i) => i % 5 == 0).Select(d => $"MK-{d.Code}-0001")];

    /// <summary>The history rows that open the register's markets (contract.md §4).</summary>
    public static void WriteMarkets(TextWriter writer)
    {
        Write(writer, RowReader.HistoryColumns);
        foreach (var market in Markets)
            Write(
                writer,
                [
                    $"open/{market}",
                    "demo",
                    "",
                    $"market:{market}",
                    "",
                    "",
                    "market-opened",
                    "2023-12-01",
                    "",
                    "",
                    $"name={Divisions.Find(MarketCode.DivisionOf(market))!.Name}旧货市场;mode=offline",
                ]
            );
    }

    public void WriteRows(TextWriter writer)
    {
        Write(writer, RowReader.SalesColumns);
        var chance = new Chance(unchecked((ulong)seed * 0x2545F4914F6CDD1D + 1));
        var recent = new Sold[512];
        var last = Array.Empty<string>();
        for (long i = 0; i < rows; i++)
        {
            var at = First + TimeSpan.FromMilliseconds(Math.Floor(Span.TotalMilliseconds / Math.Max(1, rows) * i));
            var place = chance.Below(recent.Length);
            var again = chance.Below(10) == 0 && recent[place] is { } earlier && at - earlier.At > TimeSpan.FromDays(3);
            var (sold, cells) = again ? Resold(recent[place], i, at, ref chance) : Fresh(i, at, ref chance);
            recent[place] = sold;
            Write(writer, last = cells);
            if (faultsPermille > 0 && chance.Below(1000) < faultsPermille)
                Write(writer, Faulty(cells, i, ref chance));
        }
    }

    (Sold, string[]) Fresh(long i, DateTimeOffset at, ref Chance chance)
    {
        var market = chance.Of(Markets);
        var year = at.Year - 1 - chance.Below(8);
        var registered = new DateOnly(year, 1 + chance.Below(12), 1 + chance.Below(28));
        var category = chance.Below(20) switch
        {
            < 9 => "used-car",
            < 15 => "electronics",
            < 19 => "appliance",
            _ => "furniture",
        };
        var (make, model, ids, fen) = category switch
        {
            "used-car" => Car(i, ref chance),
            "electronics" => Phone(i, ref chance),
            "appliance" => Appliance(i, ref chance),
            _ => (
                "手工",
                "实木桌",
                $"tag:{LedgerTag.Complete(Code(seed, 4, Uscc31) + Code(i, 7, Uscc31))}",
                20_000L + chance.Below(200_000)
            ),
        };
        var sold = new Sold(
            market,
            category,
            ids,
            make,
            model,
            category == "furniture" ? "" : Instants.Text(registered.AddDays(-30)),
            category == "used-car" ? Instants.Text(registered) : "",
            category == "used-car" ? 10_000 + chance.Below(140_000) : 0,
            category == "used-car" ? (1 + chance.Below(4)).ToString(CultureInfo.InvariantCulture) : "",
            $"K-{i}-B",
            chance.Of(Kinds),
            fen / 100 * 100,
            at
        );
        return (sold, Cells(sold, i, $"K-{i}-S", chance.Of(Kinds)));
    }

    (Sold, string[]) Resold(Sold before, long i, DateTimeOffset at, ref Chance chance)
    {
        var sold = before with
        {
            At = at,
            Buyer = $"K-{i}-B",
            BuyerKind = chance.Of(Kinds),
            Fen = before.Fen * (80 + chance.Below(15)) / 100 / 100 * 100,
            Km = before.Km == 0 ? 0 : before.Km + 500 + chance.Below(8_000),
        };
        return (sold, Cells(sold, i, before.Buyer, before.BuyerKind));
    }

    string[] Cells(Sold s, long i, string seller, string sellerKind) =>
        [
            $"r{seed}-{i}",
            s.Market,
            s.Category,
            s.Identifiers,
            s.Make,
            s.Model,
            s.Produced,
            s.Registered,
            s.Km == 0 ? "" : s.Km.ToString(CultureInfo.InvariantCulture),
            s.Grade,
            seller,
            sellerKind,
            s.Buyer,
            s.BuyerKind,
            s.Fen.ToString(CultureInfo.InvariantCulture),
            "CNY",
            Instants.Text(s.At),
            Instants.Text(s.At.AddHours(6)),
            s.Category == "used-car" ? $"F{seed}-{i}" : "",
            "",
        ];

    (string, string, string, long) Car(long i, ref Chance chance)
    {
        var (make, wmi, models) = chance.Of(Cars);
        // Positions 4–8 and 10–17 are free; the tail is the row number, so that no VIN comes twice.
        var vin = (
            wmi
            + Code(seed, 3, VinLetters)
            + Code((long)(chance.Next() >> 40), 2, VinLetters)
            + "0"
            + "R"
            + Code(i, 7, "0123456789ABCDEFGHJKLMNPRSTUVWXYZ")
        ).ToCharArray();
        vin[8] = Vin.CheckDigit(vin);
        return (make, chance.Of(models), $"vin:{new string(vin)}", 2_000_000 + chance.Below(18_000_000));
    }

    (string, string, string, long) Phone(long i, ref Chance chance)
    {
        var (make, models) = chance.Of(Phones);
        var body = (86 * 1_000_000_000_000L + (Math.Abs(seed) % 1000) * 1_000_000_000 + i % 1_000_000_000).ToString(
            "00000000000000",
            CultureInfo.InvariantCulture
        );
        var imei = Enumerable
            .Range(0, 10)
            .Select(d => body + d.ToString(CultureInfo.InvariantCulture))
            .First(Imei.CheckFits);
        return (make, chance.Of(models), $"imei:{imei}", 60_000 + chance.Below(500_000));
    }

    (string, string, string, long) Appliance(long i, ref Chance chance)
    {
        var (make, models) = chance.Of(Appliances);
        return (make, chance.Of(models), $"serial:{make}/S{seed}N{i}", 30_000 + chance.Below(300_000));
    }

    const string Uscc31 = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    static string Code(long number, int length, string digits)
    {
        var text = new char[length];
        var rest = (ulong)Math.Abs(number);
        for (var i = length - 1; i >= 0; i--, rest /= (ulong)digits.Length)
            text[i] = digits[(int)(rest % (ulong)digits.Length)];
        return new(text);
    }

    /// <summary>A malformed row, or the same row once more.</summary>
    static string[] Faulty(string[] cells, long i, ref Chance chance)
    {
        var bad = (string[])cells.Clone();
        var kind = chance.Below(7);
        if (kind > 0)
            bad[0] += $"-x{i}";
        switch (kind)
        {
            case 1:
                bad[14] = "-" + bad[14];
                break;
            case 2:
                bad[12] = "";
                break;
            case 3:
                bad[2] = "spaceship";
                break;
            case 4:
                bad[16] = "2026-02-30";
                break;
            case 5:
                bad[3] = "vin:LSVAM4187C2184848";
                break;
            case 6:
                return bad[..9];
        }
        return bad;
    }

    static void Write(TextWriter writer, IEnumerable<string> cells)
    {
        writer.Write(new StringBuilder().AppendJoin(',', cells.Select(CsvText.Quoted)).Append('\n'));
    }
}
