namespace Ledger.Store.Auditing;

/// <summary>One thing that does not fit.</summary>
/// <param name="Kind">A code of proof.md §11, e.g. <c>leaf-hash</c>.</param>
/// <param name="Detail">The place, what was expected there and what was found.</param>
public sealed record Finding(string Kind, string Detail)
{
    /// <summary>Place in the log, from 0; of a head or a checkpoint the last leaf it covers.</summary>
    public long? LeafIndex { get; init; }

    /// <summary>The stream it is about, where it is about one.</summary>
    public Guid? Stream { get; init; }
}

/// <summary>Codes of findings (proof.md §11).</summary>
public static class FindingKinds
{
    public const string LeafMissing = "leaf-missing",
        LeafHash = "leaf-hash",
        Tile = "tile",
        Head = "head",
        Checkpoint = "checkpoint",
        RolledBack = "rolled-back",
        Forked = "forked",
        LeafSignature = "leaf-signature",
        Chain = "chain",
        EventDiffers = "event-differs",
        EventWithoutLeaf = "event-without-leaf",
        LeafWithoutEvent = "leaf-without-event",
        HeadMap = Proof.Bundles.VerdictWords.FalseHeadMap,
        BoundTwice = "identifier-bound-twice",
        Disclosure = "disclosure",
        Reservation = "reservation",
        View = "view";

    /// <summary>A note, no finding: two parties have or had one text (versions up to 179ed00).</summary>
    public const string AmbiguousReference = "ambiguous-reference";
}

/// <summary>What an audit has found so far: a bounded number of each kind, and how many there were.</summary>
public sealed class Findings
{
    /// <summary>Findings of one kind that are kept; the others are counted.</summary>
    public const int MostOfAKind = 1000;

    readonly Kept found = new(),
        noted = new();
    readonly List<string> skipped = [];

    /// <summary>What was not compared, and why.</summary>
    public IReadOnlyList<string> Skipped => skipped;

    /// <summary>Says that something was not compared.</summary>
    public void Skip(string what) => skipped.Add(what);

    /// <summary>Whether something of these kinds was found.</summary>
    public bool Has(params IEnumerable<string> kinds) => kinds.Any(found.Has);

    /// <summary>How many there were, kept or not.</summary>
    public long Count => found.Count;

    public void Add(Finding finding) => found.Add(finding);

    /// <summary>Says what a reader should know of rows that are as they were written: no finding.</summary>
    internal void Note(string kind, string detail, ulong? leaf = null, Guid? stream = null) =>
        noted.Add(new(kind, detail) { LeafIndex = (long?)leaf, Stream = stream });

    /// <summary>What was noted, kept and counted as findings are.</summary>
    public IReadOnlyList<Finding> Notes => noted.All();

    internal void Add(string kind, string detail, ulong? leaf = null, Guid? stream = null) =>
        Add(new(kind, detail) { LeafIndex = (long?)leaf, Stream = stream });

    /// <summary>Those that were kept, in the order they were found; of a kind with more of them a last one that says
    /// how many.</summary>
    public IReadOnlyList<Finding> All() => found.All();

    sealed class Kept
    {
        readonly List<Finding> kept = [];
        readonly Dictionary<string, long> counts = new(StringComparer.Ordinal);

        public long Count => counts.Values.Sum();

        public bool Has(string kind) => counts.ContainsKey(kind);

        public void Add(Finding finding)
        {
            var count = counts[finding.Kind] = counts.GetValueOrDefault(finding.Kind) + 1;
            if (count <= MostOfAKind)
                kept.Add(finding);
        }

        public IReadOnlyList<Finding> All() =>
            [
                .. kept,
                .. counts
                    .Where(c => c.Value > MostOfAKind)
                    .Select(c => new Finding(c.Key, $"{c.Value - MostOfAKind} more of this kind")),
            ];
    }
}

/// <summary>What an audit says in the end.</summary>
/// <param name="Leaves">Leaves of the newest head when it began: what it speaks about.</param>
/// <param name="Checkpoint">The newest signed note that was held against the tree: the last published one, else the
/// house witness's; null before the first.</param>
/// <param name="Skipped">What was not compared, and why.</param>
public sealed record AuditReport(
    ulong Leaves,
    string? Checkpoint,
    IReadOnlyList<Finding> Findings,
    IReadOnlyList<string> Skipped
)
{
    /// <summary>What stands as it was written and may be misread: it makes nothing false.</summary>
    public IReadOnlyList<Finding> Notes { get; init; } = [];

    public bool Ok => Findings.Count == 0;
}
