using System.Globalization;
using System.IO.Compression;
using System.Xml;
using System.Xml.Linq;
using Ledger.Kernel;
using MiniExcelLibs;

namespace Api.Import;

/// <summary>XLSX: the first sheet, or the map's. The archive is measured and searched for formulas before a cell is
/// read.</summary>
sealed class XlsxRows : IRowSource
{
    const long LargestUnpacked = 1L << 30;
    const int LargestRatio = 100;

    readonly Stream file;
    readonly string? unpacked;
    readonly string sheet;
    readonly HashSet<int> formulaRows = [];
    readonly long rows;
    long read;

    public XlsxRows(string path, ImportMap? map)
    {
        if (SourceFile.IsGzip(path))
            unpacked = Unpack(path);
        file = File.OpenRead(unpacked ?? path);
        try
        {
            var names = Inspect(path);
            if (names.Count == 0)
                throw new NotWhatItClaimsException($"{path} is not an XLSX workbook: it has no sheet.");
            sheet = map?.Sheet ?? names[0];
            if (!names.Contains(sheet))
                throw new NotWhatItClaimsException(
                    $"{path} has no sheet “{sheet}”; it has {string.Join(", ", names)}."
                );
            rows = FindFormulas(path);
            Header =
                Cells().FirstOrDefault()?.Select(c => c.Trim()).ToArray()
                ?? throw new NotWhatItClaimsException($"{path} is empty: its sheet begins with the header.");
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public string[] Header { get; }

    public double Progress => rows == 0 ? 1 : Math.Min(1, read / (double)rows);

    public IEnumerable<SourceRow> Rows()
    {
        var number = 0;
        foreach (var cells in Cells().Skip(1))
        {
            number++;
            read++;
            if (cells.All(c => c.Length == 0))
                continue;
            var whole =
                cells.Length >= Header.Length
                    ? cells
                    : [.. cells, .. Enumerable.Repeat("", Header.Length - cells.Length)];
            var fault =
                formulaRows.Contains(number + 1) ? new Refusal("formula-cell")
                : cells.Length > Header.Length
                    ? Refusal.Of("field-count", ("found", cells.Length), ("expected", Header.Length))
                : cells.Any(c => c.Length > RowSource.LongestCell)
                    ? Refusal.Of("field-too-large", ("longest", RowSource.LongestCell))
                : RowSource.Check(whole, "XLSX");
            yield return new(number, whole, fault);
        }
    }

    IEnumerable<string[]> Cells()
    {
        file.Position = 0;
        foreach (
            IDictionary<string, object?> row in file.Query(
                useHeaderRow: false,
                sheetName: sheet,
                excelType: ExcelType.XLSX
            )
        )
            yield return [.. row.Values.Select(Text)];
    }

    static string Text(object? cell) =>
        cell switch
        {
            null => "",
            string s => s,
            DateTime { TimeOfDay.Ticks: 0 } day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            DateTime time => time.ToString("yyyy-MM-dd'T'HH:mm:ss.FFF", CultureInfo.InvariantCulture),
            double d when d == Math.Truncate(d) && Math.Abs(d) < 1e15 => d.ToString("0", CultureInfo.InvariantCulture),
            IFormattable f => f.ToString(null, CultureInfo.InvariantCulture),
            _ => cell.ToString() ?? "",
        };

    /// <summary>Measures the archive by unpacking it into nothing: what an entry claims of its size proves
    /// nothing.</summary>
    List<string> Inspect(string path)
    {
        try
        {
            using var archive = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
            var most = Math.Min(LargestUnpacked, file.Length * LargestRatio);
            long total = 0;
            var buffer = new byte[1 << 16];
            foreach (var entry in archive.Entries)
            {
                using var stream = entry.Open();
                for (int n; (n = stream.Read(buffer)) > 0; )
                    if ((total += n) > most)
                        throw new NotWhatItClaimsException(
                            $"{path} unpacks to more than {LargestRatio} times its size or 1 GB; it is not read."
                        );
            }
            return [.. file.GetSheetNames()];
        }
        catch (Exception error)
            when (error
                    is InvalidDataException
                        or XmlException
                        or InvalidOperationException
                        or KeyNotFoundException
                        or NullReferenceException
            )
        {
            throw new NotWhatItClaimsException($"{path} is not an XLSX workbook: {error.Message}");
        }
    }

    /// <summary>Rows with a formula cell (MiniExcel gives their last values without a word), and how many rows there
    /// are.</summary>
    long FindFormulas(string path)
    {
        file.Position = 0;
        using var archive = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
        var entry =
            SheetEntry(archive)
            ?? throw new NotWhatItClaimsException($"{path} is not an XLSX workbook: its sheet is missing.");
        using var xml = XmlReader.Create(
            entry.Open(),
            new() { DtdProcessing = DtdProcessing.Prohibit, IgnoreWhitespace = true }
        );
        var row = 0;
        try
        {
            while (xml.Read())
            {
                if (xml.NodeType is not XmlNodeType.Element)
                    continue;
                if (xml.LocalName == "row")
                    row = int.TryParse(xml.GetAttribute("r"), CultureInfo.InvariantCulture, out var r) ? r : row + 1;
                else if (xml.LocalName == "f")
                    formulaRows.Add(row);
            }
        }
        catch (XmlException error)
        {
            throw new NotWhatItClaimsException($"{path} is not an XLSX workbook: {error.Message}");
        }
        return row;
    }

    /// <summary>The file a sheet's name stands for: by the workbook's relations, never by counting files.</summary>
    ZipArchiveEntry? SheetEntry(ZipArchive archive)
    {
        XNamespace relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        var book = Xml(archive, "xl/workbook.xml");
        var links = Xml(archive, "xl/_rels/workbook.xml.rels");
        var id = book
            ?.Descendants()
            .FirstOrDefault(e => e.Name.LocalName == "sheet" && (string?)e.Attribute("name") == sheet)
            ?.Attribute(relations + "id")
            ?.Value;
        var target = links
            ?.Root?.Elements()
            .FirstOrDefault(e => (string?)e.Attribute("Id") == id)
            ?.Attribute("Target")
            ?.Value;
        return target is null ? null : archive.GetEntry(target.StartsWith('/') ? target[1..] : $"xl/{target}");
    }

    static XDocument? Xml(ZipArchive archive, string name)
    {
        if (archive.GetEntry(name) is not { } entry)
            return null;
        using var reader = XmlReader.Create(entry.Open(), new() { DtdProcessing = DtdProcessing.Prohibit });
        try
        {
            return XDocument.Load(reader);
        }
        catch (XmlException)
        {
            return null;
        }
    }

    /// <summary>A ZIP needs to seek, gzip cannot: unpacked beside, within the same bounds.</summary>
    static string Unpack(string path)
    {
        var target = Path.GetTempFileName();
        using var from = SourceFile.Open(path);
        using var to = File.Create(target);
        var buffer = new byte[1 << 16];
        for (int n; (n = from.Read(buffer)) > 0; )
        {
            to.Write(buffer, 0, n);
            if (to.Length <= LargestUnpacked)
                continue;
            File.Delete(target);
            throw new NotWhatItClaimsException($"{path} unpacks to more than 1 GB; it is not read.");
        }
        return target;
    }

    public void Dispose()
    {
        file.Dispose();
        if (unpacked is not null)
            File.Delete(unpacked);
    }
}
