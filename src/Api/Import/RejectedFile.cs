using System.Text;
using Ledger;

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

    /// <summary>Readies the place for this run: what an earlier one refused says nothing of it.</summary>
    /// <param name="inputs">Files that are read: none of them may be the place, by whatever name.</param>
    /// <returns>Null when refused rows can go there; else why not.</returns>
    public static string? Ready(string target, params ReadOnlySpan<string?> inputs)
    {
        if (target.Length == 0)
            return "--rejected names no file.";
        if (InputFile.IsFolder(target))
            return $"--rejected {target} is a folder; name a file in it.";
        if (!Directory.Exists(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(target))))
            return $"The folder of --rejected {target} does not exist.";
        if (InputFile.Of(target) is { } there)
            foreach (var input in inputs)
                if (input is not null && InputFile.Of(input) == there)
                    return $"--rejected names {input}, which is read.";
        try
        {
            if (InputFile.Of(target) is not null && !IsOurs(target))
                return $"--rejected {target} exists and is no list of refused rows; it is left as it is. Name another.";
            // A place that cannot be written is told before the first row, not after a thousand.
            using (File.Open(target, FileMode.OpenOrCreate, FileAccess.Write)) { }
            File.Delete(target);
            return null;
        }
        catch (NoFileException error)
        {
            return error.Message;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return $"Refused rows cannot be written to {target}: {error.Message} Name another place with --rejected.";
        }
    }

    static readonly string[] Ours = ["code", "detail", "row"];

    /// <summary>An earlier run's list, or an empty file: the only ones that a run may replace.</summary>
    static bool IsOurs(string path)
    {
        using var file = new StreamReader(InputFile.Open(path));
        var head = new char[1 << 16];
        var text = new string(head, 0, file.ReadBlock(head, 0, head.Length));
        return text.Length == 0 || text.Contains($",{string.Join(',', Ours)}\n", StringComparison.Ordinal);
    }

    public void Add(Rejection rejection)
    {
        if (writer is null)
        {
            writer = new(path, append: false, new UTF8Encoding(false)) { NewLine = "\n" };
            Write([.. header, .. Ours]);
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

    void Write(IEnumerable<string> cells) => writer!.WriteLine(string.Join(',', cells.Select(Lists.CsvText.Quoted)));

    public void Dispose() => writer?.Dispose();
}
