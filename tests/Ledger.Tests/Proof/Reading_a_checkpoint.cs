using Ledger.Proof;

namespace Ledger.Tests.Proof;

public sealed class Reading_a_checkpoint
{
    const string Root = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";

    [Theory]
    [InlineData("0", 0UL)]
    [InlineData("10", 10UL)]
    [InlineData("18446744073709551615", ulong.MaxValue)]
    public void gives_origin_size_and_root(string size, ulong leaves)
    {
        var body = $"example.org/log\n{size}\n{Root}\n";
        var checkpoint = Checkpoint.Read(body);
        Assert.Equal(new("example.org/log", leaves, Merkle.EmptyRoot), checkpoint);
        Assert.Equal(body, checkpoint!.Body);
    }

    [Theory]
    [InlineData("\n1\n" + Root + "\n")]
    [InlineData("o\n\n" + Root + "\n")]
    [InlineData("o\n01\n" + Root + "\n")]
    [InlineData("o\n00\n" + Root + "\n")]
    [InlineData("o\n+1\n" + Root + "\n")]
    [InlineData("o\n-1\n" + Root + "\n")]
    [InlineData("o\n 1\n" + Root + "\n")]
    [InlineData("o\n1 \n" + Root + "\n")]
    [InlineData("o\n1,000\n" + Root + "\n")]
    [InlineData("o\n0x1\n" + Root + "\n")]
    [InlineData("o\n\u0661\n" + Root + "\n")]
    [InlineData("o\n18446744073709551616\n" + Root + "\n")]
    [InlineData("o\n1\n\n")]
    [InlineData("o\n1\n" + Root)]
    [InlineData("o\n1\n" + Root + "\nan extension\n")]
    [InlineData("o\n1\n" + Root + "\n\n")]
    [InlineData("o\n1\n" + Root + " \n")]
    [InlineData("o\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU\n")]
    [InlineData("o\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFV=\n")]
    [InlineData("o\n1\n47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU=\n")]
    [InlineData("o\n1\nAAAA47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n")]
    [InlineData("o\n1\nAAAA\n")]
    [InlineData("o\n1\n")]
    [InlineData("o\n1")]
    [InlineData("")]
    public void refuses_whatever_it_would_not_write(string body) => Assert.Null(Checkpoint.Read(body));

    [Fact]
    public void knows_the_root_of_no_leaves()
    {
        var example = Vectors.Lines("c2sp-examples.jsonl").Single(l => l.Text("name") == "empty-checkpoint-root");
        Assert.Equal(Merkle.EmptyRoot, StrictBase64.ReadHash(example.Text("root_base64")));
    }
}
