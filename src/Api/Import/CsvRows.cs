using Ledger.Kernel;
using Sylvan.Data.Csv;

namespace Api.Import;

/// <summary>CSV (RFC 4180): columns by header name.</summary>
sealed class CsvRows : IRowSource
{
    readonly CsvDataReader csv;
    readonly CountingReader counting;
    readonly string path,
        encoding;
    readonly long size;

    public CsvRows(string path, ImportMap? map)
    {
        this.path = path;
        (var text, encoding) = SourceFile.OpenText(path, map?.Encoding);
        size = new FileInfo(path).Length * (SourceFile.IsGzip(path) ? 5 : 1);
        var delimiter = map?.Delimiter ?? (SourceFile.Extension(path) == ".tsv" ? '\t' : ',');
        counting = new(text, delimiter);
        try
        {
            csv = CsvDataReader.Create(
                counting,
                new CsvDataReaderOptions
                {
                    Delimiter = delimiter,
                    BufferSize = 1 << 16,
                    MaxBufferSize = 1 << 24,
                    OwnsReader = true,
                }
            );
        }
        catch (CsvMissingHeadersException)
        {
            throw new NotWhatItClaimsException($"{path} is empty: a CSV file begins with its header.");
        }
        catch (Exception error) when (error is not NotWhatItClaimsException)
        {
            throw Broken(0, error);
        }
        Header = [.. Enumerable.Range(0, csv.FieldCount).Select(i => csv.GetName(i).Trim())];
    }

    public string[] Header { get; }

    public double Progress => size == 0 ? 1 : Math.Min(1, counting.Count / (double)size);

    public IEnumerable<SourceRow> Rows()
    {
        for (long number = 1; ; number++)
        {
            SourceRow row;
            try
            {
                if (!csv.Read())
                    yield break;
                row = Row(number);
            }
            // Whatever the parser stumbles over: no content of a file is a fault of the program.
            catch (Exception error) when (error is not NotWhatItClaimsException)
            {
                throw Broken(number, error);
            }
            yield return row;
        }
    }

    SourceRow Row(long number)
    {
        // A row of nothing but delimiters may have millions: those that no register has are not kept.
        var found = csv.RowFieldCount;
        var cells = new string[Math.Min(found, ImportLimits.Columns)];
        for (var i = 0; i < cells.Length; i++)
            cells[i] = csv.GetString(i);
        return new(
            number,
            cells,
            RowSource.Check(cells, encoding)
                ?? (
                    found == Header.Length
                        ? null
                        : Refusal.Of("field-count", ("found", found), ("expected", Header.Length))
                )
        );
    }

    NotWhatItClaimsException Broken(long row, Exception error) =>
        new(
            error is CsvRecordTooLargeException
                ? $"{path}: row {row} has more text than any row of a register; reading stopped there. Rows before it were recorded."
                : $"{path} is not CSV from row {row} on: {error.Message} Rows before it were recorded."
        );

    public void Dispose() => csv.Dispose();
}
