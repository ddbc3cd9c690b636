namespace Api.Import;

/// <summary>
/// Stands before the CSV parser: counts what was read, and cuts a cell that never ends (a missing quote, a 50 MB field)
/// down to a marked stump, so that memory stays constant and only its own row is refused.
/// </summary>
sealed class CountingReader(TextReader inner, char delimiter) : TextReader
{
    readonly char[] chunk = new char[1 << 15];
    int length,
        at,
        cell;
    bool start = true,
        quoted,
        closed,
        marked;

    /// <summary>Characters taken from the file.</summary>
    public long Count { get; private set; }

    public override int Read(Span<char> buffer)
    {
        var written = 0;
        while (written < buffer.Length)
        {
            if (at == length && !Fill())
                break;
            var c = chunk[at++];
            var ends = !quoted && (c == delimiter || c is '\n' or '\r');
            // A quote opens a cell only at its start; inside, a second one right after the closing one opens it again.
            if (c == '"')
                (quoted, closed) = quoted ? (false, true) : (start || closed, false);
            else
                closed = false;
            start = ends;
            if (ends)
                (cell, marked) = (0, false);
            else if (++cell > RowSource.LongestCell && c != '"')
            {
                if (marked)
                    continue;
                marked = true;
                c = SourceFile.Overflow;
            }
            buffer[written++] = c;
        }
        return written;
    }

    public override int Read(char[] buffer, int index, int count) => Read(buffer.AsSpan(index, count));

    public override ValueTask<int> ReadAsync(Memory<char> buffer, CancellationToken cancellationToken = default) =>
        new(Read(buffer.Span));

    bool Fill()
    {
        length = inner.Read(chunk, 0, chunk.Length);
        at = 0;
        Count += length;
        return length > 0;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }
}
