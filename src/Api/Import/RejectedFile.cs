using System.Text;
using Ledger.Kernel;

namespace Api.Import;

/// <summary>Refused rows: the original cells as they came, then code, detail and row number. Made with its first row
/// only.</summary>
sealed class RejectedFile(string path, string[] header, bool chinese) : IDisposable
{
    StreamWriter? writer;

    /// <summary>Where rows went; null while none was refused.</summary>
    public string? Path => writer is null ? null : path;

    /// <summary>Beside the file, or in the data folder where that is not writable.</summary>
    public static string Default(string file, string dataFolder)
    {
        var beside = $"{file}.rejected.csv";
        var probe = System.IO.Path.Combine(
            System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(file))!,
            $".ledger-{Environment.ProcessId}"
        );
        try
        {
            File.WriteAllText(probe, "");
            File.Delete(probe);
            return beside;
        }
        catch (Exception error) when (error is UnauthorizedAccessException or IOException)
        {
            var folder = System.IO.Path.Combine(dataFolder, "rejected");
            Directory.CreateDirectory(folder);
            return System.IO.Path.Combine(folder, System.IO.Path.GetFileName(beside));
        }
    }

    public void Add(Rejection rejection)
    {
        if (writer is null)
        {
            writer = new(path, append: false, new UTF8Encoding(false)) { NewLine = "\n" };
            Write([.. header, "code", "detail", "row"]);
        }
        var text = RefusalCatalog.Say(rejection.Refusal, chinese);
        var cells = rejection.Row.Cells;
        // A row with too few or too many cells keeps the columns of code, detail and row where the header has them.
        string[] original =
            cells.Length <= header.Length
                ? [.. cells, .. Enumerable.Repeat("", header.Length - cells.Length)]
                : [.. cells[..(header.Length - 1)], string.Join(",", cells[(header.Length - 1)..])];
        Write([
            .. original,
            rejection.Refusal.Code,
            text.Detail + " " + text.NextStep,
            rejection.Row.Number.ToString(System.Globalization.CultureInfo.InvariantCulture),
        ]);
    }

    void Write(IEnumerable<string> cells) => writer!.WriteLine(string.Join(',', cells.Select(Export.CsvText.Quoted)));

    public void Dispose() => writer?.Dispose();
}
