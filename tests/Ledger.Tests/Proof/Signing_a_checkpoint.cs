using Ledger.Proof;

namespace Ledger.Tests.Proof;

public sealed class Signing_a_checkpoint
{
    const string Origin = "ledger.example.org/trade-2026";

    static readonly Hash Root = StrictBase64.ReadHash("6syR7yPFeiNxqMT/NCIZw+ibSwE0idy70ex04azeZP4=")!.Value;

    static byte[] Seed => [.. Enumerable.Repeat((byte)1, 32)];

    [Fact]
    public void gives_the_bytes_of_the_worked_example()
    {
        using var key = new Ed25519Key(Seed);
        var note = new NoteSigner(Origin, key).Sign(new Checkpoint(Origin, 3, Root).Body);
        var example = Vectors.WorkedExample("checkpoint");
        Assert.StartsWith(note, example);
        Assert.Equal(example[..(example.LastIndexOf('—'))], note);
    }

    [Fact]
    public void is_done_with_the_key_of_the_worked_example()
    {
        using var key = new Ed25519Key(Seed);
        Assert.Equal(Vectors.WorkedExample("log", "vkey"), new NoteSigner(Origin, key).Vkey);
        Assert.Equal(Vectors.WorkedExample("log", "skey"), NoteSigner.Skey(Origin, Seed));
    }
}
