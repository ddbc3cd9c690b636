using System.Text;
using Ledger.Proof.Bundles;

namespace Ledger.Tests.Proof.Bundles;

public sealed class Requiring_of_a_bundle
{
    static readonly byte[] Good = SmallLog.Of(2).Bundle();

    static BundleVerdict Verify(string require, byte[]? policy = null, byte[]? zip = null) =>
        BundleVerifier.Verify(
            zip ?? Good,
            policy ?? SmallLog.Policy,
            SmallLog.Strict with
            {
                Require = Requirement.Read(require)!.Value,
            }
        );

    [Theory]
    [InlineData("existed", true)]
    [InlineData("witnessed,saidBy,complete,time", true)]
    [InlineData("own-key", false)]
    public void decides_what_is_valid(string require, bool valid) => Assert.Equal(valid, Verify(require).Valid);

    [Theory]
    [InlineData("")]
    [InlineData("existed,")]
    [InlineData("existed,trusted")]
    [InlineData("Existed")]
    [InlineData("existed, time")]
    public void takes_no_other_words(string list) => Assert.Null(Requirement.Read(list));

    [Fact]
    public void witnesses_fails_where_the_policy_asks_for_none()
    {
        var none = Encoding.UTF8.GetBytes(SampleSigners.PolicyText(3, "quorum none\n"));
        var verdict = Verify("existed,saidBy,complete", none);
        Assert.True(verdict.Valid, verdict.ToJson());
        Assert.Equal(
            [("existed(unwitnessed)", "complete-up-to unwitnessed", "unbounded")],
            verdict.Events.Select(e => (e.Existed, e.Complete, e.Time)).Distinct()
        );
        Assert.False(Verify("witnessed", none).Valid);
        Assert.NotEmpty(verdict.Warnings);
    }

    [Fact]
    public void a_quorum_that_its_witnesses_are_not_fails()
    {
        var other = Encoding.UTF8.GetBytes(
            $"log {SampleSigners.Log.Vkey}\nwitness w {SampleSigners.Witness(4).Vkey}\nquorum w\n"
        );
        var verdict = Verify("existed", other);
        Assert.Equal(["no-quorum"], verdict.Events.Select(e => e.Existed).Distinct());
        Assert.False(verdict.Valid);
    }

    /// <summary>The map that would show a revocation may be one of several below it.</summary>
    [Theory]
    [InlineData("saidBy")]
    [InlineData("own-key")]
    public void who_said_it_fails_below_the_readers_quorum(string require)
    {
        var twoOfOthers =
            $"log {SampleSigners.Log.Vkey}\nwitness w1 {SampleSigners.Witness(1).Vkey}\nwitness w4 {SampleSigners.Witness(4).Vkey}\n";
        var both = Encoding.UTF8.GetBytes($"{twoOfOthers}group both all w1 w4\nquorum both\n");
        var one = Encoding.UTF8.GetBytes($"{twoOfOthers}group one any w1 w4\nquorum one\n");
        Assert.Equal(require == "saidBy", Verify(require, one).Valid);
        var verdict = Verify(require, both);
        Assert.False(verdict.Valid);
        Assert.Equal(["unknown-key"], verdict.Events.Select(e => e.SaidBy).Distinct());
    }

    [Fact]
    public void a_key_that_a_listed_registrar_knows_fails_without_the_list()
    {
        var verdict = BundleVerifier.Verify(Good, SmallLog.Policy, new());
        Assert.Equal(["own-key-unvouched", "on-behalf"], verdict.Events.Select(e => e.SaidBy));
    }

    [Fact]
    public void completeness_fails_without_a_head_map()
    {
        var unmapped = BundleWriter.Write(SmallLog.Of(2).Parts() with { HeadMap = null, Keys = [], Identifiers = [] });
        var verdict = Verify("complete", zip: unmapped);
        Assert.Equal(["no-head-map"], verdict.Events.Select(e => e.Complete).Distinct());
        Assert.Equal(["unknown-key"], verdict.Events.Select(e => e.SaidBy).Distinct());
        Assert.Equal("not-asked", Verify("existed", zip: unmapped).Events[0].Complete);
        Assert.True(Verify("existed", zip: unmapped).Valid);
    }

    [Fact]
    public void a_pinned_checkpoint_needs_the_log_to_go_on_from_it()
    {
        var files = Repacked.Files(Good);
        var note = files.First(f => f.Name.StartsWith("notes/", StringComparison.Ordinal));
        Assert.True(Pinned(note.Content.ToArray()).Valid);
        Assert.True(Pinned(files[2].Content.ToArray()).Valid);
        Assert.Equal("pin", Assert.Single(Pinned(SmallLog.Of(7).Parts().Checkpoint).Findings).Code);
        Assert.Equal("pin", Assert.Single(Pinned("nothing\n").Findings).Code);

        BundleVerdict Pinned(object pin) =>
            BundleVerifier.Verify(
                Good,
                SmallLog.Policy,
                SmallLog.Strict with
                {
                    Pin = pin as byte[] ?? Encoding.UTF8.GetBytes((string)pin),
                }
            );
    }

    [Fact]
    public void a_policy_or_registrars_that_cannot_be_read_names_the_line()
    {
        Assert.Contains("line 1", Only(Verify("existed", "logs\n"u8.ToArray())).Detail, StringComparison.Ordinal);
        var options = new VerifyOptions { Registrars = "# x\nname\n"u8.ToArray() };
        var finding = Only(BundleVerifier.Verify(Good, SmallLog.Policy, options));
        Assert.Equal("registrars", finding.Code);
        Assert.Contains("line 2", finding.Detail, StringComparison.Ordinal);

        static BundleFinding Only(BundleVerdict verdict) => Assert.Single(verdict.Findings);
    }
}
