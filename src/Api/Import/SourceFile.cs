using System.IO.Compression;
using System.Text;

namespace Api.Import;

/// <summary>The file is not what it claims to be: nothing is recorded, exit 1.</summary>
public sealed class NotWhatItClaimsException(string message) : Exception(message);

/// <summary>An input file: unpacked where it is gzip, decoded strictly where it is text.</summary>
public static class SourceFile
{
    /// <summary>Stands for a byte sequence that the encoding does not have; no text may contain it.</summary>
    public const char Undecodable = '\uFFFF';

    /// <summary>Stands for the rest of a cell that was too large to keep.</summary>
    public const char Overflow = '\uFFFE';

    /// <summary>Stands for text after a closing quote, which no CSV may have.</summary>
    public const char Misquoted = '\uFDD0';

    /// <summary>How much is read to tell UTF-8 from GB18030 (contract.md §4).</summary>
    const int Sample = 1 << 20;

    static SourceFile() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>Makes the code pages known; called before a map names one.</summary>
    public static bool Knows(string encoding)
    {
        try
        {
            return Encoding.GetEncoding(encoding) is not null;
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            return false;
        }
    }

    public static bool IsGzip(string path) => path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);

    /// <summary>The name without <c>.gz</c>, lower case.</summary>
    public static string Extension(string path) =>
        Path.GetExtension(IsGzip(path) ? path[..^3] : path).ToLowerInvariant();

    /// <summary>The bytes of a file, unpacked and measured.</summary>
    /// <param name="most">Bytes at most, whatever its size; absent: as many as its size allows.</param>
    public static Stream Open(string path, long most = long.MaxValue)
    {
        var file = InputFile.Open(path);
        var broken = $"{path} is broken";
        if (!IsGzip(path))
            return new MeasuredStream(file, most, least: file.Length, $"{path} is too large.", broken);
        if (file.ReadByte() != 0x1F || file.ReadByte() != 0x8B)
        {
            file.Dispose();
            throw new NotWhatItClaimsException($"{path} is named .gz but is not gzip.");
        }
        file.Position = 0;
        var allowed = Math.Min(most, ImportLimits.Most(file.Length));
        return new MeasuredStream(
            new GZipStream(file, CompressionMode.Decompress),
            allowed,
            least: 0,
            $"{path} unpacks to more than {allowed >> 20} MB, {ImportLimits.Ratio} times its size at most; it is read no "
                + "further. If it is a register all the same, send it unpacked.",
            broken
        );
    }

    /// <summary>A reader of text: by BOM, else by the map's word, else UTF-8 where the first megabyte is valid, else
    /// GB18030.</summary>
    public static (TextReader Reader, string Encoding) OpenText(string path, string? encoding)
    {
        var stream = Open(path);
        try
        {
            return Decoded(stream, path, encoding);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    static (TextReader Reader, string Encoding) Decoded(Stream stream, string path, string? encoding)
    {
        var head = new byte[Sample];
        var length = 0;
        for (int n; length < Sample && (n = stream.Read(head, length, Sample - length)) > 0; )
            length += n;
        var sample = head.AsSpan(0, length);
        if (sample is [0x50, 0x4B, 0x03, 0x04, ..])
            throw new NotWhatItClaimsException(
                $"{path} is a ZIP archive, not text. If it is a workbook, name it .xlsx."
            );
        var (chosen, bom) = Choose(sample, encoding, whole: length < Sample, path);
        if (
            bom == 0
            && chosen.CodePage is 65001 or 54936
            && sample[..Math.Min(length, 4096)].Contains((byte)0)
            && !LooksLikeText(sample[..Math.Min(length, 4096)])
        )
            throw new NotWhatItClaimsException($"{path} is a binary file, not text.");
        var all = new HeadedStream(head, bom, length, stream);
        var strict = (Encoding)chosen.Clone();
        strict.DecoderFallback = new DecoderReplacementFallback(Undecodable.ToString());
        return (new StreamReader(all, strict, detectEncodingFromByteOrderMarks: false, 1 << 16), chosen.WebName);
    }

    static (Encoding Encoding, int Bom) Choose(ReadOnlySpan<byte> head, string? named, bool whole, string path)
    {
        if (head is [0xEF, 0xBB, 0xBF, ..])
            return (Encoding.UTF8, 3);
        if (head is [0xFF, 0xFE, ..])
            return (Encoding.Unicode, 2);
        if (head is [0xFE, 0xFF, ..])
            return (Encoding.BigEndianUnicode, 2);
        if (named is not null)
            return Knows(named)
                ? (Encoding.GetEncoding(named), 0)
                : throw new NotWhatItClaimsException($"The map of {path} names the unknown encoding {named}.");
        return IsUtf8(head, whole) ? (Encoding.UTF8, 0) : (Encoding.GetEncoding("GB18030"), 0);
    }

    static bool IsUtf8(ReadOnlySpan<byte> bytes, bool whole)
    {
        // A character may be cut by the end of the sample: up to three bytes are forgiven there.
        for (var forgiven = 0; forgiven <= (whole ? 0 : 3) && forgiven <= bytes.Length; forgiven++)
            if (System.Text.Unicode.Utf8.IsValid(bytes[..^forgiven]))
                return true;
        return false;
    }

    /// <summary>A stray NUL in a table is a bad row; a file full of control bytes is no table.</summary>
    static bool LooksLikeText(ReadOnlySpan<byte> head)
    {
        var odd = 0;
        foreach (var b in head)
            if (b < 0x20 && b is not (0x09 or 0x0A or 0x0D))
                odd++;
        return odd * 50 < head.Length;
    }

    /// <summary>The bytes already read, then the rest of the stream.</summary>
    sealed class HeadedStream(byte[] head, int position, int length, Stream rest) : Stream
    {
        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(Span<byte> buffer)
        {
            if (position >= length)
                return rest.Read(buffer);
            var n = Math.Min(buffer.Length, length - position);
            head.AsSpan(position, n).CopyTo(buffer);
            position += n;
            return n;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                rest.Dispose();
            base.Dispose(disposing);
        }
    }
}
