using System.Globalization;
using System.IO.Compression;
using System.Text;
using Api.Import;
using Fuzz;
using Support;

namespace Api.Tests.Import;

/// <summary>Mutants of every kind of file: each is read, or refused with a file, a row, a column; none is a fault of
/// the
/// program.</summary>
[TakesLong]
public sealed class Fuzzing_an_import
{
    const int Seed = 20_260_105,
        PerSeed = 60;

    static readonly string Cases = Path.GetFullPath(Path.Combine(Places.Root, "..", "shared", "cases"));

    static readonly string[] Salt =
    [
        "\"",
        "\"\"",
        "\n",
        "\r",
        ",",
        ";",
        "\0",
        "\uFFFE",
        "\uFFFF",
        "\uFDD0",
        "\u202E",
        "=1+1",
        "9999-12-31",
        "0001-01-01T00:00:00+14:00",
        "1e308",
        "99999999999999999999",
        "-0",
        "NaN",
        "vin:",
        "MK-5",
        "{",
        "}",
        "[",
        "\\ud800",
        "<c r=\"XFE9999999\"><v>1</v></c>",
        "<row r=\"2000000000\"/>",
        "<f/>",
        "&#0;",
        "_xD800_",
        "t=\"s\"",
        "s=\"999999\"",
    ];

    [Fact]
    public async Task No_mutant_is_a_fault_of_the_program()
    {
        await using var ledger = await TestLedger.OpenAsync();
        var folder = Directory.CreateTempSubdirectory("ledger-import-").FullName;
        var chance = new Chance(Seed);
        var (read, refused, rows) = (0, 0, 0L);
        foreach (var (name, bytes) in Seeds())
            for (var n = 0; n < PerSeed; n++)
            {
                var mutant = n == 0 ? bytes : Mutated(name, bytes, chance);
                var path = Path.Combine(folder, $"{(read + refused).ToString(CultureInfo.InvariantCulture)}-{name}");
                await File.WriteAllBytesAsync(path, mutant, TestContext.Current.CancellationToken);
                try
                {
                    rows += await ImportAsync(ledger, path, kind: chance.Below(2), map: Map(folder, chance));
                    read++;
                }
                catch (Exception error) when (error is NotWhatItClaimsException or NoFileException or MapException)
                {
                    Assert.Contains(folder, error.Message, StringComparison.Ordinal);
                    refused++;
                }
                // Anything else is what is looked for: its file is kept, and named.
                catch (Exception error) when (error is not OperationCanceledException)
                {
                    Assert.Fail($"seed {Seed}: {path}: {error}");
                }
                File.Delete(path);
            }
        Directory.Delete(folder, recursive: true);
        // Both ways are walked, else the mutants show nothing.
        Assert.InRange(read, 200, int.MaxValue);
        Assert.InRange(refused, 200, int.MaxValue);
        Assert.InRange(rows, 1_000, long.MaxValue);
    }

    /// <summary>A dry run through everything but the write, with its list of refused rows.</summary>
    static async Task<long> ImportAsync(TestLedger ledger, string path, int kind, string? map)
    {
        var read = map is null ? null : ImportMap.Read(map);
        var sales = (read?.Kind ?? (kind == 0 ? "sales" : "history")) == "sales";
        using var source = RowSource.Open(path, read);
        var reader = new RowReader(source, sales, read, null, path);
        using var list = new RejectedFile($"{path}.rejected.csv", source.Header, chinese: kind == 0);
        var importer = new Importer(ledger.Node, list.Add, dryRun: true);
        var orders = new RowRequests(ledger.Database.Handles, read, null);
        await importer.RunAsync(
            source,
            reader.Read,
            sales ? orders.Sale : orders.History,
            (_, _) => { },
            TestContext.Current.CancellationToken
        );
        File.Delete($"{path}.rejected.csv");
        return importer.Counts.Read;
    }

    static readonly string[] Maps = Directory.Exists(Cases) ? Directory.GetFiles(Cases, "*map*.json") : [];

    /// <summary>Sometimes a map of the cases, sometimes a mutant of one.</summary>
    static string? Map(string folder, Chance chance)
    {
        if (Maps.Length == 0 || !chance.OneIn(4))
            return null;
        var map = chance.Of(Maps);
        if (chance.OneIn(2))
            return map;
        var mutant = Path.Combine(folder, "map.json");
        File.WriteAllBytes(mutant, Text(File.ReadAllBytes(map), chance));
        return mutant;
    }

    static IEnumerable<(string Name, byte[] Bytes)> Seeds()
    {
        var sales = Sale.File([.. Enumerable.Range(0, 12).Select(n => new Sale($"r{n}"))]);
        var history = History();
        yield return ("sales.csv", Encoding.UTF8.GetBytes(sales));
        yield return ("history.csv", Encoding.UTF8.GetBytes(history));
        yield return ("utf16.csv", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(sales)]);
        yield return ("sales.csv.gz", Gzip(Encoding.UTF8.GetBytes(sales)));
        yield return ("sales.jsonl", Encoding.UTF8.GetBytes(JsonLines(sales)));
        yield return ("history.jsonl.gz", Gzip(Encoding.UTF8.GetBytes(JsonLines(history))));
        var book = Book(sales);
        yield return ("sales.xlsx", book);
        yield return ("sales.xlsx.gz", Gzip(book));
        yield return ("archive.csv", book);
        if (Directory.Exists(Cases))
            foreach (
                var path in Directory
                    .EnumerateFiles(Cases)
                    .Where(p => !p.EndsWith(".md", StringComparison.Ordinal))
                    .Order(StringComparer.Ordinal)
            )
                if (Path.GetExtension(path) is ".csv" or ".xlsx" or ".jsonl")
                    yield return (Path.GetFileName(path), File.ReadAllBytes(path));
    }

    /// <summary>A row of each event of the catalogue, with facts of its members' names.</summary>
    static string History()
    {
        var text = new StringBuilder(
            "row_key,source,category,identifiers,brand,model,event,occurred_at,place,party,facts\n"
        );
        var n = 0;
        foreach (var line in Ledger.EventCatalog.All)
        {
            var facts = line
                .Type.GetConstructors()[0]
                .GetParameters()
                .Select(
                    (p, i) =>
                        $"{char.ToLowerInvariant(p.Name![0])}{p.Name[1..]}={(i % 3 == 0 ? "1" : i % 3 == 1 ? "true" : "2026-01-05")}"
                );
            text.Append(
                CultureInfo.InvariantCulture,
                $"r{++n},other,used-car,register:other/{n % 7},B,M,{line.Name},2025-01-05,place,K-{n},\"{string.Join(';', facts)}\"\n"
            );
            text.Append(
                CultureInfo.InvariantCulture,
                $"r{++n},other,electronics,register:other/e{n % 5},B,M,{line.Name},2025-01-05T02:00:00Z,,,\n"
            );
        }
        return text.ToString();
    }

    static string JsonLines(string csv)
    {
        var lines = csv.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var header = lines[0].Split(',');
        return string.Join(
            '\n',
            lines[1..]
                .Select(l =>
                    $"{{{string.Join(',', header.Zip(l.Split(',')).Select(p => $"\"{p.First}\":{System.Text.Json.JsonSerializer.Serialize(p.Second.Trim('"'))}"))}}}"
                )
        );
    }

    static byte[] Book(string csv)
    {
        var rows = csv.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return Workbook.Make(
            ("Sales", "sheet1.xml", Workbook.Sheet(rows.Select((r, i) => Workbook.Row(i + 1, r.Split(',')))))
        );
    }

    /// <summary>What is packed is mutated inside as often as outside.</summary>
    static byte[] Mutated(string name, byte[] bytes, Chance chance)
    {
        if (name.EndsWith(".gz", StringComparison.Ordinal) && !chance.OneIn(4))
            return Gzip(Mutated(name[..^3], Unzipped(bytes), chance));
        return name.EndsWith(".xlsx", StringComparison.Ordinal) && !chance.OneIn(4)
            ? Parts(bytes, chance)
            : Text(bytes, chance);
    }

    static byte[] Text(byte[] bytes, Chance chance)
    {
        var mutant = bytes.ToList();
        for (var times = 1 + chance.Below(4); times > 0 && mutant.Count > 0; times--)
        {
            var at = chance.Below(mutant.Count);
            switch (chance.Below(6))
            {
                case 0:
                    mutant[at] = (byte)chance.Below(256);
                    break;
                case 1:
                    mutant.RemoveRange(at, Math.Min(mutant.Count - at, 1 + chance.Below(40)));
                    break;
                case 2:
                    mutant.RemoveRange(at, mutant.Count - at);
                    break;
                case 3:
                    mutant.InsertRange(at, mutant.GetRange(at, Math.Min(mutant.Count - at, 1 + chance.Below(200))));
                    break;
                case 4:
                    mutant.InsertRange(at, chance.Bytes(1 + chance.Below(20)));
                    break;
                default:
                    mutant.InsertRange(at, Encoding.UTF8.GetBytes(chance.Of(Salt)));
                    break;
            }
        }
        return [.. mutant];
    }

    /// <summary>The archive with one part mutated, missing, there twice, or under another name.</summary>
    static byte[] Parts(byte[] bytes, Chance chance)
    {
        using var memory = new MemoryStream();
        using (var from = new ZipArchive(new MemoryStream(bytes), ZipArchiveMode.Read))
        using (var to = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            var chosen = chance.Below(from.Entries.Count);
            foreach (var (entry, i) in from.Entries.Select((e, i) => (e, i)))
            {
                var content = Read(entry);
                if (i == chosen)
                    switch (chance.Below(8))
                    {
                        case 0:
                            continue;
                        case 1:
                            Write(to, entry.FullName, content);
                            break;
                        case 2:
                            Write(to, $"../{entry.FullName}", content);
                            continue;
                        default:
                            content = Text(content, chance);
                            break;
                    }
                Write(to, entry.FullName, content);
            }
        }
        return memory.ToArray();
    }

    static byte[] Read(ZipArchiveEntry entry)
    {
        using var stream = entry.Open();
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return memory.ToArray();
    }

    static void Write(ZipArchive zip, string name, byte[] content)
    {
        using var stream = zip.CreateEntry(name).Open();
        stream.Write(content);
    }

    static byte[] Gzip(byte[] bytes)
    {
        using var memory = new MemoryStream();
        using (var gzip = new GZipStream(memory, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(bytes);
        return memory.ToArray();
    }

    static byte[] Unzipped(byte[] bytes)
    {
        using var gzip = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
        using var memory = new MemoryStream();
        gzip.CopyTo(memory);
        return memory.ToArray();
    }
}
