using System.Text;
using Ledger.Proof;
using Ledger.Proof.Bundles;

namespace Ledger.Tests.Proof.Bundles;

public sealed class Reading_a_member_of_a_head_map
{
    // Three keys of one bucket and one of another.
    static readonly HeadMapEntry[] Entries =
    [
        .. Enumerable.Range(1, 3).Select(i => new HeadMapEntry(Key(0x12, (byte)i), (ulong)i, Hash.Of([(byte)i]), 7)),
        new(Key(0xFF, 1), 9, Hash.Of([9]), ulong.MaxValue),
    ];
    static readonly SmallMap Map = new([.. Entries]);

    static Hash Key(byte bucket, byte last)
    {
        var bytes = new byte[32];
        (bytes[0], bytes[31]) = (bucket, last);
        return Hash.Read(bytes);
    }

    [Fact]
    public void gives_back_what_was_written()
    {
        foreach (var entry in Entries)
        {
            var member = Map.Member(entry.Key);
            var read = HeadMapMember.Read(member.ToJson())!;
            Assert.Equal(entry, read.Entry);
            Assert.Equal(member.ToJson(), read.ToJson());
            Assert.True(read.IsIn(Map.Root));
            Assert.Equal(entry, HeadMapMember.ReadKey(member.ToKeyJson())!.Entry);
            Assert.Equal(entry, HeadMapEntry.Read(entry.ToArray()));
        }
    }

    [Fact]
    public void is_in_no_other_map_and_at_no_other_place()
    {
        var member = Map.Member(Entries[1].Key);
        Assert.False(member.IsIn(Hash.Of([1])));
        Assert.False((member with { Index = 0 }).IsIn(Map.Root));
        Assert.False((member with { BucketSize = 2 }).IsIn(Map.Root));
        Assert.False((member with { Entry = Entries[0] }).IsIn(Map.Root));
        Assert.False((member with { Entry = member.Entry with { N = 5 } }).IsIn(Map.Root));
        Assert.False((member with { Entry = member.Entry with { Key = Key(0x13, 2) } }).IsIn(Map.Root));
        Assert.False((member with { Hashes = member.Hashes[1..] }).IsIn(Map.Root));
        Assert.False((member with { Hashes = member.Hashes[3..] }).IsIn(Map.Root));
    }

    [Theory]
    [InlineData("{", "{ ")]
    [InlineData("}", "}\n")]
    [InlineData("\"index\":1", "\"index\":1.0")]
    [InlineData("\"index\":1", "\"index\":-0")]
    [InlineData("\"index\":1", "\"index\":1,\"index\":1")]
    [InlineData("\"index\":1", "\"index\":\"1\"")]
    [InlineData("\"index\":1", "\"indey\":1")]
    [InlineData("\"bucketSize\":3", "\"bucketSize\":0")]
    [InlineData("\"bucketSize\":3", "\"bucketSize\":9007199254740992")]
    [InlineData("\"entry\":\"12", "\"entry\":\"1g")]
    [InlineData("\"entry\":\"1200", "\"entry\":\"12")]
    [InlineData("=\"]", "\"]")]
    [InlineData("\"hashes\":[", "\"hashes\":[1,")]
    [InlineData("\"hashes\":[", "\"hashes\":{},\"x\":[")]
    public void refuses_another_spelling(string old, string spelt)
    {
        var text = Encoding.UTF8.GetString(Map.Member(Entries[1].Key).ToJson());
        Assert.Contains(old, text, StringComparison.Ordinal);
        Assert.Null(HeadMapMember.Read(Encoding.UTF8.GetBytes(text.Replace(old, spelt, StringComparison.Ordinal))));
    }

    [Fact]
    public void refuses_letters_of_the_other_case()
    {
        var text = Encoding.UTF8.GetString(Map.Member(Entries[3].Key).ToJson());
        Assert.Null(HeadMapMember.Read(Encoding.UTF8.GetBytes(text.Replace("ff0", "FF0", StringComparison.Ordinal))));
    }

    [Fact]
    public void of_a_key_chain_states_the_handle_of_its_entry()
    {
        var member = Map.Member(Entries[0].Key);
        Assert.Null(HeadMapMember.Read(member.ToKeyJson()));
        Assert.Null(HeadMapMember.ReadKey(member.ToJson()));
        var other = Encoding
            .UTF8.GetString(member.ToKeyJson())
            .Replace(Entries[0].Key.ToBase64Url(), Entries[1].Key.ToBase64Url(), StringComparison.Ordinal);
        Assert.Null(HeadMapMember.ReadKey(Encoding.UTF8.GetBytes(other)));
    }
}
