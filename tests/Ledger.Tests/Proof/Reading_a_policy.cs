using System.Text;
using Ledger.Proof;

namespace Ledger.Tests.Proof;

public sealed class Reading_a_policy
{
    static TrustPolicy? Read(string text, out PolicyError? error) =>
        TrustPolicy.Read(Encoding.UTF8.GetBytes(text), out error);

    [Fact]
    public void takes_that_of_the_worked_example()
    {
        var text = Vectors.WorkedExample("policy");
        var policy = Read(text, out var error)!;
        Assert.Null(error);
        Assert.Equal(SampleSigners.Origin, Assert.Single(policy.Logs).Origin);
        Assert.Equal(("w1", Vectors.WorkedExample("witness", "vkey")), Named(Assert.Single(policy.Witnesses)));
        Assert.Equal(policy.Witnesses[0], Assert.IsType<Quorum.One>(policy.Quorum).Witness);
        Assert.Equal(Hash.Of(Encoding.UTF8.GetBytes(text)), policy.Sha256);
    }

    static (string, string) Named(Witness witness) => (witness.Name, witness.Key.Key.Vkey);

    [Fact]
    public void takes_blanks_tabs_comments_and_addresses()
    {
        var policy = Read(
            $"# whom we trust\n\n \t \n  # indented\n\tlog\t {SampleSigners.Log.Vkey}  https://ledger.example.org/trade-2026 \n"
                + $"witness 海关 {SampleSigners.Witness(1).Vkey}\thttp://127.0.0.1:8080/w\n"
                + $"#group g any 海关\ngroup all all 海关 \nquorum all\n\n",
            out var error
        )!;
        Assert.Null(error);
        Assert.Equal("https://ledger.example.org/trade-2026", policy.Logs[0].Url);
        Assert.Equal(("海关", "http://127.0.0.1:8080/w"), (policy.Witnesses[0].Name, policy.Witnesses[0].Url));
        Assert.Equal(1, Assert.IsType<Quorum.Group>(policy.Quorum).Needed);
    }

    [Fact]
    public void takes_several_keys_of_one_log_and_a_log_without_witnesses()
    {
        using var next = new Ed25519Key(SampleSigners.Seed(99));
        var rotated = new NoteSigner(SampleSigners.Origin, next).Vkey;
        var policy = Read($"log {SampleSigners.Log.Vkey}\nlog {rotated}\nquorum none\n", out var error)!;
        Assert.Null(error);
        Assert.Equal(2, policy.Logs.Length);
        Assert.Null(policy.Quorum);
    }

    [Theory]
    [InlineData("group g all w1 w2 w3", 3)]
    [InlineData("group g any w1 w2 w3", 1)]
    [InlineData("group g 1 w1 w2 w3", 1)]
    [InlineData("group g 3 w1 w2 w3", 3)]
    public void counts_all_any_and_k(string group, int needed)
    {
        var policy = SampleSigners.Policy(3, group + "\nquorum g\n");
        Assert.Equal(needed, Assert.IsType<Quorum.Group>(policy.Quorum).Needed);
    }

    [Theory]
    [InlineData("quorum w9", "is not the name")]
    [InlineData("group g all w1 g\nquorum g", "is not the name")]
    [InlineData("group g all h\ngroup h all w1\nquorum g", "is not the name")]
    [InlineData("group g all w1 w1\nquorum g", "in a group already")]
    [InlineData("group g all w1\ngroup h all w2\ngroup i all h w1\nquorum g", "in a group already", 6)]
    [InlineData("group g all none\nquorum g", "is not the name")]
    [InlineData("group none all w1\nquorum none", "is taken")]
    [InlineData("group w1 all w2\nquorum w1", "is taken")]
    [InlineData("group g all w1\ngroup g all w2\nquorum g", "is taken", 5)]
    [InlineData("group g 0 w1\nquorum g", "is no quorum")]
    [InlineData("group g 2 w1\nquorum g", "is no quorum")]
    [InlineData("group g 18446744073709551615 w1\nquorum g", "is no quorum")]
    [InlineData("group g 01 w1\nquorum g", "neither all, any")]
    [InlineData("group g +1 w1\nquorum g", "neither all, any")]
    [InlineData("group g -1 w1\nquorum g", "neither all, any")]
    [InlineData("group g ALL w1\nquorum g", "neither all, any")]
    [InlineData("group g any\nquorum g", "neither \"log")]
    [InlineData("group g\nquorum g", "neither \"log")]
    [InlineData("quorum", "neither \"log")]
    [InlineData("quorum w1 w2", "neither \"log")]
    [InlineData("QUORUM w1", "neither \"log")]
    [InlineData("policy w1", "neither \"log")]
    [InlineData("log", "neither \"log")]
    [InlineData("witness w4", "neither \"log")]
    [InlineData("quorum w1\nquorum w1", "a second quorum", 5)]
    [InlineData("quorum none\nquorum w1", "a second quorum", 5)]
    [InlineData("quorum w1 # a comment", "a line of its own")]
    [InlineData("quorum w1\ngroup g all w2 #", "a line of its own", 5)]
    [InlineData("quorum\u00a0w1", "neither \"log")]
    [InlineData("quorum w1\u0085", "a control character")]
    [InlineData("quorum w1\u007f", "a control character")]
    [InlineData("# a bell \a\nquorum w1", "a control character")]
    [InlineData("quorum w1\v", "a control character")]
    [InlineData("group g all w1", "is missing", 0)]
    public void names_the_line_that_is_wrong(string lines, string says, int line = 4)
    {
        Assert.Null(Read(SampleSigners.PolicyText(2, lines + "\n"), out var error));
        Assert.Equal(line, error!.Line);
        Assert.Contains(says, error.Text, StringComparison.Ordinal);
        Assert.StartsWith(line == 0 ? "the line" : $"line {line}: ", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void names_the_line_of_a_key_that_is_wrong()
    {
        var (log, w1, w2) = (SampleSigners.Log.Vkey, SampleSigners.Witness(1).Vkey, SampleSigners.Witness(2).Vkey);
        using var key = new Ed25519Key(SampleSigners.Seed(2));
        var (otherName, asLog) = (
            new Cosigner("other.example.org", key).Vkey,
            new NoteSigner("other.example.org", key).Vkey
        );
        (string Lines, string Says)[] wrong =
        [
            ($"log {w1}", "type 01"),
            ($"log {log[..^1]}", "type 01"),
            ($"log {log} ftp://example.org/", "http"),
            ($"log {log} ledger.example.org", "http"),
            ($"log {log} https://a.example https://b.example", "neither"),
            ($"log {log}\nlog {log}", "above already"),
            ($"witness w1 {log}", "type 04"),
            ($"witness w1 {w1.Replace("+", "+0", StringComparison.Ordinal)}", "type 04"),
            ($"witness none {w1}", "taken"),
            ($"witness w1 {w1}\nwitness w1 {w2}", "taken"),
            ($"witness w1 {w1}\nwitness w2 {w1}", "above already"),
            ($"witness w1 {w1}\nwitness w2 {otherName}", "above already"),
            ($"witness w1 {w1}\nlog {asLog}", "above already"),
            ($"log {asLog}\nwitness w1 {w1}", "above already"),
        ];
        Assert.All(
            wrong,
            w =>
            {
                Assert.Null(Read(w.Lines + "\nquorum none\n", out var error));
                Assert.Equal(w.Lines.Split('\n').Length, error!.Line);
                Assert.Contains(w.Says, error.Text, StringComparison.Ordinal);
            }
        );
    }

    [Theory]
    [InlineData("")]
    [InlineData("quorum none")]
    [InlineData("quorum none\r\n")]
    [InlineData("\ufeffquorum none\n")]
    public void refuses_a_file_that_is_no_such_text(string text)
    {
        Assert.Null(Read(text, out var error));
        Assert.Equal(0, error!.Line);
    }
}
