using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Ledger.Proof;

/// <summary>Growing UTF-8 in a rented array, for JSON that is written member by member in an order that a signature
/// fixes. Give the array back with <see cref="Dispose"/>.</summary>
public sealed class Utf8Builder : IDisposable
{
    static readonly SearchValues<char> Escaped = SearchValues.Create([
        .. Enumerable.Range(0, 0x20).Select(c => (char)c),
        '"',
        '\\',
    ]);

    byte[] space = ArrayPool<byte>.Shared.Rent(1024);

    int length;

    public ReadOnlySpan<byte> Written => space.AsSpan(0, length);

    public byte[] ToArray() => Written.ToArray();

    /// <summary>Bytes as they are.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Room(bytes.Length));
        length += bytes.Length;
    }

    /// <summary>A number in decimal, or a UUID in lower case.</summary>
    public void Add<T>(T value)
        where T : IUtf8SpanFormattable
    {
        value.TryFormat(Room(40), out var written, default, CultureInfo.InvariantCulture);
        length += written;
    }

    /// <summary>Base64url of some bytes, without quotes.</summary>
    public void AddBase64Url(ReadOnlySpan<byte> bytes) =>
        length += Base64Url.EncodeToUtf8(bytes, Room(Base64Url.GetEncodedLength(bytes.Length)));

    /// <summary>A JSON string, with no escape that RFC 8785 §3.2.2.2 does not ask for.</summary>
    /// <exception cref="EncoderFallbackException">A surrogate stands alone.</exception>
    public void AddText(ReadOnlySpan<char> text)
    {
        Add("\""u8);
        while (text.IndexOfAny(Escaped) is >= 0 and var i)
        {
            AddUtf8(text[..i]);
            AddEscape(text[i]);
            text = text[(i + 1)..];
        }
        AddUtf8(text);
        Add("\""u8);
    }

    /// <summary>A JSON array.</summary>
    public void AddList<T>(IEnumerable<T> items, Action<Utf8Builder, T> add)
    {
        Add("["u8);
        var others = false;
        foreach (var item in items)
        {
            if (others)
                Add(","u8);
            add(this, item);
            others = true;
        }
        Add("]"u8);
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(space);

    static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);

    void AddUtf8(ReadOnlySpan<char> text) => length += Utf8.GetBytes(text, Room(checked(text.Length * 3)));

    void AddEscape(char c)
    {
        var letter = "btn\0fr"u8;
        Add("\\"u8);
        if (c is '"' or '\\')
            Add([(byte)c]);
        else if (c is >= '\b' and <= '\r' and not '\v')
            Add([letter[c - '\b']]);
        else
            AddUtf8(((int)c).ToString("x4", CultureInfo.InvariantCulture).Insert(0, "u"));
    }

    Span<byte> Room(int wanted)
    {
        if (space.Length - length < wanted)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(space.Length * 2, checked(length + wanted)));
            Written.CopyTo(larger);
            ArrayPool<byte>.Shared.Return(space);
            space = larger;
        }
        return space.AsSpan(length);
    }
}
