using System.Text.Json;
using Ledger.Proof;
using Support;

namespace Ledger.Tests.Proof;

public sealed class Mapping_heads
{
    static readonly JsonElement Example = JsonDocument
        .Parse(File.ReadAllText(Places.SharedVectors("worked-example.json")))
        .RootElement.GetProperty("head_map");

    static HeadMapEntry Entry(string hex) => HeadMapEntry.Read(Convert.FromHexString(hex))!.Value;

    [Fact]
    public void Gives_the_root_of_the_worked_example()
    {
        var map = new HeadMap();
        foreach (var hex in Example.GetProperty("entries_hex").EnumerateArray())
        {
            var e = Entry(hex.GetString()!);
            Assert.Equal(hex.GetString(), Convert.ToHexStringLower(e.ToArray()));
            map.Put(e.Key, e.N, e.LeafHash, e.Index);
        }
        Assert.Equal(Example.GetProperty("root_base64").GetString(), map.Root().ToBase64());
        Assert.Equal(3, map.Size);
    }

    [Fact]
    public void Gives_the_paths_of_its_members()
    {
        var tree = new BucketTree();
        foreach (var hex in Example.GetProperty("entries_hex").EnumerateArray())
        {
            var e = Entry(hex.GetString()!);
            tree.Set(e.Bucket, HeadMapEntry.BucketRoot([e]));
        }
        foreach (var name in (string[])["member_item", "member_identifier"])
        {
            var member = Example.GetProperty(name);
            var e = Entry(member.GetProperty("entry").GetString()!);
            Assert.Equal(
                member.GetProperty("hashes").EnumerateArray().Select(h => h.GetString()),
                tree.Path(e.Bucket).Select(h => h.ToBase64())
            );
        }
    }

    [Fact]
    public void Is_the_same_whatever_the_order_and_however_often_a_bucket_changed()
    {
        var chance = new Random(11);
        var entries = Enumerable
            .Range(0, 3000)
            .Select(i =>
            {
                var key = Hash.Of(BitConverter.GetBytes(i));
                // Many keys in few buckets: a bucket with many entries is sorted and promoted like any tree.
                (key[0], key[1]) = (0, (byte)(i % 7));
                return new HeadMapEntry(key, (ulong)i, Hash.Of(key), (ulong)i * 3);
            })
            .ToArray();
        var (one, other) = (new HeadMap(), new HeadMap());
        foreach (var e in entries)
            one.Put(e.Key, e.N, e.LeafHash, e.Index);
        chance.Shuffle(entries);
        foreach (var e in entries)
        {
            other.Put(e.Key, e.N + 1, e.LeafHash, 0);
            if (chance.Next(50) == 0)
                other.Root();
            other.Put(e.Key, e.N, e.LeafHash, e.Index);
        }
        Assert.Equal(one.Root(), other.Root());
        var byBucket = entries.ToLookup(e => e.Bucket);
        Assert.Equal(
            one.Root(),
            Merkle.Root([
                .. Enumerable
                    .Range(0, BucketTree.Buckets)
                    .Select(b =>
                        Leaf(
                            HeadMapEntry.BucketRoot([
                                .. byBucket[b].OrderBy(e => e.Key.ToHex(), StringComparer.Ordinal),
                            ])
                        )
                    ),
            ])
        );
    }

    static Hash Leaf(Hash root) => Merkle.LeafHash(root);
}
