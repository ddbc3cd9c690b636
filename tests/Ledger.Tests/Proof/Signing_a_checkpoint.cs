using CsCheck;
using Ledger.Proof;
using Hash = Ledger.Proof.Hash;

namespace Ledger.Tests.Proof;

public sealed class Signing_a_checkpoint
{
    static readonly Hash Root = StrictBase64.ReadHash("6syR7yPFeiNxqMT/NCIZw+ibSwE0idy70ex04azeZP4=")!.Value;

    [Fact]
    public void gives_the_bytes_of_the_worked_example()
    {
        var body = new Checkpoint(SampleSigners.Origin, 3, Root).Body;
        var witness = SampleSigners.Witness(1, "witness.example.org/w1");
        Assert.Equal(
            Vectors.WorkedExample("checkpoint"),
            SignedNote.Sign(body, SampleSigners.Log, witness.At(0x695DBE84))
        );
        Assert.StartsWith(SampleSigners.Log.Sign(body), Vectors.WorkedExample("checkpoint"), StringComparison.Ordinal);
    }

    [Fact]
    public void is_done_with_the_keys_of_the_worked_example()
    {
        Assert.Equal(Vectors.WorkedExample("log", "vkey"), SampleSigners.Log.Vkey);
        Assert.Equal(
            Vectors.WorkedExample("log", "skey"),
            NoteSigner.Skey(SampleSigners.Origin, SampleSigners.Seed(1))
        );
        Assert.Equal(Vectors.WorkedExample("witness", "vkey"), SampleSigners.Witness(1, "witness.example.org/w1").Vkey);
    }

    [Fact]
    public void is_undone_by_opening_it() =>
        Gen.Select(Gen.ULong, Gen.Byte.Array[Hash.Size], Gen.Byte.Array[Ed25519Key.SeedSize])
            .Sample(
                (size, root, seed) =>
                {
                    using var key = new Ed25519Key(seed);
                    var log = new NoteSigner(SampleSigners.Origin, key);
                    var checkpoint = new Checkpoint(SampleSigners.Origin, size, Hash.Read(root));
                    var opened = SignedNote.Open(log.Sign(checkpoint.Body), NoteVerifier.Read(log.Vkey)!);
                    Assert.Null(opened.Fault);
                    Assert.Equal(checkpoint, Checkpoint.Read(opened.Text));
                },
                iter: 200
            );

    [Fact]
    public void lets_no_byte_be_changed_left_out_or_put_in()
    {
        var note = System.Text.Encoding.UTF8.GetBytes(SampleSigners.Log.Sign(SampleSigners.Head().Body));
        for (var place = 0; place < note.Length; place++)
        {
            for (var bit = 0; bit < 8; bit++)
            {
                byte[] changed = [.. note];
                changed[place] ^= (byte)(1 << bit);
                Assert.False(Verifies(changed), $"bit {bit} of byte {place}");
            }
            Assert.False(Verifies([.. note[..place], .. note[(place + 1)..]]), $"without byte {place}");
            Assert.False(Verifies([.. note[..place], (byte)'A', .. note[place..]]), $"one more before byte {place}");
        }
        Assert.True(Verifies(note));
    }

    static bool Verifies(byte[] note) =>
        StrictText.Read(note) is { } text && SignedNote.Open(text, SampleSigners.LogVerifier).Fault is null;
}
