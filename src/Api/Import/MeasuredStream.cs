namespace Api.Import;

/// <summary>Hands on what it reads and counts it: what a packed file claims of its size proves nothing, and a file may
/// become shorter while it is read.</summary>
/// <param name="most">Bytes at most; the one beyond refuses the file.</param>
/// <param name="least">Bytes at least before the end.</param>
/// <param name="why">What is said of a file with more.</param>
/// <param name="broken">What is said of one that cannot be unpacked, or ends too early.</param>
sealed class MeasuredStream(Stream inner, long most, long least, string why, string broken) : Stream
{
    /// <summary>A start tag that is longer holds thousands of attributes: no register does.</summary>
    const int LongestTag = 1 << 20;

    int tag = -1;

    /// <summary>Whether tags are bounded too, in XML.</summary>
    public bool IsXml { get; init; }

    public long Count { get; private set; }

    public override int Read(Span<byte> buffer)
    {
        int n;
        try
        {
            n = inner.Read(buffer);
        }
        catch (Exception error) when (error is InvalidDataException or IOException)
        {
            throw new NotWhatItClaimsException($"{broken}: {error.Message}");
        }
        if (n == 0 && buffer.Length > 0 && Count < least)
            throw new NotWhatItClaimsException($"{broken}: it became shorter while it was read.");
        if ((Count += n) > most)
            throw new NotWhatItClaimsException(why);
        if (IsXml)
            Measure(buffer[..n]);
        return n;
    }

    void Measure(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            var at = bytes.IndexOf(tag < 0 ? (byte)'<' : (byte)'>');
            if (tag >= 0 && (tag += at < 0 ? bytes.Length : at) > LongestTag)
                throw new NotWhatItClaimsException($"{broken}: a tag has more than {LongestTag} bytes.");
            if (at < 0)
                return;
            tag = tag < 0 ? 0 : -1;
            bytes = bytes[(at + 1)..];
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position
    {
        get => Count;
        set => throw new NotSupportedException();
    }

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }
}
