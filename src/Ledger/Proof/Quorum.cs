using System.Collections.Immutable;

namespace Ledger.Proof;

/// <summary>What a policy asks of its witnesses: a tree of "k of these". Each witness stands in it once at most, so
/// every question about sets of witnesses is answered member by member, without trying the sets.</summary>
public abstract record Quorum
{
    private protected Quorum() { }

    /// <summary>Smallest t such that the lines of time ≤ t meet the quorum: the checkpoint existed no later
    /// (proof.md §7). Null where all lines together do not meet it.</summary>
    /// <param name="timeOf">POSIX seconds of a witness's line; null where it has none.</param>
    public abstract ulong? NotAfter(Func<Witness, ulong?> timeOf);

    /// <summary>Largest t such that the lines of time ≥ t meet the quorum (proof.md §7). Null where all lines together
    /// do not meet it.</summary>
    /// <param name="timeOf">POSIX seconds of a witness's line; null where it has none.</param>
    public abstract ulong? NotBefore(Func<Witness, ulong?> timeOf);

    /// <summary>How few witnesses meet it.</summary>
    internal abstract int Smallest { get; }

    /// <summary>How few witnesses two sets that meet it must share.</summary>
    internal abstract int SmallestOverlap { get; }

    /// <summary>One witness.</summary>
    public sealed record One(Witness Witness) : Quorum
    {
        public override ulong? NotAfter(Func<Witness, ulong?> timeOf) => timeOf(Witness);

        public override ulong? NotBefore(Func<Witness, ulong?> timeOf) => timeOf(Witness);

        internal override int Smallest => 1;

        internal override int SmallestOverlap => 1;
    }

    /// <summary><paramref name="Needed"/> of the members; 1 ≤ needed ≤ members.</summary>
    public sealed record Group(int Needed, ImmutableArray<Quorum> Members) : Quorum
    {
        // A group is met as soon as its k-th member is, and as long as its k best are.
        public override ulong? NotAfter(Func<Witness, ulong?> timeOf) =>
            Kth(Members.Select(m => m.NotAfter(timeOf)).OfType<ulong>().Order());

        public override ulong? NotBefore(Func<Witness, ulong?> timeOf) =>
            Kth(Members.Select(m => m.NotBefore(timeOf)).OfType<ulong>().OrderDescending());

        internal override int Smallest => Members.Select(m => m.Smallest).Order().Take(Needed).Sum();

        // Two choices of k among n members share 2k − n of them at least; where a member is in one choice only, the two
        // share no witness of it, since no witness is in two members.
        internal override int SmallestOverlap =>
            Members.Select(m => m.SmallestOverlap).Order().Take(2 * Needed - Members.Length).Sum();

        ulong? Kth(IEnumerable<ulong> times) => times.Skip(Needed - 1).Select(t => (ulong?)t).FirstOrDefault();
    }
}
