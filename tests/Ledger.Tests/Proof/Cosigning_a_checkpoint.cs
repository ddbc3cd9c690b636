using System.Buffers.Binary;
using System.Text;
using Ledger.Proof;

namespace Ledger.Tests.Proof;

public sealed class Cosigning_a_checkpoint
{
    [Fact]
    public void gives_the_payload_that_others_computed()
    {
        var vector = Vectors
            .Lines("c2sp-examples.jsonl")
            .Single(l => l.Text("name") == "cosignature-ed25519-deterministic");
        using var key = new Ed25519Key(Convert.FromHexString(vector.Text("seed_hex")));
        var cosigner = new Cosigner(vector.Text("cosigner"), key);
        var body = vector.Text("checkpoint_body");
        var time = vector.GetProperty("time").GetUInt64();
        var payload = vector.Text("line_payload_base64");
        Assert.Equal($"— {cosigner.Key.Name} {payload}\n", SignedNote.Line(body, cosigner.At(time)));
        Assert.Equal(76, Convert.FromBase64String(payload).Length);
        var opened = SignedNote.Open(SignedNote.Sign(body, cosigner.At(time)), SampleSigners.VerifierOf(cosigner));
        Assert.Equal(time, Assert.Single(opened.Verified).Time);
    }

    [Theory]
    [InlineData(1UL)]
    [InlineData(1_767_751_300UL)]
    [InlineData(253_402_300_799UL)]
    public void states_the_time_it_is_told(ulong time)
    {
        var opened = SignedNote.Open(SampleSigners.Note((1, time)), SampleSigners.VerifierOf(SampleSigners.Witness(1)));
        Assert.Equal(time, Assert.Single(opened.Verified).Time);
    }

    [Theory]
    [InlineData(0UL)]
    [InlineData(253_402_300_800UL)]
    [InlineData(ulong.MaxValue)]
    public void states_no_time_that_no_calendar_has(ulong time)
    {
        var witness = SampleSigners.Witness(1);
        Assert.Throws<ArgumentOutOfRangeException>(() => witness.At(time));
        using var key = new Ed25519Key(SampleSigners.Seed(2));
        var message = Encoding.UTF8.GetBytes($"cosignature/v1\ntime {time}\n{SampleSigners.Head().Body}");
        var signature = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(signature, time);
        var line = new SignatureLine(witness.Key.Name, witness.Key.Id, [.. signature, .. key.Sign(message)]);
        Assert.Equal(
            NoteFault.WrongSignature,
            SignedNote.Open(SampleSigners.Note() + line.Text, SampleSigners.VerifierOf(witness)).Fault
        );
    }

    [Fact]
    public void covers_the_time()
    {
        var line = SignedNote.Read(SampleSigners.Note((1, 1000UL)))!.Lines[1];
        for (var place = 0; place < line.Signature.Length; place++)
        {
            var changed = line.Signature.SetItem(place, (byte)(line.Signature[place] ^ 1));
            var note = SampleSigners.Note() + (line with { Signature = changed }).Text;
            Assert.Equal(
                NoteFault.WrongSignature,
                SignedNote.Open(note, SampleSigners.VerifierOf(SampleSigners.Witness(1))).Fault
            );
        }
    }

    [Fact]
    public void is_no_signature_of_type_01_with_the_same_key()
    {
        using var key = new Ed25519Key(SampleSigners.Seed(9));
        var (log, cosigner) = (new NoteSigner("one.example", key), new Cosigner("one.example", key));
        Assert.NotEqual(log.Key.Id, cosigner.Key.Id);
        // The same 64 bytes under the other type's id.
        var signature = cosigner.At(5).Sign("text\n"u8);
        var forged = new SignatureLine("one.example", log.Key.Id, [.. signature[8..]]).Text;
        Assert.Equal(
            NoteFault.WrongSignature,
            SignedNote.Open($"text\n\n{forged}", NoteVerifier.Read(log.Vkey)!).Fault
        );
    }
}
