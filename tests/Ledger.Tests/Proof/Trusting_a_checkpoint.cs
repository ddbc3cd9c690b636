using System.Text;
using Ledger.Proof;

namespace Ledger.Tests.Proof;

public sealed class Trusting_a_checkpoint
{
    [Fact]
    public void finds_size_log_witness_and_time_of_the_worked_example()
    {
        var policy = TrustPolicy.Read(Encoding.UTF8.GetBytes(Vectors.WorkedExample("policy")), out _)!;
        var check = policy.Check(Vectors.WorkedExample("checkpoint"));
        Assert.Equal(Trust.Trusted, check.Trust);
        Assert.Equal((SampleSigners.Origin, 3UL), (check.Checkpoint!.Origin, check.Checkpoint.Size));
        Assert.Equal(policy.Logs[0], check.Log);
        Assert.Equal(new WitnessLine(policy.Witnesses[0], 0x695DBE84), Assert.Single(check.Witnesses));
        Assert.Equal((0x695DBE84UL, 0x695DBE84UL), (check.NotBefore, check.NotAfter));
    }

    [Theory]
    [InlineData("2", "100 200 300", 200, 200)]
    [InlineData("2", "300 100 200", 200, 200)]
    [InlineData("2", "100 - 300", 100, 300)]
    [InlineData("2", "- - 300", null, null)]
    [InlineData("3", "10 20 30 40", 20, 30)]
    [InlineData("3", "40 10 - 30", 10, 40)]
    [InlineData("3", "40 - - 30", null, null)]
    [InlineData("any", "10 20 30", 30, 10)]
    [InlineData("all", "10 20 30", 10, 30)]
    [InlineData("all", "10 20 -", null, null)]
    [InlineData("2", "253402300799 1 5", 5, 5)]
    public void dates_it_by_its_quorum(string needed, string times, int? notBefore, int? notAfter)
    {
        var lines = Lines(times);
        var names = string.Join(' ', Enumerable.Range(1, times.Split(' ').Length).Select(i => $"w{i}"));
        var policy = SampleSigners.Policy(4, $"group g {needed} {names}\nquorum g\n");
        var check = policy.Check(SampleSigners.Note(lines));
        Assert.Equal((Time(notBefore), Time(notAfter)), (check.NotBefore, check.NotAfter));
        Assert.Equal(notAfter is null ? Trust.NoQuorum : Trust.Trusted, check.Trust);
        Assert.Equal(lines.Length, check.Witnesses.Length);
    }

    static ulong? Time(int? seconds) => seconds is { } s ? (ulong)s : null;

    static (int Witness, ulong Time)[] Lines(string times) =>
        [
            .. times
                .Split(' ')
                .Select((t, i) => (i + 1, t == "-" ? null : StrictNumber.Read(t)))
                .Where(l => l.Item2 is not null)
                .Select(l => (l.Item1, l.Item2!.Value)),
        ];

    [Theory]
    [InlineData("10 20 30 5 50", 20, 20)]
    [InlineData("10 20 30 5 -", 5, 20)]
    [InlineData("10 20 30 - 50", 20, 50)]
    [InlineData("10 20 - - 15", 10, 20)]
    [InlineData("10 20 30 - -", null, null)]
    [InlineData("10 - - 5 50", null, null)]
    public void dates_it_by_groups_within_groups(string times, int? notBefore, int? notAfter)
    {
        var policy = SampleSigners.Policy(
            5,
            "group x 2 w1 w2 w3\ngroup y any w4 w5\ngroup both all x y\nquorum both\n"
        );
        var check = policy.Check(SampleSigners.Note(Lines(times)));
        Assert.Equal((Time(notBefore), Time(notAfter)), (check.NotBefore, check.NotAfter));
    }

    [Fact]
    public void takes_the_first_line_of_a_witness_and_no_second_one()
    {
        var policy = SampleSigners.Policy(3, "group g 2 w1 w2 w3\nquorum g\n");
        var twice = policy.Check(SampleSigners.Note((1, 100UL), (1, 900UL)));
        Assert.Equal(Trust.NoQuorum, twice.Trust);
        Assert.Equal(100UL, Assert.Single(twice.Witnesses).Time);
        var three = policy.Check(SampleSigners.Note((1, 900UL), (1, 100UL), (3, 500UL)));
        Assert.Equal((500UL, 900UL), (three.NotBefore, three.NotAfter));
    }

    [Fact]
    public void answers_as_trying_every_set_of_witnesses_does()
    {
        var chance = new Random(20260104);
        for (var round = 0; round < 300; round++)
        {
            var quorum = Some(chance, [.. Enumerable.Range(1, chance.Next(1, 8)).Select(Member)]);
            var witnesses = Of(quorum).ToArray();
            var policy = new TrustPolicy([], [.. witnesses], quorum, default);
            var sets = Enumerable.Range(0, 1 << witnesses.Length).Where(s => Met(quorum, w => Has(s, w))).ToArray();
            Assert.Equal(sets.Min(int.PopCount) - 1, policy.BearsForNotAfter);
            Assert.Equal(sets.Min(a => sets.Min(b => int.PopCount(a & b))) - 1, policy.BearsForOneHistory);

            var times = witnesses.ToDictionary(w => w, _ => chance.Next(4) == 0 ? null : (ulong?)chance.Next(1, 9));
            var stated = times.Values.OfType<ulong>().Distinct().Order().ToArray();
            Assert.Equal(First(stated, t => Met(quorum, w => times[w] <= t)), quorum.NotAfter(w => times[w]));
            Assert.Equal(
                First(stated.Reverse(), t => Met(quorum, w => times[w] >= t)),
                quorum.NotBefore(w => times[w])
            );

            bool Has(int set, Witness witness) => (set >> Array.IndexOf(witnesses, witness) & 1) == 1;
        }
    }

    static Quorum Member(int i) =>
        new Quorum.One(new($"w{i}", SampleSigners.VerifierOf(SampleSigners.Witness(i)), null));

    /// <summary>Some tree of k-of-n over the members, each once.</summary>
    static Quorum Some(Random chance, Quorum[] members)
    {
        while (members.Length > 1)
        {
            chance.Shuffle(members);
            var taken = chance.Next(1, members.Length + 1);
            var group = new Quorum.Group(chance.Next(1, taken + 1), [.. members[..taken]]);
            members = [group, .. members[taken..]];
        }
        return members[0];
    }

    static IEnumerable<Witness> Of(Quorum quorum) =>
        quorum switch
        {
            Quorum.One one => [one.Witness],
            Quorum.Group group => group.Members.SelectMany(Of),
            _ => [],
        };

    static bool Met(Quorum quorum, Func<Witness, bool> has) =>
        quorum switch
        {
            Quorum.One one => has(one.Witness),
            Quorum.Group group => group.Members.Count(m => Met(m, has)) >= group.Needed,
            _ => false,
        };

    static ulong? First(IEnumerable<ulong> times, Func<ulong, bool> met) =>
        times.Where(met).Select(t => (ulong?)t).FirstOrDefault();

    [Theory]
    [InlineData(3, "group g 2 w1 w2 w3\nquorum g\n", 1, 0)]
    [InlineData(4, "group g 3 w1 w2 w3 w4\nquorum g\n", 2, 1)]
    [InlineData(7, "group g 5 w1 w2 w3 w4 w5 w6 w7\nquorum g\n", 4, 2)]
    [InlineData(1, "quorum w1\n", 0, 0)]
    [InlineData(2, "group g any w1 w2\nquorum g\n", 0, -1)]
    [InlineData(3, "group g all w1 w2 w3\nquorum g\n", 2, 2)]
    [InlineData(6, "group a 2 w1 w2 w3\ngroup b 2 w4 w5 w6\ngroup g all a b\nquorum g\n", 3, 1)]
    [InlineData(4, "group a any w1 w2\ngroup g all a w3 w4\nquorum g\n", 2, 1)]
    [InlineData(3, "quorum none\n", -1, -1)]
    public void says_how_many_dishonest_witnesses_it_bears(int witnesses, string rest, int notAfter, int oneHistory)
    {
        var policy = SampleSigners.Policy(witnesses, rest);
        Assert.Equal((notAfter, oneHistory), (policy.BearsForNotAfter, policy.BearsForOneHistory));
    }

    [Fact]
    public void asks_no_witness_where_the_quorum_is_none()
    {
        var check = SampleSigners.Policy(1, "quorum none\n").Check(SampleSigners.Note((1, 5UL)));
        Assert.Equal((Trust.Trusted, null, null), (check.Trust, check.NotBefore, check.NotAfter));
        Assert.Single(check.Witnesses);
    }

    [Fact]
    public void refuses_a_log_that_the_policy_does_not_know()
    {
        var body = SampleSigners.Head().Body.Replace("2026", "2027", StringComparison.Ordinal);
        using var key = new Ed25519Key(SampleSigners.Seed(77));
        var note = SignedNote.Sign(body, SampleSigners.Log, new NoteSigner("ledger.example.org/trade-2027", key));
        Assert.Equal(Trust.WrongOrigin, SampleSigners.Policy(0, "quorum none\n").Check(note).Trust);
    }

    [Fact]
    public void refuses_what_another_log_of_the_policy_signed()
    {
        using var key = new Ed25519Key(SampleSigners.Seed(77));
        var other = new NoteSigner("other.example.org", key);
        var policy = SampleSigners.Policy(1, $"log {other.Vkey}\nquorum w1\n");
        var signed = SignedNote.Sign(SampleSigners.Head().Body, other, SampleSigners.Witness(1).At(5));
        Assert.Equal(Trust.BadCheckpoint, policy.Check(signed).Trust);
        Assert.Equal(Trust.Trusted, policy.Check(signed + SampleSigners.Log.Line(SampleSigners.Head().Body)).Trust);
    }

    [Fact]
    public void refuses_what_is_signed_by_witnesses_alone()
    {
        var note = SignedNote.Sign(SampleSigners.Head().Body, SampleSigners.Witness(1).At(5));
        Assert.Equal(Trust.BadCheckpoint, SampleSigners.Policy(1, "quorum w1\n").Check(note).Trust);
    }

    [Fact]
    public void refuses_a_wrong_line_of_a_witness_that_the_quorum_could_do_without()
    {
        var wrong = SignedNote.Line("another text\n", SampleSigners.Witness(2).At(5));
        var note = SampleSigners.Note((1, 5UL)) + wrong;
        Assert.Equal(Trust.BadCheckpoint, SampleSigners.Policy(2, "quorum w1\n").Check(note).Trust);
        Assert.Equal(Trust.Trusted, SampleSigners.Policy(1, "quorum w1\n").Check(note).Trust);
    }

    [Theory]
    [InlineData("no checkpoint\n")]
    [InlineData("ledger.example.org/trade-2026\n7\nAAAA\n")]
    [InlineData("ledger.example.org/trade-2026\n7\n6syR7yPFeiNxqMT/NCIZw+ibSwE0idy70ex04azeZP4=\nan extension\n")]
    public void refuses_a_signed_text_that_is_no_checkpoint(string text)
    {
        var check = SampleSigners.Policy(0, "quorum none\n").Check(SampleSigners.Log.Sign(text));
        Assert.Equal((Trust.BadCheckpoint, null, null), (check.Trust, check.Checkpoint, check.Log));
    }

    [Fact]
    public void reads_the_policy_printed_in_the_specification()
    {
        var example = Vectors.Lines("c2sp-examples.jsonl").Single(l => l.Text("name") == "policy-layout");
        var parts = example.Text("policy").Split("<vkey>");
        string[] keys =
        [
            SampleSigners.Log.Vkey,
            .. Enumerable.Range(1, 6).Select(i => SampleSigners.Witness(i).Vkey),
            "",
        ];
        var text = string.Concat(parts.Zip(keys, (part, key) => part + key));
        var policy = TrustPolicy.Read(Encoding.UTF8.GetBytes(text), out _)!;
        for (var set = 0; set < 64; set++)
        {
            var cosigned = Enumerable.Range(1, 6).Where(i => (set >> (i - 1) & 1) == 1);
            var note = SampleSigners.Note([.. cosigned.Select(i => (i, 5UL))]);
            var meant = cosigned.Count(i => i <= 3) >= 2 && cosigned.Any(i => i > 3);
            Assert.Equal(meant ? Trust.Trusted : Trust.NoQuorum, policy.Check(note).Trust);
        }
    }
}
