using Ledger.Kernel;

namespace Api.Import;

/// <summary>A row as it came.</summary>
/// <param name="Number">Data row from 1.</param>
/// <param name="Cells">As the header has them; shorter or longer where the row is at fault.</param>
/// <param name="Fault">Why it cannot be read, if so.</param>
public sealed record SourceRow(long Number, string[] Cells, Refusal? Fault = null);

/// <summary>A file of rows, read once from front to back in constant memory.</summary>
public interface IRowSource : IDisposable
{
    string[] Header { get; }
    IEnumerable<SourceRow> Rows();

    /// <summary>Share of the file read so far, 0–1, for progress; NaN where it is not known.</summary>
    double Progress { get; }
}

public static class RowSource
{
    /// <summary>Longest cell that is kept, in characters; a longer one refuses its row.</summary>
    public const int LongestCell = 65_536;

    /// <exception cref="NotWhatItClaimsException">The file is not of the kind its name says.</exception>
    /// <exception cref="NoFileException">There is no such file, or it cannot be read.</exception>
    public static IRowSource Open(string path, ImportMap? map)
    {
        InputFile.Check(path);
        IRowSource source = SourceFile.Extension(path) switch
        {
            ".csv" or ".tsv" or ".txt" => new CsvRows(path, map),
            ".xlsx" => new XlsxRows(path, map),
            ".jsonl" or ".ndjson" => new JsonLineRows(path, map),
            var other => throw new NotWhatItClaimsException(
                $"{path}: files ending in “{other}” are not read; there are .csv, .xlsx, .jsonl, and .gz of each."
            ),
        };
        if (source.Header.Length <= ImportLimits.Columns)
            return source;
        var found = source.Header.Length;
        source.Dispose();
        throw new NotWhatItClaimsException(
            $"{path} has {found} columns; a register has at most {ImportLimits.Columns}. Is the delimiter right?"
        );
    }

    /// <summary>A fault that any cell can have, whatever the format.</summary>
    public static Refusal? Check(string[] cells, string encoding)
    {
        foreach (var cell in cells)
        {
            if (cell.Contains(SourceFile.Overflow, StringComparison.Ordinal))
                return Refusal.Of("field-too-large", ("longest", LongestCell));
            if (cell.Contains(SourceFile.Misquoted, StringComparison.Ordinal))
                return new("csv-misquoted");
            if (cell.Contains(SourceFile.Undecodable, StringComparison.Ordinal))
                return Refusal.Of("encoding-invalid", ("encoding", encoding));
        }
        return null;
    }
}
