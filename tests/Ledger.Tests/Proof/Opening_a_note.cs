using System.Text.Json;
using Ledger.Proof;

namespace Ledger.Tests.Proof;

public sealed class Opening_a_note
{
    static JsonElement Case(string file, string name) => Vectors.Lines(file).Single(l => l.Text("name") == name);

    static TheoryData<string> Names(string file, Func<JsonElement, bool> where) =>
        [.. Vectors.Lines(file).Where(where).Select(l => l.Text("name"))];

    public static TheoryData<string> Openings => Names("note-golang.jsonl", l => l.Text("kind") == "open");
    public static TheoryData<string> Printed => Names("c2sp-examples.jsonl", l => l.TryGetProperty("vkey", out _));

    [Theory]
    [MemberData(nameof(Openings))]
    public void comes_out_as_in_go(string name)
    {
        var line = Case("note-golang.jsonl", name);
        var verifiers = line.GetProperty("verifiers")
            .EnumerateArray()
            .Select(v => NoteVerifier.Read(v.GetString()!)!)
            .ToArray<INoteVerifier>();
        var text = StrictText.Read(line.GetProperty("note_base64").GetBytesFromBase64());
        var opened = SignedNote.Open(text ?? "", verifiers);
        if (!line.GetProperty("ok").GetBoolean())
        {
            Assert.Equal(
                line.Text("error").Replace("malformed: more than 100 signatures", "malformed note"),
                Word(opened.Fault)
            );
            return;
        }
        Assert.Null(opened.Fault);
        Assert.Equal(
            line.GetProperty("verified").EnumerateArray().Select(v => v.GetString()),
            opened.Verified.Select(v => v.By.Key.Name)
        );
        Assert.Equal(line.GetProperty("unverified").GetInt32(), opened.Ignored.Length);
        if (line.TryGetProperty("origin", out var origin))
            Assert.Equal(
                (origin.GetString(), line.Text("size")),
                (Checkpoint.Read(opened.Text)!.Origin, $"{Checkpoint.Read(opened.Text)!.Size}")
            );
    }

    static string? Word(NoteFault? fault) =>
        fault switch
        {
            NoteFault.Malformed => "malformed note",
            NoteFault.AmbiguousKey => "ambiguous key",
            NoteFault.WrongSignature => "invalid signature",
            NoteFault.NoneVerified => "no verifiable signatures",
            _ => null,
        };

    [Theory]
    [MemberData(nameof(Printed))]
    public void believes_of_the_specifications_examples_those_that_are_true(string name)
    {
        var line = Case("c2sp-examples.jsonl", name);
        var opened = SignedNote.Open(line.Text("note"), NoteVerifier.Read(line.Text("vkey"))!);
        Assert.Equal(line.GetProperty("ok").GetBoolean() ? null : NoteFault.WrongSignature, opened.Fault);
    }

    [Fact]
    public void reads_the_layout_of_a_cosigned_checkpoint()
    {
        var note = SignedNote.Read(Case("c2sp-examples.jsonl", "cosigned-checkpoint-layout").Text("note"))!;
        Assert.Equal(20852163UL, Checkpoint.Read(note.Text)!.Size);
        Assert.Equal((2, 72), (note.Lines.Length, note.Lines[1].Signature.Length));
        Assert.Equal(NoteFault.NoneVerified, note.Open(SampleSigners.LogVerifier).Fault);
    }

    const string Line = "— name AAAAAAA=\n";

    [Theory]
    [InlineData("text\n" + Line)]
    [InlineData("text\n\n")]
    [InlineData("\n" + Line)]
    [InlineData("text\n\n" + Line + "\n")]
    [InlineData("text\n\n— name AAAAAAA=")]
    [InlineData("text\n\n- name AAAAAAA=\n")]
    [InlineData("text\n\n—name AAAAAAA=\n")]
    [InlineData("text\n\n—  AAAAAAA=\n")]
    [InlineData("text\n\n— name  AAAAAAA=\n")]
    [InlineData("text\n\n— name AAAAAAA= \n")]
    [InlineData("text\n\n — name AAAAAAA=\n")]
    [InlineData("text\n\n— na+me AAAAAAA=\n")]
    [InlineData("text\n\n— na\u3000me AAAAAAA=\n")]
    [InlineData("text\n\n— name AAAAAAB=\n")]
    [InlineData("text\n\n— name AAAAAAA\n")]
    [InlineData("text\n\n— name AAAAAA==\n")]
    [InlineData("text\n\n— name \n")]
    [InlineData("text\n\n— name\n")]
    [InlineData("te\txt\n\n" + Line)]
    [InlineData("te\0xt\n\n" + Line)]
    [InlineData("text\r\n\n" + Line)]
    [InlineData("text\n\n— name AAAAAAA=\r\n")]
    [InlineData("\ufefftext\n\n" + Line)]
    public void refuses_what_is_malformed(string note) =>
        Assert.Equal(NoteFault.Malformed, SignedNote.Open(note, SampleSigners.LogVerifier).Fault);

    [Theory]
    [InlineData("text\n\n" + Line, "text\n")]
    [InlineData("text\n\nmore\n\n" + Line, "text\n\nmore\n")]
    [InlineData("\n\n" + Line, "\n")]
    [InlineData("— name AAAAAAA=\n\n" + Line, Line)]
    [InlineData("甲\u007f\n\n— 乙 AAAAAAA=\n", "甲\u007f\n")]
    public void takes_the_text_before_the_last_blank_line(string note, string text)
    {
        var read = SignedNote.Read(note)!;
        Assert.Equal(text, read.Text);
        Assert.Equal(note, $"{read.Text}\n{string.Concat(read.Lines.Select(l => l.Text))}");
    }

    [Fact]
    public void takes_a_hundred_lines_and_no_more()
    {
        var note = SampleSigners.Log.Sign("text\n");
        var full = note + string.Concat(Enumerable.Repeat(Line, 99));
        Assert.Null(SignedNote.Open(full, SampleSigners.LogVerifier).Fault);
        Assert.Equal(NoteFault.Malformed, SignedNote.Open(full + Line, SampleSigners.LogVerifier).Fault);
    }

    [Fact]
    public void takes_a_line_as_long_as_a_signature_of_the_future_needs()
    {
        var long4K = new SignatureLine("name", 6, [.. new byte[4096]]).Text;
        Assert.Null(SignedNote.Open(SampleSigners.Log.Sign("text\n") + long4K, SampleSigners.LogVerifier).Fault);
    }

    [Fact]
    public void counts_the_first_line_of_a_key_and_its_time()
    {
        var note = SampleSigners.Note((1, 500UL), (2, 600UL), (1, 400UL));
        var opened = SignedNote.Open(
            note,
            SampleSigners.VerifierOf(SampleSigners.Witness(1)),
            SampleSigners.VerifierOf(SampleSigners.Witness(2))
        );
        Assert.Equal([500UL, 600UL], opened.Verified.Select(v => v.Time!.Value));
        Assert.Equal(SampleSigners.Origin, Assert.Single(opened.Ignored).Name);
    }

    [Fact]
    public void fails_where_a_second_line_of_a_key_fails()
    {
        var other = SampleSigners.Log.Line("another text\n");
        var note = SampleSigners.Log.Sign("text\n");
        Assert.Equal(NoteFault.WrongSignature, SignedNote.Open(note + other, SampleSigners.LogVerifier).Fault);
        Assert.Equal(
            NoteFault.WrongSignature,
            SignedNote.Open($"text\n\n{other}{note[6..]}", SampleSigners.LogVerifier).Fault
        );
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(63)]
    [InlineData(65)]
    [InlineData(72)]
    public void fails_where_a_known_key_has_a_signature_of_another_length(int length)
    {
        var line = new SignatureLine(SampleSigners.Origin, SampleSigners.Log.Key.Id, [.. new byte[length]]).Text;
        Assert.Equal(
            length == 0 ? NoteFault.Malformed : NoteFault.WrongSignature,
            SignedNote.Open(SampleSigners.Log.Sign("text\n") + line, SampleSigners.LogVerifier).Fault
        );
    }

    [Fact]
    public void passes_over_a_line_of_a_known_name_with_another_id_and_of_a_known_id_with_another_name()
    {
        var note =
            SampleSigners.Log.Sign("text\n")
            + new SignatureLine(SampleSigners.Origin, 1, [.. new byte[64]]).Text
            + new SignatureLine("another", SampleSigners.Log.Key.Id, [.. new byte[64]]).Text;
        var opened = SignedNote.Open(note, SampleSigners.LogVerifier);
        Assert.Null(opened.Fault);
        Assert.Equal(2, opened.Ignored.Length);
    }
}
