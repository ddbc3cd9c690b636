using System.Text;
using Ledger.Proof;
using Ledger.Proof.Bundles;
using Support;

namespace Ledger.Tests.Proof.Bundles;

[TakesLong]
public sealed class Tampering_with_a_bundle
{
    const int Events = 3;
    static readonly byte[] Good = SmallLog.Of(Events).Bundle();

    static BundleVerdict Verify(byte[] zip, VerifyOptions? options = null) =>
        BundleVerifier.Verify(zip, SmallLog.Policy, options ?? SmallLog.Strict);

    [Theory]
    [InlineData(1, "gap(1)")]
    [InlineData(2, "gap(2)")]
    [InlineData(3, "truncated(2,3)")]
    public void by_leaving_out_an_event_shows_where(int n, string word)
    {
        var verdict = Verify(Repacked.Without(Good, $"events/000{n}."));
        Assert.False(verdict.Valid);
        Assert.Empty(verdict.Findings);
        Assert.Equal([word, word], verdict.Events.Select(e => e.Complete));
    }

    [Fact]
    public void by_leaving_out_any_other_file_is_never_valid()
    {
        foreach (
            var name in Repacked.Files(Good).Select(f => f.Name).Where(n => n.Contains('/', StringComparison.Ordinal))
        )
            if (!name.StartsWith("notes/", StringComparison.Ordinal))
                Assert.False(Verify(Repacked.Without(Good, name)).Valid, name);
    }

    [Fact]
    public void by_one_byte_of_any_file_under_a_manifest_that_fits_is_never_valid()
    {
        // Free to whoever packs: the page, his copy of the policy, cosignatures that a quorum can spare.
        var files = Repacked
            .Files(Good)[1..^1]
            .Where(f => f.Name != "policy.txt" && !f.Name.StartsWith("notes/", StringComparison.Ordinal))
            .ToArray();
        var changes = Enumerable.Range(0, 1_500).Select(i => (File: files[i % files.Length], Turn: i));
        Parallel.ForEach(
            changes,
            change =>
            {
                var (file, turn) = change;
                // A stride that is prime to any length visits places all over each file.
                var at = (int)(turn * 7_919L % file.Content.Length);
                var zip = Repacked.With(Good, file.Name, bytes => Flipped(bytes, at, turn));
                Assert.False(Verify(zip).Valid, $"{file.Name}, byte {at}, turn {turn}");
            }
        );
    }

    [Fact]
    public void by_one_byte_of_any_listed_file_is_found_by_the_manifest()
    {
        var files = Repacked.Files(Good);
        for (var i = 1; i < files.Length - 1; i++)
        {
            var spoilt = files.ToArray();
            spoilt[i] = new(files[i].Name, Flipped(files[i].Content.ToArray(), files[i].Content.Length / 2, i));
            Assert.Contains("manifest-hash", Verify(BundleZip.Write(spoilt)).Findings.Select(f => f.Code));
        }
    }

    [Fact]
    public void by_one_byte_of_the_manifest_is_never_valid()
    {
        var manifest = Repacked.Files(Good)[0].Content.ToArray();
        Parallel.For(
            0,
            manifest.Length,
            at =>
            {
                var files = Repacked.Files(Good);
                files[0] = new(files[0].Name, Flipped(manifest, at, at));
                Assert.False(Verify(BundleZip.Write(files)).Valid, $"byte {at}");
            }
        );
    }

    [Fact]
    public void by_anything_at_all_does_not_end_the_verifier()
    {
        for (var i = 0; i < 120; i++)
        {
            var bytes = Good.ToArray();
            for (var k = 0; k <= i % 7; k++)
                bytes[(i * 104_729 + k * 15_485_863L) % bytes.Length] ^= (byte)(1 + (i + k) % 255);
            Assert.False(Verify(bytes).Valid);
            Assert.False(Verify(bytes[..(bytes.Length * i / 120)]).Valid);
        }
    }

    [Theory]
    [InlineData("checkpoint.txt", "bad-checkpoint")]
    [InlineData("notes/1.txt", "bad-checkpoint")]
    [InlineData("consistency/1.txt", "consistency")]
    [InlineData("policy.txt", "text")]
    [InlineData("events/0002.tlog-proof", "bad-inclusion")]
    [InlineData("events/0002.sdjwt", "bad-signature")]
    [InlineData("headmap/member.json", "no-head-map")]
    [InlineData("headmap/leaf.sdjwt", "no-head-map")]
    public void by_another_spelling_of_a_text_is_found(string name, string code)
    {
        Func<byte[], byte[]>[] spellings =
        [
            bytes => [0xEF, 0xBB, 0xBF, .. bytes],
            bytes => [.. bytes, 0xFF, (byte)'\n'],
            bytes =>
                Encoding.UTF8.GetBytes(
                    Encoding.UTF8.GetString(bytes).Replace("\n", "\r\n", StringComparison.Ordinal) + "\r"
                ),
            bytes => [.. bytes, (byte)' '],
        ];
        // A proof ends in the checkpoint, byte for byte; what is behind its own lines is that note's.
        foreach (var spelling in name.EndsWith("proof", StringComparison.Ordinal) ? spellings[..1] : spellings)
        {
            var verdict = Verify(Repacked.With(Good, name, spelling));
            Assert.Contains(code, verdict.Findings.Select(f => f.Code));
            Assert.False(verdict.Valid);
        }
    }

    [Fact]
    public void by_another_note_under_one_proof_ends_that_event_only()
    {
        var zip = Repacked.With(Good, "events/0002.tlog-proof", b => [.. b, .. "— x AAAAAAA=\n"u8]);
        Assert.Equal(["existed", "bad-checkpoint", "existed"], Verify(zip).Events.Select(e => e.Existed));
    }

    [Fact]
    public void by_any_member_of_the_manifest_is_found()
    {
        Func<BundleManifest, BundleManifest>[] changes =
        [
            m => m with { Events = 4 },
            m => m with { Size = m.Size + 1 },
            m => m with { HeadMap = null },
            m => m with { HeadMap = 0 },
            m => m with { Handle = Hash.Of([1]) },
            m => m with { Created = "2026-01-05T02:00:00Z" },
            m => m with { Disclosed = [] },
            m => m with { Files = m.Files.Remove("notes/1.txt") },
            m => m with { Files = m.Files.Add("notes/999.txt", m.Files["notes/1.txt"]) },
            m => m with { Delta = new(1UL << 40, 1) },
        ];
        foreach (var change in changes)
            Assert.NotEmpty(Verify(Repacked.WithManifest(Good, m => change(m).ToJson())).Findings);
    }

    [Theory]
    [InlineData("{\"created\"", "{ \"created\"")]
    [InlineData("\"events\":3", "\"events\":3.0")]
    [InlineData("\"events\":3", "\"events\":3e0")]
    [InlineData("\"events\":3", "\"events\":\"3\"")]
    [InlineData("\"events\":3", "\"events\":3,\"events\":3")]
    [InlineData("\"events\":3", "\"events\":-3")]
    [InlineData("\"size\":", "\"size\":1,\"x\":")]
    [InlineData("\"format\":\"trade", "\"format\":\"\\u0074rade")]
    [InlineData("bundle/1", "bundle/2")]
    [InlineData("}", "}\n")]
    public void by_another_spelling_of_the_manifest_is_found(string old, string spelt)
    {
        var zip = Repacked.WithManifest(
            Good,
            m =>
            {
                var text = Encoding.UTF8.GetString(m.ToJson());
                var at = text.LastIndexOf(old, StringComparison.Ordinal);
                return Encoding.UTF8.GetBytes(text.Remove(at, old.Length).Insert(at, spelt));
            }
        );
        Assert.Equal(["manifest"], Verify(zip).Findings.Select(f => f.Code));
    }

    [Fact]
    public void of_what_came_after_it_is_never_valid()
    {
        var log = SmallLog.Of(Events);
        var first = log.Bundle();
        var delta = BundleWriter.Write(Deltas.After(first, log.Grow()));
        BundleVerdict After(byte[] zip, byte[]? before = null) =>
            Verify(zip, SmallLog.Strict with { Base = before ?? first });
        Assert.True(After(delta).Valid);
        var names = Repacked
            .Files(delta)[1..^1]
            .Select(f => f.Name)
            .Where(name => name != "policy.txt" && !name.StartsWith("notes/", StringComparison.Ordinal));
        Parallel.ForEach(
            names,
            name =>
            {
                if (name.Contains('/', StringComparison.Ordinal))
                    Assert.False(After(Repacked.Without(delta, name)).Valid, name);
                for (var turn = 0; turn < 40; turn++)
                {
                    var zip = Repacked.With(delta, name, bytes => Flipped(bytes, turn * 7_919 % bytes.Length, turn));
                    Assert.False(After(zip).Valid, $"{name}, turn {turn}");
                }
            }
        );
        for (var n = 1; n <= Events; n++)
            Assert.False(After(delta, Repacked.Without(first, $"events/000{n}.")).Valid);
    }

    static byte[] Flipped(byte[] bytes, int at, int turn)
    {
        var changed = bytes.ToArray();
        changed[at] ^= (byte)(1 + turn % 255);
        return changed;
    }
}
