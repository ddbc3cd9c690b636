using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;

namespace Ledger.Proof.Bundles;

/// <summary>Reads one zip file of a bundle. It writes each header anew from what the entry is and compares: what is not
/// the one spelling is refused, and no rule can be forgotten.</summary>
sealed class ZipReader(ReadOnlyMemory<byte> zip)
{
    const int LengthOfName = 28,
        PlaceOfSizes = 24;

    readonly ImmutableArray<BundleEntry>.Builder entries = ImmutableArray.CreateBuilder<BundleEntry>();
    int local;
    int central;

    public (ImmutableArray<BundleEntry> Entries, ZipFault? Fault) Read()
    {
        var fault = ReadAll();
        return fault is null ? (entries.ToImmutable(), null) : ([], fault);
    }

    ZipFault? ReadAll()
    {
        if (zip.Length is < BundleZip.EndSize or > BundleZip.Longest)
            return new(0, "not a zip file of at most 2^26 bytes");
        var end = zip.Length - BundleZip.EndSize;
        var record = zip.Span[end..];
        var count = BinaryPrimitives.ReadUInt16LittleEndian(record[10..]);
        var (length, start) = (Number(record[12..]), Number(record[16..]));
        if (count > BundleZip.MostEntries)
            return new(end, "more than 20 000 entries");
        // Signature, disks, both counts, comment; and the directory ends where this record begins.
        if (start + length != end || !record.SequenceEqual(BundleZip.End(count, length, start)))
            return new(end, "no end record in the last 22 bytes that fits what is before it");
        var directory = (int)start;
        central = directory;
        for (var i = 0; i < count; i++)
            if (ReadEntry(directory, end) is { } fault)
                return fault;
        if (local != directory || central != end)
            return new(local, "bytes between the entries, the directory and its end");
        return BundleName.FaultIn([.. entries.Select(e => e.Name)]) is { } wrong ? new(directory, wrong) : null;
    }

    /// <summary>One entry of the directory, and the entry that has to stand right behind the one before it.</summary>
    ZipFault? ReadEntry(int directory, int end)
    {
        var bytes = zip.Span;
        if (central + BundleZip.CentralSize > end)
            return new(central, "the directory ends early");
        var head = bytes[central..];
        var nameLength = BinaryPrimitives.ReadUInt16LittleEndian(head[LengthOfName..]);
        var size = Number(head[PlaceOfSizes..]);
        if (central + BundleZip.CentralSize + nameLength > end)
            return new(central, "the directory ends early");
        var name = head.Slice(BundleZip.CentralSize, nameLength);
        if (name.ContainsAnyExceptInRange((byte)0x21, (byte)0x7E))
            return new(central, "a name with other characters than A-Z a-z 0-9 . _ / -");
        var content = local + BundleZip.LocalSize + nameLength;
        if (size > StrictText.Longest || content + size > directory)
            return new(central, "an entry of more than 2^20 bytes, or beyond the directory");
        var body = zip.Slice(content, (int)size);
        if (!head[..(BundleZip.CentralSize + nameLength)].SequenceEqual(BundleZip.Central(body.Span, name, local)))
            return new(central, "the directory states something else than the one form of this entry at its place");
        if (!bytes[local..content].SequenceEqual(BundleZip.Local(body.Span, name)))
            return new(local, "the header states something else than the one form of this entry");
        entries.Add(new(Encoding.ASCII.GetString(name), body));
        local = content + (int)size;
        central += BundleZip.CentralSize + nameLength;
        return null;
    }

    static long Number(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt32LittleEndian(bytes);
}
