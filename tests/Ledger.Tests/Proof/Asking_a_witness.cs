using System.Text;
using System.Text.Json;
using Ledger.Proof;

namespace Ledger.Tests.Proof;

/// <summary>The decisions of a witness, and its client's side.</summary>
public sealed class Asking_a_witness
{
    const ulong Now = 1_767_751_300;
    const string SizeType = "text/x.tlog.size";

    /// <summary>A witness that stores what it is told to and answers as it must.</summary>
    sealed class Desk(params NoteVerifier[] logs)
    {
        readonly Dictionary<string, CosignedHead> stored = new(StringComparer.Ordinal);

        public Cosigner Cosigner { get; } = SampleSigners.Witness(1);

        public CosignedHead? Stored(string origin) => stored.GetValueOrDefault(origin);

        public WitnessAnswer Ask(string body, ulong now = Now)
        {
            var answer = new WitnessCore(logs, Cosigner).Answer(Encoding.UTF8.GetBytes(body), Stored, now);
            Assert.Equal(answer.Status == 200, answer.Store is not null);
            if (answer.Store is { } step)
            {
                Assert.Equal(Stored(step.Origin), step.From);
                stored[step.Origin] = step.To;
            }
            return answer;
        }

        public WitnessAnswer Ask(ulong old, Hash[] proof, Checkpoint checkpoint) =>
            Ask(new AddCheckpoint(old, [.. proof], SampleSigners.Log.Sign(checkpoint.Body)).Body);
    }

    static Desk Of() => new(SampleSigners.LogVerifier);

    [Fact]
    public void goes_as_in_the_transcript()
    {
        var lines = Vectors.Lines("witness-transcript.jsonl");
        var log = NoteVerifier.Read(lines[0].Text("log_vkey"))!;
        var desk = new Desk(log);
        foreach (var step in lines.Skip(1))
        {
            var answer = desk.Ask(step.Text("request_body"));
            Assert.Equal((step.Text("name"), Status(step)), (step.Text("name"), answer.Status));
            var assertion = step.Text("assert_upstream");
            if (answer.Status == 409)
                Assert.Equal((SizeType, assertion), (answer.MediaType, $"body == \"{answer.Body.Trim()}\\n\""));
            else if (answer.Status == 200)
                Assert.Equal(Now, Cosigned(desk, answer).Time);
        }
        Assert.Equal(5UL, desk.Stored(log.Key.Name)!.Size);
    }

    static int Status(JsonElement step) => step.GetProperty("status_current_spec").GetInt32();

    static VerifiedLine Cosigned(Desk desk, WitnessAnswer answer)
    {
        var opened = SignedNote.Open(desk.Stored(answer.Store!.Origin)!.Note, SampleSigners.VerifierOf(desk.Cosigner));
        var line = Assert.Single(opened.Verified);
        Assert.Equal(answer.Body, line.Line.Text);
        return line;
    }

    [Theory]
    [InlineData("add_checkpoint_0", 0UL)]
    [InlineData("add_checkpoint_2", 2UL)]
    public void is_done_in_the_bytes_of_the_worked_example(string name, ulong old)
    {
        var body = Vectors.WorkedExample(name);
        var note = SampleSigners.Log.Sign(SignedNote.Read(Vectors.WorkedExample("checkpoint"))!.Text);
        var hashes =
            old == 0
                ? []
                : Vectors
                    .Example.GetProperty("consistency_2_to_3")
                    .EnumerateArray()
                    .Select(h => StrictBase64.ReadHash(h.GetString())!.Value);
        Assert.Equal(body, new AddCheckpoint(old, [.. hashes], note).Body);
        var desk = Of();
        if (old > 0)
        {
            var root = StrictBase64.ReadHash(Vectors.Example.GetProperty("roots_base64")[2].GetString())!.Value;
            Assert.Equal(200, desk.Ask(0, [], new(SampleSigners.Origin, 2, root)).Status);
        }
        Assert.Equal(200, desk.Ask(body).Status);
    }

    [Fact]
    public void gives_the_note_of_the_worked_example_at_its_path()
    {
        using var key = new Ed25519Key(SampleSigners.Seed(2));
        var core = new WitnessCore([SampleSigners.LogVerifier], new("witness.example.org/w1", key));
        var request = Encoding.UTF8.GetBytes(Vectors.WorkedExample("add_checkpoint_0"));
        var answer = core.Answer(request, _ => null, 0x695DBE84);
        Assert.Equal(Vectors.WorkedExample("checkpoint"), answer.Store!.To.Note);
        Assert.Equal(Vectors.WorkedExample("monitor_path"), WitnessCore.MonitorPath(SampleSigners.Origin));
    }

    static string Good => new AddCheckpoint(0, [], SampleSigners.Log.Sign(SampleSigners.Head().Body)).Body;

    const string H = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n";

    [Theory]
    [InlineData("old 0\n\n", "old 0\n")]
    [InlineData("old 0\n\n", "\n")]
    [InlineData("old 0\n\n", "")]
    [InlineData("old 0\n\n", "old\n\n")]
    [InlineData("old 0\n\n", "old \n\n")]
    [InlineData("old 0\n\n", "old 00\n\n")]
    [InlineData("old 0\n\n", "old +0\n\n")]
    [InlineData("old 0\n\n", "old -1\n\n")]
    [InlineData("old 0\n\n", "old  0\n\n")]
    [InlineData("old 0\n\n", "old 0 \n\n")]
    [InlineData("old 0\n\n", "Old 0\n\n")]
    [InlineData("old 0\n\n", "old 18446744073709551616\n\n")]
    [InlineData("old 0\n\n", "old 8\n\n")]
    [InlineData("old 0\n\n", "old 0\n\n\n")]
    [InlineData("old 0\n\n", "old 0\nAAAA\n\n")]
    [InlineData("old 0\n\n", "old 0\n" + H + "x\n\n")]
    [InlineData("old 0\n\n", "\ufeffold 0\n\n")]
    [InlineData("old 0\n\n", "old 0\r\n\r\n")]
    [InlineData("\n7\n", "\n07\n")]
    [InlineData("\n7\n", "\n7\n\n")]
    [InlineData("=\n\n—", "=\nan extension\n\n—")]
    [InlineData("=\n\n—", "=\n\n\n—")]
    [InlineData("=\n\n—", "=\n—")]
    [InlineData("— ", "- ")]
    [InlineData("— ", "— x\n— ")]
    public void in_a_malformed_body_gives_400(string part, string instead)
    {
        var body = Good.Replace(part, instead, StringComparison.Ordinal);
        Assert.NotEqual(Good, body);
        Assert.Equal(400, Of().Ask(body).Status);
        Assert.Equal(200, Of().Ask(Good).Status);
    }

    [Fact]
    public void with_64_hashes_gives_400_and_with_63_is_read()
    {
        string With(int hashes) =>
            Good.Replace("old 0\n", "old 0\n" + string.Concat(Enumerable.Repeat(H, hashes)), StringComparison.Ordinal);
        Assert.Equal(400, Of().Ask(With(64)).Status);
        Assert.Equal(422, Of().Ask(With(63)).Status);
    }

    [Theory]
    [InlineData(new byte[0])]
    [InlineData(new byte[] { 0xFF, 0x0A })]
    public void with_no_text_gives_400(byte[] body) =>
        Assert.Equal(
            400,
            new WitnessCore([SampleSigners.LogVerifier], SampleSigners.Witness(1)).Answer(body, _ => null, Now).Status
        );

    [Fact]
    public void of_an_unknown_origin_gives_404_before_any_signature_is_looked_at()
    {
        var body = Good.Replace("2026\n7", "2027\n7", StringComparison.Ordinal);
        Assert.Equal(404, Of().Ask(body).Status);
        Assert.Equal(404, new Desk().Ask(Good).Status);
    }

    [Fact]
    public void without_a_valid_signature_of_that_origin_gives_403_before_its_size_is_told()
    {
        using var key = new Ed25519Key(SampleSigners.Seed(77));
        var other = new NoteSigner("other.example.org", key);
        var desk = new Desk(SampleSigners.LogVerifier, NoteVerifier.Read(other.Vkey)!);
        Assert.Equal(200, desk.Ask(Good).Status);
        var body = SampleSigners.Head(8).Body;
        string[] notes =
        [
            other.Sign(body),
            SignedNote.Sign(body, SampleSigners.Witness(1).At(Now)),
            SampleSigners.Log.Sign(body) + SampleSigners.Log.Line("another text\n"),
            SampleSigners.Log.Sign(body).Replace("\n8\n", "\n9\n", StringComparison.Ordinal),
        ];
        // The old size is wrong as well: 409 would tell a stranger where the witness stands.
        Assert.All(notes, n => Assert.Equal(403, desk.Ask(new AddCheckpoint(1, [], n).Body).Status));
    }

    [Fact]
    public void from_another_size_than_it_cosigned_gives_409_before_the_proof_is_looked_at()
    {
        var (desk, log) = (Of(), new NaiveLog(20));
        Assert.Equal((409, "0\n"), Told(desk.Ask(3, [], Head(log, 5))));
        Assert.Equal(200, desk.Ask(0, [], Head(log, 5)).Status);
        Assert.Equal((409, "5\n"), Told(desk.Ask(0, [], Head(log, 7))));
        Assert.Equal((409, "5\n"), Told(desk.Ask(4, [default], Head(log, 7))));
        Assert.Equal((409, "5\n"), Told(desk.Ask(6, Growth(log, 6, 7), Head(log, 7))));
        Assert.Equal((409, "5\n"), Told(desk.Ask(4, [], Head(log, 4))));
    }

    static (int, string) Told(WitnessAnswer answer)
    {
        Assert.Equal(SizeType, answer.MediaType);
        return (answer.Status, answer.Body);
    }

    [Fact]
    public void with_a_tree_that_does_not_continue_the_last_gives_422()
    {
        var (desk, log) = (Of(), new NaiveLog(20));
        Assert.Equal(422, desk.Ask(0, [], SampleSigners.Head(0)).Status);
        Assert.Equal(422, desk.Ask(0, [default], Head(log, 5)).Status);
        Assert.Equal(200, desk.Ask(0, [], Head(log, 5)).Status);
        var proof = Growth(log, 5, 9);
        Assert.Equal(422, desk.Ask(5, [], Head(log, 9)).Status);
        Assert.Equal(422, desk.Ask(5, [.. proof, proof[0]], Head(log, 9)).Status);
        Assert.Equal(422, desk.Ask(5, [.. proof[..^1], default], Head(log, 9)).Status);
        Assert.Equal(422, desk.Ask(5, proof, SampleSigners.Head(9)).Status);
        Assert.Equal(422, desk.Ask(5, [], SampleSigners.Head(5)).Status);
        Assert.Equal(422, desk.Ask(5, [default], Head(log, 5)).Status);
        Assert.Equal(5UL, desk.Stored(SampleSigners.Origin)!.Size);
        Assert.Equal(200, desk.Ask(5, proof, Head(log, 9)).Status);
    }

    [Fact]
    public void again_for_the_same_tree_gives_a_fresh_time()
    {
        var (desk, log) = (Of(), new NaiveLog(5));
        foreach (var head in (Checkpoint[])[new(SampleSigners.Origin, 0, Merkle.EmptyRoot), Head(log, 5)])
        {
            var body = new AddCheckpoint(0, [], SampleSigners.Log.Sign(head.Body)).Body;
            Assert.Equal(200, desk.Ask(body).Status);
            var again = new AddCheckpoint(head.Size, [], SampleSigners.Log.Sign(head.Body)).Body;
            Assert.Equal(Now + 60, Cosigned(desk, desk.Ask(again, Now + 60)).Time);
        }
    }

    [Fact]
    public void grows_from_every_size_to_every_other()
    {
        var log = new NaiveLog(40);
        for (ulong m = 1; m <= 40; m++)
        for (var n = m; n <= 40; n++)
        {
            var desk = Of();
            Assert.Equal(200, desk.Ask(0, [], Head(log, m)).Status);
            Assert.Equal(200, desk.Ask(m, Growth(log, m, n), Head(log, n)).Status);
        }
    }

    [Fact]
    public void keeps_the_logs_line_and_its_own_and_no_strangers()
    {
        var desk = Of();
        var strange = SignedNote.Line(SampleSigners.Head().Body, SampleSigners.Witness(5).At(3));
        var own = SignedNote.Line(SampleSigners.Head().Body, desk.Cosigner.At(Now));
        Assert.Equal(200, desk.Ask(Good + strange).Status);
        Assert.Equal(SampleSigners.Log.Sign(SampleSigners.Head().Body) + own, desk.Stored(SampleSigners.Origin)!.Note);
    }

    [Fact]
    public void needs_logs_that_can_be_told_apart() =>
        Assert.Throws<ArgumentException>(() =>
            new WitnessCore(
                [SampleSigners.LogVerifier, NoteVerifier.Read(SampleSigners.Log.Vkey)!],
                SampleSigners.Witness(1)
            )
        );

    static Checkpoint Head(NaiveLog log, ulong n) => new(SampleSigners.Origin, n, log.RootAt(n));

    static Hash[] Growth(NaiveLog log, ulong m, ulong n) => log.Resolve(ProofPlan.Consistency(m, n));
}
