using System.Globalization;
using System.Text;
using Ledger.Proof;

namespace Ledger.Tests.Proof;

/// <summary>The file <c>.tlog-proof</c>.</summary>
public sealed class Proving_a_leaf
{
    static readonly string Example = Vectors.WorkedExample("tlog_proof_index_1");

    static TrustPolicy Policy { get; } =
        TrustPolicy.Read(Encoding.UTF8.GetBytes(Vectors.WorkedExample("policy")), out _)!;

    static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    static byte[] Leaf(int index) =>
        Encoding.ASCII.GetBytes(Vectors.Example.GetProperty("leaves")[index].GetProperty("jwt").GetString()!);

    [Fact]
    public void is_read_and_written_as_in_the_worked_example()
    {
        var proof = TlogProof.Read(Bytes(Example))!;
        Assert.Equal(1UL, proof.Index);
        Assert.Equal(
            Vectors.Example.GetProperty("inclusion_1_of_3").EnumerateArray().Select(h => h.GetString()),
            proof.Hashes.Select(h => h.ToBase64())
        );
        Assert.Equal(Vectors.WorkedExample("checkpoint"), proof.Note);
        Assert.Equal(Example, proof.Text);
    }

    [Fact]
    public void holds_for_its_leaf_and_for_no_other()
    {
        var proof = TlogProof.Read(Bytes(Example))!;
        var check = proof.Verify(Leaf(1), Policy);
        Assert.True(check.Existed);
        Assert.Equal(3UL, check.Trust.Checkpoint!.Size);
        foreach (var other in (byte[][])[Leaf(0), Leaf(2), [], [.. Leaf(1), 0]])
            Assert.Equal((Trust.Trusted, false, false), Verdict(proof.Verify(other, Policy)));
    }

    static (Trust, bool, bool) Verdict(ProofCheck check) => (check.Trust.Trust, check.Included, check.Existed);

    [Fact]
    public void fails_with_another_index_or_other_hashes()
    {
        var proof = TlogProof.Read(Bytes(Example))!;
        TlogProof[] wrong =
        [
            proof with
            {
                Index = 0,
            },
            proof with
            {
                Index = 2,
            },
            proof with
            {
                Index = 3,
            },
            proof with
            {
                Index = ulong.MaxValue,
            },
            proof with
            {
                Hashes = [],
            },
            proof with
            {
                Hashes = [proof.Hashes[0]],
            },
            proof with
            {
                Hashes = [proof.Hashes[1], proof.Hashes[0]],
            },
            proof with
            {
                Hashes = [.. proof.Hashes, proof.Hashes[0]],
            },
            proof with
            {
                Hashes = [proof.Hashes[0], default],
            },
        ];
        Assert.All(wrong, w => Assert.Equal((Trust.Trusted, false, false), Verdict(w.Verify(Leaf(1), Policy))));
    }

    [Fact]
    public void tells_a_wrong_checkpoint_from_a_wrong_proof()
    {
        var proof = TlogProof.Read(Bytes(Example))!;
        var logOnly = proof.Note[..proof.Note.LastIndexOf('—')];
        Assert.Equal((Trust.NoQuorum, true, false), Verdict((proof with { Note = logOnly }).Verify(Leaf(1), Policy)));
        (string Note, Trust Trust)[] wrong =
        [
            (proof.Note.Replace("\n3\n", "\n4\n", StringComparison.Ordinal), Trust.BadCheckpoint),
            (proof.Note + "— one more\n", Trust.BadCheckpoint),
            ("", Trust.BadCheckpoint),
            (proof.Note.Replace("2026\n", "2027\n", StringComparison.Ordinal), Trust.WrongOrigin),
        ];
        Assert.All(
            wrong,
            w => Assert.Equal((w.Trust, false, false), Verdict((proof with { Note = w.Note }).Verify(Leaf(1), Policy)))
        );
        Assert.All(wrong, w => Assert.NotNull(TlogProof.Read(Bytes((proof with { Note = w.Note }).Text))));
    }

    [Fact]
    public void has_no_hash_where_the_leaf_is_alone()
    {
        var root = Merkle.LeafHash("a"u8);
        var note = SampleSigners.Log.Sign(new Checkpoint(SampleSigners.Origin, 1, root).Body);
        var proof = TlogProof.Read(Bytes(new TlogProof(0, [], note).Text))!;
        Assert.True(proof.Verify("a"u8, SampleSigners.Policy(0, "quorum none\n")).Existed);
    }

    [Theory]
    [InlineData("extra AAAA")]
    [InlineData("extra ")]
    public void may_carry_an_extra_that_nobody_signed(string extra)
    {
        var proof = TlogProof.Read(Bytes(Example.Replace("\nindex", $"\n{extra}\nindex", StringComparison.Ordinal)))!;
        Assert.Equal(Example, proof.Text);
    }

    [Theory]
    [InlineData("6E6F7465")]
    [InlineData("6E6F74650D0A")]
    [InlineData("EFBBBF6E6F74650A")]
    [InlineData("6EFF0A")]
    [InlineData("")]
    public void is_one_of_a_bad_checkpoint_where_the_note_is_no_text(string note)
    {
        byte[] file = [.. Bytes("c2sp.org/tlog-proof@v1\nindex 1\n\n"), .. Convert.FromHexString(note)];
        var proof = TlogProof.Read(file)!;
        Assert.Equal((1UL, ""), (proof.Index, proof.Note));
        Assert.Equal((Trust.BadCheckpoint, false, false), Verdict(proof.Verify(Leaf(1), Policy)));
    }

    [Fact]
    public void has_a_mebibyte_at_most()
    {
        var proof = new TlogProof(1, [], new string('a', StrictText.Longest));
        Assert.Null(TlogProof.Read(Bytes(proof.Text)));
    }

    [Fact]
    public void has_63_hashes_at_most()
    {
        var hash = new Hash().ToBase64() + "\n";
        string With(int hashes) =>
            $"c2sp.org/tlog-proof@v1\nindex 1\n{string.Concat(Enumerable.Repeat(hash, hashes))}\nnote\n";
        Assert.Equal(63, TlogProof.Read(Bytes(With(63)))!.Hashes.Length);
        Assert.Null(TlogProof.Read(Bytes(With(64))));
    }

    const string H = "1Wuxrkh63NcpKjtbA7hC9bM0f3etylIUGSH55suP1wc=";

    [Theory]
    [InlineData("c2sp.org/tlog-proof@v2\nindex 1\n\nnote\n")]
    [InlineData("C2SP.org/tlog-proof@v1\nindex 1\n\nnote\n")]
    [InlineData(" c2sp.org/tlog-proof@v1\nindex 1\n\nnote\n")]
    [InlineData("\nc2sp.org/tlog-proof@v1\nindex 1\n\nnote\n")]
    [InlineData("c2sp.org/tlog-proof@v1\n\nnote\n")]
    [InlineData("c2sp.org/tlog-proof@v1\nindex 1\nnote\n")]
    [InlineData("c2sp.org/tlog-proof@v1\nindex 01\n\nnote\n")]
    [InlineData("c2sp.org/tlog-proof@v1\nindex +1\n\nnote\n")]
    [InlineData("c2sp.org/tlog-proof@v1\nindex -1\n\nnote\n")]
    [InlineData("c2sp.org/tlog-proof@v1\nindex  1\n\nnote\n")]
    [InlineData("c2sp.org/tlog-proof@v1\nindex 1 \n\nnote\n")]
    [InlineData("c2sp.org/tlog-proof@v1\nindex\n\nnote\n")]
    [InlineData("c2sp.org/tlog-proof@v1\nindex \n\nnote\n")]
    [InlineData("c2sp.org/tlog-proof@v1\nindex 18446744073709551616\n\nnote\n")]
    [InlineData("c2sp.org/tlog-proof@v1\nIndex 1\n\nnote\n")]
    [InlineData("c2sp.org/tlog-proof@v1\nextra AAAA\n\nnote\n")]
    [InlineData("c2sp.org/tlog-proof@v1\nextra AAAA\nextra AAAA\nindex 1\n\nnote\n")]
    [InlineData("c2sp.org/tlog-proof@v1\nindex 1\nextra AAAA\n\nnote\n")]
    [InlineData("c2sp.org/tlog-proof@v1\nextra AAA\nindex 1\n\nnote\n")]
    [InlineData("c2sp.org/tlog-proof@v1\nextra AAB=\nindex 1\n\nnote\n")]
    [InlineData("c2sp.org/tlog-proof@v1\nextra\nindex 1\n\nnote\n")]
    [InlineData("c2sp.org/tlog-proof@v1\nindex 1\nAAAA\n\nnote\n")]
    [InlineData("c2sp.org/tlog-proof@v1\nindex 1\n" + H + " \n\nnote\n")]
    [InlineData("c2sp.org/tlog-proof@v1\nindex 1\n" + H + H + "\n\nnote\n")]
    [InlineData("c2sp.org/tlog-proof@v1\r\nindex 1\n\nnote\n")]
    [InlineData("\ufeffc2sp.org/tlog-proof@v1\nindex 1\n\nnote\n")]
    [InlineData("")]
    public void is_refused_where_it_is_malformed(string text)
    {
        Assert.Null(TlogProof.Read(Bytes(text)));
    }

    [Fact]
    public void is_refused_as_the_specification_prints_it()
    {
        var layout = Vectors
            .Lines("c2sp-examples.jsonl")
            .Single(l => l.Text("name") == "tlog-proof-layout")
            .Text("proof");
        // Its header is whole; the elided signatures are the note's fault, not the proof's.
        var proof = TlogProof.Read(Bytes(layout))!;
        Assert.Equal((73894UL, 5), (proof.Index, proof.Hashes.Length));
        Assert.Null(SignedNote.Read(proof.Note));
        Assert.Equal((Trust.BadCheckpoint, false, false), Verdict(proof.Verify(Leaf(1), Policy)));
    }

    [Fact]
    public void never_holds_after_a_byte_was_changed()
    {
        var file = Encoding.UTF8.GetBytes(Example);
        for (var place = 0; place < file.Length; place++)
            foreach (var bit in (byte[])[0x01, 0x20, 0x80])
            {
                byte[] changed = [.. file];
                changed[place] ^= bit;
                var existed = TlogProof.Read(changed)?.Verify(Leaf(1), Policy).Existed ?? false;
                Assert.False(existed, string.Create(CultureInfo.InvariantCulture, $"byte {place}, bit {bit}"));
            }
    }
}
