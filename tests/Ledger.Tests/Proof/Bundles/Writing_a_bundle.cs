using System.Text;
using Ledger.Proof;
using Ledger.Proof.Bundles;

namespace Ledger.Tests.Proof.Bundles;

public sealed class Writing_a_bundle
{
    static readonly BundleParts Parts = SmallLog.Of(4).Parts();

    [Fact]
    public void gives_what_a_reader_finds_complete_and_supported()
    {
        var verdict = BundleVerifier.Verify(BundleWriter.Write(Parts), SmallLog.Policy, SmallLog.Strict);
        Assert.Empty(verdict.Findings);
        Assert.True(verdict.Valid, verdict.ToJson());
        Assert.Equal(["own-key", "on-behalf", "on-behalf", "on-behalf"], verdict.Events.Select(e => e.SaidBy));
        Assert.Equal([1UL, 2, 3, 4], verdict.Events.Select(e => e.N));
        Assert.Empty(verdict.Warnings);
    }

    [Fact]
    public void gives_the_same_bytes_in_whatever_order_the_parts_come()
    {
        var turned = Parts with
        {
            Notes = [.. Parts.Notes.Reverse()],
            Keys = [.. Parts.Keys.Reverse()],
            Identifiers = [.. Parts.Identifiers.Reverse()],
        };
        Assert.Equal(BundleWriter.Write(Parts), BundleWriter.Write(turned));
    }

    [Fact]
    public void names_and_orders_the_files_as_the_format_does()
    {
        var names = Repacked.Files(BundleWriter.Write(Parts)).Select(f => f.Name).ToArray();
        Assert.Equal(["manifest.json", "policy.txt", "checkpoint.txt"], names[..3]);
        Assert.Equal("report.html", names[^1]);
        string[] folders = ["notes", "consistency", "events", "keys", "headmap", "ids"];
        Assert.Equal(folders, names[3..^1].Select(n => n.Split('/')[0]).Distinct());
        Assert.Contains("events/0004.tlog-proof", names);
    }

    [Fact]
    public void tells_the_report_the_hash_of_the_manifest()
    {
        var files = Repacked.Files(BundleWriter.Write(Parts));
        var page = Encoding.UTF8.GetString(files[^1].Content.Span);
        Assert.Contains(Hash.Of(files[0].Content.Span).ToHex(), page, StringComparison.Ordinal);
    }

    [Fact]
    public void keeps_the_numbers_of_a_delta()
    {
        var log = SmallLog.Of(3);
        var first = log.Bundle();
        var delta = BundleWriter.Write(Deltas.After(first, log.Grow()));
        Assert.Contains("events/0004.sdjwt", Repacked.Files(delta).Select(f => f.Name));
        Assert.Equal("gap(1)", Assert.Single(Verify(delta, SmallLog.Strict).Events).Complete);
        var verdict = Verify(delta, SmallLog.Strict with { Base = first });
        Assert.True(verdict.Valid, verdict.ToJson());
        Assert.Equal(["base"], Verify(delta, SmallLog.Strict with { Base = delta }).Findings.Select(f => f.Code));
        var turned = Verify(first, SmallLog.Strict with { Base = first });
        Assert.Equal(["base"], turned.Findings.Select(f => f.Code));

        static BundleVerdict Verify(byte[] zip, VerifyOptions options) =>
            BundleVerifier.Verify(zip, SmallLog.Policy, options);
    }

    [Fact]
    public void refuses_two_notes_of_one_size() =>
        Assert.Throws<ArgumentException>(() =>
            BundleWriter.Write(Parts with { Notes = [.. Parts.Notes, Parts.Notes[0]] })
        );

    [Fact]
    public void refuses_a_checkpoint_that_is_none() =>
        Assert.Throws<ArgumentException>(() => BundleWriter.Write(Parts with { Checkpoint = "none\n" }));
}
