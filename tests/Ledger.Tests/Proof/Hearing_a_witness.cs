using System.Text;
using Ledger.Proof;

namespace Ledger.Tests.Proof;

/// <summary>What the log makes of a witness's answer.</summary>
public sealed class Hearing_a_witness
{
    static readonly Checkpoint Head = SampleSigners.Head();
    static readonly string Note = SampleSigners.Log.Sign(Head.Body);

    static string Line(int witness, ulong time) => SignedNote.Line(Head.Body, SampleSigners.Witness(witness).At(time));

    static WitnessReply Hear(int status, string body, string? mediaType = "text/plain", string? note = null) =>
        WitnessReply.Read(
            status,
            mediaType,
            Encoding.UTF8.GetBytes(body),
            note ?? Note,
            SampleSigners.VerifierOf(SampleSigners.Witness(1))
        );

    [Fact]
    public void takes_its_line_and_time()
    {
        var cosigned = Assert.IsType<WitnessReply.Cosigned>(Hear(200, Line(1, 500)));
        Assert.Equal((Line(1, 500), 500UL), (cosigned.Line.Text, cosigned.Time));
    }

    [Fact]
    public void passes_over_lines_of_unknown_keys()
    {
        var cosigned = Assert.IsType<WitnessReply.Cosigned>(Hear(200, Line(2, 400) + Line(1, 500) + Line(3, 600)));
        Assert.Equal(Line(1, 500), cosigned.Line.Text);
    }

    [Fact]
    public void takes_the_new_line_where_the_note_had_an_old_one()
    {
        var cosigned = Assert.IsType<WitnessReply.Cosigned>(Hear(200, Line(1, 500), note: Note + Line(1, 100)));
        Assert.Equal(500UL, cosigned.Time);
    }

    [Fact]
    public void refuses_what_is_no_cosignature_of_this_checkpoint()
    {
        var elsewhere = SignedNote.Line(SampleSigners.Head(8).Body, SampleSigners.Witness(1).At(500));
        // A witness may sign any text; a blank line in the answer must not turn the note into that text.
        var longer = SignedNote.Line(Note, SampleSigners.Witness(1).At(500));
        var shifted = SignedNote.Line(Head.Body + "\n", SampleSigners.Witness(1).At(500));
        string[] bodies =
        [
            "",
            "\n",
            Line(2, 500),
            elsewhere,
            Line(1, 500) + elsewhere,
            Line(1, 500)[..^1],
            Line(1, 500).Replace("\n", "\r\n", StringComparison.Ordinal),
            Line(1, 500) + "thank you\n",
            "\n" + Line(1, 500),
            "\n" + longer,
            "\n" + shifted,
            $"{Line(2, 500)}\n{longer}",
        ];
        Assert.All(bodies, b => Assert.Equal(new WitnessReply.Refused(200), Hear(200, b)));
    }

    [Theory]
    [InlineData("0\n", 0UL)]
    [InlineData("18446744073709551615\n", ulong.MaxValue)]
    public void takes_the_size_it_stands_at(string body, ulong size) =>
        Assert.Equal(new WitnessReply.Stale(size), Hear(409, body, "text/x.tlog.size"));

    [Theory]
    [InlineData("5")]
    [InlineData("05\n")]
    [InlineData("5\n\n")]
    [InlineData(" 5\n")]
    [InlineData("\n")]
    [InlineData("")]
    [InlineData("the root differs\n")]
    public void takes_another_409_for_a_refusal(string body)
    {
        Assert.Equal(new WitnessReply.Refused(409), Hear(409, body, "text/x.tlog.size"));
        Assert.Equal(new WitnessReply.Refused(409), Hear(409, "5\n", "text/plain"));
        Assert.Equal(new WitnessReply.Refused(409), Hear(409, "5\n", null));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(422)]
    [InlineData(500)]
    [InlineData(201)]
    public void takes_every_other_status_for_a_refusal(int status)
    {
        Assert.Equal(new WitnessReply.Refused(status), Hear(status, Line(1, 500)));
        Assert.Equal(new WitnessReply.Refused(status), Hear(status, "5\n", "text/x.tlog.size"));
    }
}
