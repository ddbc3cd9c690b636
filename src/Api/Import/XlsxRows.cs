using System.Globalization;
using Ledger.Kernel;
using MiniExcelLibs;

namespace Api.Import;

/// <summary>XLSX: the first sheet, or the map's. The archive is measured, and its sheet copied within Excel's own
/// limits, before a library reads a cell.</summary>
sealed class XlsxRows : IRowSource
{
    readonly string path;
    readonly XlsxCopy copy;
    long read;

    public XlsxRows(string path, ImportMap? map)
    {
        this.path = path;
        copy = XlsxCopy.Of(path, map?.Sheet);
        try
        {
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

    public double Progress => copy.Rows.Count == 0 ? 1 : Math.Min(1, read / (double)copy.Rows.Count);

    public IEnumerable<SourceRow> Rows()
    {
        var header = copy.Rows[0].Number;
        foreach (var (cells, place) in Cells().Select((cells, place) => (cells, place)).Skip(1))
        {
            read++;
            if (cells.All(c => c.Length == 0))
                continue;
            var whole =
                cells.Length >= Header.Length
                    ? cells
                    : [.. cells, .. Enumerable.Repeat("", Header.Length - cells.Length)];
            var fault =
                copy.Rows[place].HasFormula ? new Refusal("formula-cell")
                : cells.Length > Header.Length
                    ? Refusal.Of("field-count", ("found", cells.Length), ("expected", Header.Length))
                : cells.Any(c => c.Length > RowSource.LongestCell)
                    ? Refusal.Of("field-too-large", ("longest", RowSource.LongestCell))
                : RowSource.Check(whole, "XLSX");
            yield return new(copy.Rows[place].Number - header, whole, fault);
        }
    }

    IEnumerable<string[]> Cells()
    {
        copy.File.Position = 0;
        using var rows = Read(() =>
                copy.File.Query(useHeaderRow: false, excelType: ExcelType.XLSX).Cast<IDictionary<string, object?>>()
            )
            .GetEnumerator();
        // A row that the copy has not would be one of the library's own making.
        for (var place = 0; place < copy.Rows.Count && Read(rows.MoveNext); place++)
            yield return Read(() => rows.Current.Values.Select(Text).ToArray());
    }

    /// <summary>The library throws what it likes at content that it did not expect: that is a fault of the
    /// file.</summary>
    T Read<T>(Func<T> step)
    {
        try
        {
            return step();
        }
        catch (Exception error) when (error is not (NotWhatItClaimsException or OutOfMemoryException))
        {
            throw new NotWhatItClaimsException(
                $"{path} is not an XLSX workbook that can be read, from row {read + 2} on: {error.Message}"
            );
        }
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

    public void Dispose() => copy.Dispose();
}
