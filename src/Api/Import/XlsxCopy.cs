using System.IO.Compression;
using System.Xml;
using System.Xml.Linq;

namespace Api.Import;

/// <summary>A row of a sheet, as the sheet numbers it.</summary>
readonly record struct XlsxRow(int Number, bool HasFormula);

/// <summary>
/// One sheet of a workbook as a file of its own: only rows and cells that hold something, in their places, each text
/// cut behind the longest cell. What a sheet claims of itself (its dimension, the number of its next row, a cell far to
/// the right) would else decide how much the library that reads it makes up.
/// </summary>
sealed class XlsxCopy : IDisposable
{
    /// <summary>What says how a workbook hangs together is small; cells are not in it.</summary>
    const long LargestPart = 4L << 20;

    const int MostParts = 10_000;

    readonly List<XlsxRow> rows = [];

    XlsxCopy(FileStream file) => File = file;

    public FileStream File { get; }

    /// <summary>The rows of the copy, in its order.</summary>
    public IReadOnlyList<XlsxRow> Rows => rows;

    /// <param name="sheet">By its name; null: the first.</param>
    /// <exception cref="NotWhatItClaimsException">It is no workbook, has no such sheet, or is beyond a
    /// limit.</exception>
    public static XlsxCopy Of(string path, string? sheet)
    {
        using var file = SourceFile.IsGzip(path) ? Unpacked(path) : InputFile.Open(path);
        var copy = new XlsxCopy(Temporary());
        try
        {
            using var archive = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
            copy.Take(new Parts(path, archive, file.Length), sheet);
            return copy;
        }
        catch (NotWhatItClaimsException)
        {
            copy.Dispose();
            throw;
        }
        catch (Exception error)
            when (error
                    is InvalidDataException
                        or XmlException
                        or InvalidOperationException
                        or ArgumentException
                        or NotSupportedException
                        or IOException
                        or OverflowException
            )
        {
            copy.Dispose();
            throw new NotWhatItClaimsException($"{path} is not an XLSX workbook: {error.Message}");
        }
    }

    void Take(Parts parts, string? sheet)
    {
        var names = parts.Sheets();
        if (names.Count == 0)
            throw new NotWhatItClaimsException($"{parts.Path} is not an XLSX workbook: it has no sheet.");
        if (sheet is not null && names.All(n => n.Name != sheet))
            throw new NotWhatItClaimsException(
                $"{parts.Path} has no sheet “{sheet}”; it has {string.Join(", ", names.Take(20).Select(n => n.Name))}."
            );
        var wanted = sheet is null ? names[0] : names.First(n => n.Name == sheet);
        var entry =
            parts.Sheet(wanted.Id)
            ?? throw new NotWhatItClaimsException($"{parts.Path} is not an XLSX workbook: its sheet is missing.");
        using var zip = new ZipArchive(File, ZipArchiveMode.Create, leaveOpen: true);
        foreach (var (name, text) in XlsxParts.Fixed)
            using (var part = new StreamWriter(zip.CreateEntry(name, CompressionLevel.NoCompression).Open()))
                part.Write(text);
        if (parts.Find("xl/styles.xml") is { } styles)
            using (var to = zip.CreateEntry("xl/styles.xml", CompressionLevel.NoCompression).Open())
            using (var from = parts.Open(styles, LargestPart))
                from.CopyTo(to);
        if (parts.Find("xl/sharedStrings.xml") is { } strings)
            using (var to = zip.CreateEntry("xl/sharedStrings.xml", CompressionLevel.NoCompression).Open())
            using (var from = parts.Open(strings))
                XlsxCleaner.Strings(from, to, parts.Path);
        using var cells = zip.CreateEntry(XlsxParts.Sheet, CompressionLevel.NoCompression).Open();
        using var read = parts.Open(entry);
        XlsxCleaner.Cells(read, cells, rows, parts.Path);
    }

    /// <summary>A ZIP needs to seek, gzip cannot: unpacked beside.</summary>
    static FileStream Unpacked(string path)
    {
        var file = Temporary();
        using var from = SourceFile.Open(path, ImportLimits.Workbook);
        from.CopyTo(file);
        file.Position = 0;
        return file;
    }

    /// <summary>Gone when it is closed, and when the process is killed on Linux as soon as it is opened.</summary>
    static FileStream Temporary() =>
        new(
            Path.Combine(Path.GetTempPath(), $"ledger-{Path.GetRandomFileName()}"),
            new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.ReadWrite,
                Options = FileOptions.DeleteOnClose,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            }
        );

    public void Dispose() => File.Dispose();

    /// <summary>The parts of a workbook, each measured while it is unpacked, all of them together.</summary>
    sealed class Parts
    {
        readonly ZipArchive archive;
        readonly long most;
        long total;

        public Parts(string path, ZipArchive archive, long size)
        {
            (Path, this.archive) = (path, archive);
            most = Math.Min(ImportLimits.Workbook, ImportLimits.Most(size));
            if (archive.Entries.Count > MostParts)
                throw new NotWhatItClaimsException($"{path} has more than {MostParts} parts; no workbook has.");
            // Also those that are not read: what they claim of their size proves nothing.
            var buffer = new byte[1 << 16];
            foreach (var entry in archive.Entries)
                using (var part = Open(entry, isXml: false))
                {
                    while (part.Read(buffer) > 0) { }
                    total += part.Count;
                }
            total = 0;
        }

        public string Path { get; }

        public MeasuredStream Open(ZipArchiveEntry entry, long largest = long.MaxValue, bool isXml = true) =>
            new(
                entry.Open(),
                Math.Min(largest, most - total),
                least: 0,
                largest < most
                    ? $"{Path} is not an XLSX workbook: {entry.Name} is too large."
                    : $"{Path} unpacks to more than {ImportLimits.Ratio} times its size or 1 GB; it is not read.",
                $"{Path} is not an XLSX workbook"
            )
            {
                IsXml = isXml,
            };

        public ZipArchiveEntry? Find(string name) =>
            archive.Entries.FirstOrDefault(e =>
                e.FullName.TrimStart('/').Equals(name, StringComparison.OrdinalIgnoreCase)
            );

        /// <summary>Names of the sheets in the order a person sees them, and their ids.</summary>
        public List<(string Name, string Id)> Sheets() =>
            [
                .. (Xml("xl/workbook.xml")?.Descendants() ?? [])
                    .Where(e => e.Name.LocalName == "sheet" && e.Attribute("name") is not null)
                    .Select(e =>
                        (
                            e.Attribute("name")!.Value,
                            e.Attributes().FirstOrDefault(a => a.Name.LocalName == "id")?.Value ?? ""
                        )
                    ),
            ];

        /// <summary>The file a sheet's name stands for: by the workbook's relations, never by counting files.</summary>
        public ZipArchiveEntry? Sheet(string id)
        {
            var target = (Xml("xl/_rels/workbook.xml.rels")?.Root?.Elements() ?? [])
                .FirstOrDefault(e => (string?)e.Attribute("Id") == id)
                ?.Attribute("Target")
                ?.Value;
            return target is null ? null : Find(target.StartsWith('/') ? target[1..] : $"xl/{target}");
        }

        XDocument? Xml(string name)
        {
            if (Find(name) is not { } entry)
                return null;
            using var part = Open(entry, LargestPart);
            using var reader = XlsxCleaner.Reader(part);
            return XDocument.Load(reader);
        }
    }
}
