using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Ledger.Proof.Bundles;

namespace Ledger.Tests.Proof.Bundles;

public sealed class Reading_the_container_of_a_bundle
{
    static readonly (string Name, byte[] Content)[] Small =
    [
        ("manifest.json", "{}"u8.ToArray()),
        ("policy.txt", "quorum none\n"u8.ToArray()),
        ("checkpoint.txt", "x\n"u8.ToArray()),
        ("report.html", []),
    ];

    static readonly byte[] Good = Zip(Small);

    [Fact]
    public void gives_back_what_was_written()
    {
        var (entries, fault) = BundleZip.Read(Good);
        Assert.Null(fault);
        Assert.Equal(Small.Select(s => s.Name), entries.Select(e => e.Name));
        Assert.All(entries.Zip(Small), p => Assert.Equal(p.Second.Content, p.First.Content.ToArray()));
        Assert.Equal(Good, BundleZip.Write(entries));
    }

    [Fact]
    public void is_what_other_programs_read_too()
    {
        using var archive = new ZipArchive(new MemoryStream(Good));
        Assert.Equal(Small.Select(s => s.Name), archive.Entries.Select(e => e.FullName));
        Assert.All(archive.Entries, e => Assert.Equal(1980, e.LastWriteTime.Year));
    }

    [Fact]
    public void refuses_any_changed_bit()
    {
        for (var at = 0; at < Good.Length; at++)
        for (var bit = 0; bit < 8; bit++)
        {
            var spoilt = Good.ToArray();
            spoilt[at] ^= (byte)(1 << bit);
            Assert.True(BundleZip.Read(spoilt).Fault is not null, $"byte {at}, bit {bit}");
        }
    }

    [Fact]
    public void refuses_any_length_but_its_own()
    {
        for (var length = 0; length < Good.Length; length++)
            Assert.NotNull(BundleZip.Read(Good.AsMemory(0, length)).Fault);
        Assert.NotNull(BundleZip.Read((byte[])[.. Good, 0]).Fault);
        Assert.NotNull(BundleZip.Read((byte[])[0, .. Good]).Fault);
    }

    [Fact]
    public void refuses_a_prefix_that_the_offsets_know_of()
    {
        // As a self-extracting archive has it: every offset is right, the first entry is not at 0.
        var spoilt = Zip(Small, prefix: [0x4D, 0x5A]);
        Assert.NotNull(BundleZip.Read(spoilt).Fault);
    }

    [Fact]
    public void refuses_bytes_between_the_entries() => Assert.NotNull(BundleZip.Read(Zip(Small, gap: [0])).Fault);

    [Fact]
    public void refuses_two_directory_lines_for_one_entry()
    {
        // An overlap: the second line names the place of the first.
        var spoilt = Zip(Small);
        var directory = BinaryPrimitives.ReadInt32LittleEndian(spoilt.AsSpan(spoilt.Length - 6));
        var second = directory + 46 + Small[0].Name.Length;
        BinaryPrimitives.WriteInt32LittleEndian(spoilt.AsSpan(second + 42), 0);
        Assert.NotNull(BundleZip.Read(spoilt).Fault);
    }

    [Theory]
    [InlineData("/report.html")]
    [InlineData("../report.html")]
    [InlineData("ids/../report.html")]
    [InlineData("ids/")]
    [InlineData("ids\\a")]
    [InlineData("events/0000.sdjwt")]
    [InlineData("events/1.sdjwt")]
    [InlineData("events/00001.sdjwt")]
    [InlineData("notes/01.txt")]
    [InlineData("notes/18446744073709551616.txt")]
    [InlineData("keys/short.json")]
    [InlineData("headmap/other.json")]
    [InlineData("credentials/AA.sdjwt")]
    [InlineData("report.htm")]
    [InlineData("report.html\n")]
    [InlineData("表.html")]
    [InlineData("")]
    public void refuses_a_name_that_no_bundle_has(string name) =>
        Assert.NotNull(BundleZip.Read(Zip([.. Small[..3], (name, [])])).Fault);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    [InlineData(2, 3)]
    public void refuses_another_order(int one, int other)
    {
        var turned = Small.ToArray();
        (turned[one], turned[other]) = (turned[other], turned[one]);
        Assert.NotNull(BundleZip.Read(Zip(turned)).Fault);
    }

    [Fact]
    public void refuses_a_name_twice() => Assert.NotNull(BundleZip.Read(Zip([.. Small, Small[3]])).Fault);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void needs_manifest_policy_and_checkpoint(int missing) =>
        Assert.Contains(
            "missing",
            BundleZip.Read(Zip([.. Small.Where((_, i) => i != missing)])).Fault!.Text,
            StringComparison.Ordinal
        );

    [Fact]
    public void refuses_an_entry_of_more_than_a_million_bytes()
    {
        Assert.Null(BundleZip.Read(Zip([.. Small[..3], ("report.html", new byte[1 << 20])])).Fault);
        Assert.NotNull(BundleZip.Read(Zip([.. Small[..3], ("report.html", new byte[(1 << 20) + 1])])).Fault);
    }

    [Fact]
    public void refuses_more_than_twenty_thousand_entries()
    {
        (string, byte[])[] notes =
        [
            .. Enumerable.Range(0, 19_998).Select(i => ($"notes/{i}.txt", Array.Empty<byte>())),
        ];
        Assert.Null(BundleZip.Read(Zip([.. Small[..3], .. notes[..^1]])).Fault);
        Assert.NotNull(BundleZip.Read(Zip([.. Small[..3], .. notes])).Fault);
    }

    [Fact]
    public void refuses_more_than_sixty_four_million_bytes() =>
        Assert.NotNull(BundleZip.Read(new byte[BundleZip.Longest + 1]).Fault);

    /// <summary>A zip of the one form but for what is asked for; it shares nothing with the product's writer.</summary>
    static byte[] Zip((string Name, byte[] Content)[] entries, byte[]? prefix = null, byte[]? gap = null)
    {
        using var local = new MemoryStream();
        using var central = new MemoryStream();
        local.Write(prefix ?? []);
        foreach (var (name, content) in entries)
        {
            var raw = Encoding.UTF8.GetBytes(name);
            byte[] shared =
            [
                .. Two(10, 0, 0, 0, 0x21),
                .. Four(Crc(content), (uint)content.Length, (uint)content.Length),
                .. Two((ushort)raw.Length, 0),
            ];
            central.Write([
                .. "PK\x01\x02"u8,
                .. Two(10),
                .. shared,
                .. Two(0, 0, 0),
                .. Four(0, (uint)local.Length),
                .. raw,
            ]);
            local.Write([.. "PK\x03\x04"u8, .. shared, .. raw, .. content, .. gap ?? []]);
        }
        var count = (ushort)entries.Length;
        return
        [
            .. local.ToArray(),
            .. central.ToArray(),
            .. "PK\x05\x06"u8,
            .. Two(0, 0, count, count),
            .. Four((uint)central.Length, (uint)local.Length),
            .. Two(0),
        ];
    }

    static byte[] Two(params ushort[] values) =>
        [.. values.SelectMany(v => new[] { (byte)(v & 0xFF), (byte)(v >> 8) })];

    static byte[] Four(params uint[] values) =>
        [.. values.SelectMany(v => Two((ushort)(v & 0xFFFF), (ushort)(v >> 16)))];

    /// <summary>Bit by bit, by the definition.</summary>
    static uint Crc(byte[] bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes)
        {
            crc ^= b;
            for (var i = 0; i < 8; i++)
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320);
        }
        return ~crc;
    }
}
