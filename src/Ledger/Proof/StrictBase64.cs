using System.Buffers;
using System.Buffers.Text;

namespace Ledger.Proof;

/// <summary>Base64 as proof.md §10 reads it: one text for one value. A text counts only if writing its bytes gives the
/// same text again, which refuses white space, padding too much or missing, the other alphabet and unused bits that are
/// not zero, each without a rule of its own.</summary>
public static class StrictBase64
{
    /// <summary>Standard alphabet with padding (b64). An empty text is no bytes.</summary>
    /// <returns>Null where the text is not strict.</returns>
    public static byte[]? Read(ReadOnlySpan<char> text)
    {
        var bytes = new byte[text.Length / 4 * 3];
        if (!Convert.TryFromBase64Chars(text, bytes, out var length))
            return null;
        Array.Resize(ref bytes, length);
        return text.SequenceEqual(Convert.ToBase64String(bytes)) ? bytes : null;
    }

    /// <summary>URL alphabet without padding (b64u). An empty text is no bytes.</summary>
    /// <returns>Null where the text is not strict.</returns>
    public static byte[]? ReadUrl(ReadOnlySpan<char> text)
    {
        var bytes = new byte[Base64Url.GetMaxDecodedLength(text.Length)];
        if (Base64Url.DecodeFromChars(text, bytes, out _, out var length) != OperationStatus.Done)
            return null;
        Array.Resize(ref bytes, length);
        return text.SequenceEqual(Base64Url.EncodeToString(bytes)) ? bytes : null;
    }

    /// <summary>32 bytes in b64: 44 characters.</summary>
    /// <returns>Null where the text is not strict or not 32 bytes.</returns>
    public static Hash? ReadHash(ReadOnlySpan<char> text) =>
        Read(text) is { Length: Hash.Size } bytes ? Hash.Read(bytes) : null;

    /// <summary>32 bytes in b64u: 43 characters.</summary>
    /// <returns>Null where the text is not strict or not 32 bytes.</returns>
    public static Hash? ReadUrlHash(ReadOnlySpan<char> text) =>
        ReadUrl(text) is { Length: Hash.Size } bytes ? Hash.Read(bytes) : null;
}
