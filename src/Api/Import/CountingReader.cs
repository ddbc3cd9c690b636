namespace Api.Import;

/// <summary>
/// Stands before the CSV parser and hands it well-formed CSV of bounded cells: a cell that never ends (a missing
/// quote, a
/// 50 MB field) is cut to a marked stump, text after a closing quote becomes a mark. So memory stays constant, the
/// parser never breaks off, and only the row at fault is refused.
/// </summary>
sealed class CountingReader(TextReader inner, char delimiter) : TextReader
{
    enum Place
    {
        CellStart,
        Plain,
        Quoted,

        /// <summary>A quote was read inside a quoted cell: its end, or the first half of an escaped one.</summary>
        MaybeEnd,

        /// <summary>After text that follows a closing quote: skipped up to the cell's end.</summary>
        Astray,
    }

    readonly char[] chunk = new char[1 << 15];
    int length,
        at,
        cell;
    Place place;
    readonly Queue<char> pending = new(4);

    /// <summary>Characters taken from the file.</summary>
    public long Count { get; private set; }

    public override int Read(Span<char> buffer)
    {
        var written = 0;
        while (written < buffer.Length)
        {
            if (pending.TryDequeue(out var held))
                buffer[written++] = held;
            else if (at < length || Fill())
                Take(chunk[at++]);
            else if (place is Place.MaybeEnd)
                Emit('"', Place.Plain);
            else
                break;
        }
        return written;
    }

    void Take(char c)
    {
        var ends = c == delimiter || c is '\n' or '\r';
        switch (place)
        {
            case Place.CellStart when c == '"':
                Emit(c, Place.Quoted);
                break;
            case Place.CellStart or Place.Plain when ends:
                End(c);
                break;
            case Place.CellStart or Place.Plain:
                Keep(c, Place.Plain);
                break;
            case Place.Quoted when c == '"':
                place = Place.MaybeEnd;
                break;
            case Place.Quoted:
                Keep(c, Place.Quoted);
                break;
            case Place.MaybeEnd when c == '"':
                // An escaped quote counts as one character and is dropped whole or kept whole.
                if (Keep(c, Place.Quoted))
                    pending.Enqueue(c);
                break;
            case Place.MaybeEnd when ends:
                pending.Enqueue('"');
                End(c);
                break;
            case Place.MaybeEnd:
                pending.Enqueue(SourceFile.Misquoted);
                Emit('"', Place.Astray);
                break;
            case Place.Astray when ends:
                End(c);
                break;
        }
    }

    /// <summary>Keeps a character of a cell, or cuts the cell: the first one too many becomes the mark.</summary>
    bool Keep(char c, Place next)
    {
        place = next;
        if (++cell > RowSource.LongestCell + 1)
            return false;
        pending.Enqueue(cell > RowSource.LongestCell ? SourceFile.Overflow : c);
        return cell <= RowSource.LongestCell;
    }

    void Emit(char c, Place next)
    {
        pending.Enqueue(c);
        place = next;
    }

    void End(char c)
    {
        cell = 0;
        Emit(c, Place.CellStart);
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
