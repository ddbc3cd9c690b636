using System.Buffers.Binary;
using System.Globalization;

namespace Ledger.Proof.Bundles;

/// <summary>Times as a bundle and its verdicts write them: <c>yyyy-MM-ddTHH:mm:ssZ</c>.</summary>
static class BundleTime
{
    /// <summary>Bytes of a cosignature's payload behind the key id: 76 in all.</summary>
    const int Cosigned = 72;

    /// <returns>Null where the seconds are after the year 9999.</returns>
    public static string? Text(ulong seconds) =>
        seconds <= Cosignature.LatestTime
            ? DateTimeOffset
                .FromUnixTimeSeconds((long)seconds)
                .ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)
            : null;

    /// <summary>Smallest time in a line of 76 bytes, verified or not: a fact about the text, the same for every
    /// reader.</summary>
    /// <returns>Null where no line has 76 bytes.</returns>
    public static ulong? FirstOf(SignedNote note) =>
        note
            .Lines.Where(l => l.Signature.Length == Cosigned)
            .Select(l => (ulong?)BinaryPrimitives.ReadUInt64BigEndian(l.Signature.AsSpan()))
            .Min();
}
