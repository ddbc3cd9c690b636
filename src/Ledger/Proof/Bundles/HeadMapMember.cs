using System.Collections.Immutable;
using System.Text.Json;

namespace Ledger.Proof.Bundles;

/// <summary>One entry of a head map with its way up to the map's root (proof.md §7, §10).</summary>
/// <param name="BucketSize">Entries in its bucket, from 1.</param>
/// <param name="Index">Its place in the bucket, from 0.</param>
/// <param name="Entry">What the map says.</param>
/// <param name="Hashes">The inclusion of the entry in its bucket, then 16 bucket hashes; the leaf's sibling
/// first.</param>
public sealed record HeadMapMember(ulong BucketSize, ulong Index, HeadMapEntry Entry, ImmutableArray<Hash> Hashes)
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
                (ulong)Entry.Bucket,
                1UL << Levels,
                Merkle.LeafHash(bucket),
                Hashes.AsSpan(below, Levels),
                mapRoot
            );
    }

    static HeadMapMember? Of(JsonElement json) =>
        json.GetProperty("bucketSize").Integer() is >= 1 and var size
        && json.GetProperty("index").Integer() is >= 0 and var index
        && json.Text("entry") is { Length: HeadMapEntry.Size * 2 } hex
        && Bytes(hex) is { } entry
        && HeadMapEntry.Read(entry) is { N: > 0 } mapped
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
