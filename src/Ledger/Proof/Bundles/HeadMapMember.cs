using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text.Json;

namespace Ledger.Proof.Bundles;

/// <summary>What a head map says of one key (proof.md §7): 80 bytes, <c>key ‖ uint64be count ‖ leaf hash ‖ uint64be
/// index</c>.</summary>
/// <param name="Key">Handle of a stream or of an identifier.</param>
/// <param name="Count">Of a stream its newest n, of an identifier how many leaves bind it.</param>
/// <param name="LeafHash">The newest of these leaves.</param>
/// <param name="Index">Where it stands in the log.</param>
public readonly record struct MappedHead(Hash Key, ulong Count, Hash LeafHash, ulong Index)
{
    public const int Size = 80;

    /// <summary>One of 65 536: the first two bytes of the key, big-endian.</summary>
    public ushort Bucket
    {
        get
        {
            var key = Key;
            return BinaryPrimitives.ReadUInt16BigEndian(key);
        }
    }

    /// <summary>The 80 bytes.</summary>
    public byte[] ToArray()
    {
        var bytes = new byte[Size];
        Key.ToArray().CopyTo(bytes, 0);
        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(32), Count);
        LeafHash.ToArray().CopyTo(bytes, 40);
        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(72), Index);
        return bytes;
    }

    /// <exception cref="ArgumentException">There are not 80 bytes.</exception>
    public static MappedHead Read(ReadOnlySpan<byte> bytes) =>
        bytes.Length == Size
            ? new(
                Hash.Read(bytes[..32]),
                BinaryPrimitives.ReadUInt64BigEndian(bytes[32..]),
                Hash.Read(bytes[40..72]),
                BinaryPrimitives.ReadUInt64BigEndian(bytes[72..])
            )
            : throw new ArgumentException($"An entry has {Size} bytes, not {bytes.Length}.", nameof(bytes));
}

/// <summary>One entry of a head map with its way up to the map's root (proof.md §7, §10).</summary>
/// <param name="BucketSize">Entries in its bucket, from 1.</param>
/// <param name="Index">Its place in the bucket, from 0.</param>
/// <param name="Entry">What the map says.</param>
/// <param name="Hashes">The inclusion of the entry in its bucket, then 16 bucket hashes; the leaf's sibling
/// first.</param>
public sealed record HeadMapMember(ulong BucketSize, ulong Index, MappedHead Entry, ImmutableArray<Hash> Hashes)
{
    const int Levels = 16;

    /// <summary>The file: canonical JSON.</summary>
    public byte[] ToJson() => ToJson(withHandle: false);

    /// <summary>The file of a key chain's member, which states its handle too.</summary>
    public byte[] ToKeyJson() => ToJson(withHandle: true);

    /// <summary>Reads a <c>member.json</c>; whether it is in a map is for <see cref="IsIn"/> to say.</summary>
    /// <returns>Null where it is not canonical or has other members.</returns>
    public static HeadMapMember? Read(ReadOnlySpan<byte> json) =>
        CanonicalJson.Read(json) is { } value && value.Has("bucketSize", "index", "entry", "hashes") ? Of(value) : null;

    /// <summary>Reads the member of a key chain; its handle is the entry's key.</summary>
    /// <returns>Null where it is not canonical or has other members.</returns>
    public static HeadMapMember? ReadKey(ReadOnlySpan<byte> json) =>
        CanonicalJson.Read(json) is { } value
        && value.Has("handle", "bucketSize", "index", "entry", "hashes")
        && Of(value) is { } member
        && value.Hash("handle") == member.Entry.Key
            ? member
            : null;

    /// <summary>Whether the map of that root has this entry.</summary>
    public bool IsIn(in Hash mapRoot)
    {
        var below = Hashes.Length - Levels;
        return below >= 0
            && Merkle.InclusionRoot(Index, BucketSize, Merkle.LeafHash(Entry.ToArray()), Hashes.AsSpan(0, below))
                is { } bucket
            && Merkle.VerifyInclusion(
                Entry.Bucket,
                1UL << Levels,
                Merkle.LeafHash(bucket),
                Hashes.AsSpan(below, Levels),
                mapRoot
            );
    }

    static HeadMapMember? Of(JsonElement json) =>
        json.GetProperty("bucketSize").Integer() is >= 1 and var size
        && json.GetProperty("index").Integer() is >= 0 and var index
        && json.Text("entry") is { Length: MappedHead.Size * 2 } hex
        && Bytes(hex) is { } entry
        && MappedHead.Read(entry) is { Count: > 0 } mapped
        && Path(json.GetProperty("hashes")) is { } hashes
            ? new((ulong)size, (ulong)index, mapped, hashes)
            : null;

    /// <summary>Lower case only: one text for one value.</summary>
    static byte[]? Bytes(string hex) =>
        hex.All(char.IsAsciiHexDigit) && !hex.Any(char.IsAsciiLetterUpper) ? Convert.FromHexString(hex) : null;

    static ImmutableArray<Hash>? Path(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Array || json.GetArrayLength() is < Levels or > Levels + 63)
            return null;
        var hashes = ImmutableArray.CreateBuilder<Hash>(json.GetArrayLength());
        foreach (var element in json.EnumerateArray())
            if (element.Text() is { } text && StrictBase64.ReadHash(text) is { } hash)
                hashes.Add(hash);
            else
                return null;
        return hashes.ToImmutable();
    }

    byte[] ToJson(bool withHandle)
    {
        using var json = new Utf8Builder();
        json.Add("{\"bucketSize\":"u8);
        json.Add(BucketSize);
        json.Add(",\"entry\":"u8);
        json.AddText(Convert.ToHexStringLower(Entry.ToArray()));
        if (withHandle)
        {
            json.Add(",\"handle\":"u8);
            json.AddText(Entry.Key.ToBase64Url());
        }
        json.Add(",\"hashes\":["u8);
        for (var i = 0; i < Hashes.Length; i++)
        {
            json.Add(i == 0 ? ""u8 : ","u8);
            json.AddText(Hashes[i].ToBase64());
        }
        json.Add("],\"index\":"u8);
        json.Add(Index);
        json.Add("}"u8);
        return json.ToArray();
    }
}
