using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;

namespace Ledger.Proof.Bundles;

/// <summary>One file of a bundle.</summary>
/// <param name="Name">As it stands in the zip, e.g. <c>events/0001.sdjwt</c>.</param>
/// <param name="Content">Its bytes, at most 2²⁰.</param>
public readonly record struct BundleEntry(string Name, ReadOnlyMemory<byte> Content);

/// <summary>Why bytes are not the container of a bundle.</summary>
/// <param name="Offset">Where in the file, bytes from 0.</param>
public sealed record ZipFault(long Offset, string Text)
{
    public override string ToString() => $"at byte {Offset}: {Text}";
}

/// <summary>
/// The container of a bundle, byte by byte (proof.md §10). Every field of a zip has one allowed value here, so the only
/// freedom of a writer is which entries there are, and no two readers can see different files in it.
/// </summary>
public static class BundleZip
{
    /// <summary>Bytes of the largest bundle: 2²⁶.</summary>
    public const int Longest = 1 << 26;

    public const int MostEntries = 20_000;

    internal const int LocalSize = 30,
        CentralSize = 46,
        EndSize = 22;

    const ushort Version = 10,
        DayOne = 0x0021;

    /// <summary>The file with these entries in this order.</summary>
    /// <exception cref="ArgumentException">The names are not those of a bundle in its order, or something is too
    /// long.</exception>
    public static byte[] Write(IReadOnlyList<BundleEntry> entries)
    {
        if (BundleName.FaultIn([.. entries.Select(e => e.Name)]) is { } fault)
            throw new ArgumentException(fault, nameof(entries));
        if (entries.Count > MostEntries)
            throw new ArgumentException("The bundle has more than 20 000 entries.", nameof(entries));
        var (locals, central) = (new MemoryStream(), new MemoryStream());
        foreach (var entry in entries)
        {
            if (entry.Content.Length > StrictText.Longest)
                throw new ArgumentException($"{entry.Name} is longer than 2^20 bytes.", nameof(entries));
            var name = Encoding.ASCII.GetBytes(entry.Name);
            central.Write(Central(entry.Content.Span, name, locals.Length));
            locals.Write(Local(entry.Content.Span, name));
            locals.Write(entry.Content.Span);
        }
        var end = End(entries.Count, central.Length, locals.Length);
        byte[] zip = [.. locals.ToArray(), .. central.ToArray(), .. end];
        return zip.Length <= Longest
            ? zip
            : throw new ArgumentException("The bundle has more than 2^26 bytes.", nameof(entries));
    }

    /// <summary>Reads exactly what <see cref="Write"/> writes.</summary>
    /// <returns>The entries in their order, or the first place that differs.</returns>
    public static (ImmutableArray<BundleEntry> Entries, ZipFault? Fault) Read(ReadOnlyMemory<byte> zip) =>
        new ZipReader(zip).Read();

    /// <summary>The header before an entry's bytes, with its name.</summary>
    internal static byte[] Local(ReadOnlySpan<byte> content, ReadOnlySpan<byte> name) =>
        [.. "PK\x03\x04"u8, .. Fields(Version, 0, 0, 0, DayOne), .. Sums(content, name), .. Fields(0), .. name];

    /// <summary>The entry of the directory at the end, with its name.</summary>
    internal static byte[] Central(ReadOnlySpan<byte> content, ReadOnlySpan<byte> name, long place) =>
        [
            .. "PK\x01\x02"u8,
            .. Fields(Version, Version, 0, 0, 0, DayOne),
            .. Sums(content, name),
            // No extra field, no comment, disk 0, no attributes inside, none outside (four bytes).
            .. Fields(0, 0, 0, 0, 0, 0),
            .. Number((uint)place),
            .. name,
        ];

    internal static byte[] End(int count, long directory, long place) =>
        [
            .. "PK\x05\x06"u8,
            .. Fields(0, 0, (ushort)count, (ushort)count),
            .. Number((uint)directory),
            .. Number((uint)place),
            .. Fields(0),
        ];

    static byte[] Sums(ReadOnlySpan<byte> content, ReadOnlySpan<byte> name) =>
        [
            .. Number(Crc32.Of(content)),
            .. Number((uint)content.Length),
            .. Number((uint)content.Length),
            .. Fields((ushort)name.Length),
        ];

    static byte[] Fields(params ReadOnlySpan<ushort> values)
    {
        var bytes = new byte[values.Length * 2];
        for (var i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(i * 2), values[i]);
        return bytes;
    }

    static byte[] Number(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return bytes;
    }
}
