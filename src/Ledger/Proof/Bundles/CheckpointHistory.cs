namespace Ledger.Proof.Bundles;

/// <summary>The two times of a checkpoint (proof.md §7), POSIX seconds.</summary>
readonly record struct TimedNote(ulong Size, ulong NotBefore, ulong NotAfter);

/// <summary>The older checkpoints of a bundle, as far as it is shown that its own goes on from them; what they say of
/// time counts only then.</summary>
sealed class CheckpointHistory
{
    readonly Dictionary<ulong, Hash> older = [];
    readonly Dictionary<ulong, Hash> roots = [];
    readonly List<TimedNote> timed = [];

    /// <param name="checkpoint">checkpoint.txt; null where it is malformed.</param>
    public CheckpointHistory(BundleFiles files, CheckedNote? checkpoint, TrustPolicy policy, BundleFindings findings)
    {
        foreach (var entry in files.In(BundleName.Consistency))
            ReadConsistency(entry, checkpoint, findings);
        foreach (var entry in files.In(BundleName.Notes))
            if (
                findings.Try(
                    VerdictWords.BadCheckpoint,
                    entry.Name,
                    () => CheckedNote.Read(entry.Content.Span, policy)
                ) is
                { } note
            )
                Place(entry.Name, note, files, checkpoint, findings);
        if (checkpoint is { Fault: null, Trust: { NotBefore: { } before, NotAfter: { } after } })
            Keep(new(checkpoint.Stated.Size, before, after));
        else
            // Nothing leads from them to a checkpoint that counts.
            timed.Clear();
        timed.Sort((a, b) => a.Size.CompareTo(b.Size));
    }

    /// <summary>The root that a checkpoint of this size has; null where the bundle does not show it.</summary>
    public Hash? Consistent(ulong size) => older.TryGetValue(size, out var root) ? root : null;

    /// <summary>The root in the note of that size, signed by the log; null where the bundle has none.</summary>
    public Hash? RootOf(ulong size) => roots.TryGetValue(size, out var root) ? root : null;

    /// <summary>notBefore of the largest witnessed checkpoint of at most that size; null without one.</summary>
    public ulong? NotBefore(ulong size) =>
        timed.FindLastIndex(n => n.Size <= size) is >= 0 and var i ? timed[i].NotBefore : null;

    /// <summary>notAfter of the smallest witnessed checkpoint beyond that size; null without one.</summary>
    public ulong? NotAfter(ulong size) =>
        timed.FindIndex(n => n.Size > size) is >= 0 and var i ? timed[i].NotAfter : null;

    void ReadConsistency(BundleEntry entry, CheckedNote? checkpoint, BundleFindings findings)
    {
        var size = BundleName.NumberOf(entry.Name)!.Value;
        var (root, path) = Consistency(entry.Content.Span, size);
        if (root is null || path is null)
            findings.Add("consistency", $"{entry.Name}: malformed");
        else if (checkpoint is null)
            return;
        else if (Merkle.VerifyConsistency(size, checkpoint.Stated.Size, root.Value, checkpoint.Stated.Root, path))
            older[size] = root.Value;
        else
            findings.Add("consistency", $"{entry.Name}: the proof does not hold");
    }

    /// <summary>A first line that repeats the size, then a hash a line.</summary>
    static (Hash? Root, Hash[]? Path) Consistency(ReadOnlySpan<byte> file, ulong size)
    {
        if (StrictText.Read(file) is not { } text || text[..^1].Split('\n') is not [var first, .. var lines])
            return default;
        if (first.Split(' ') is not ["from", var stated, var root] || StrictNumber.Read(stated) != size)
            return default;
        return (StrictBase64.ReadHash(root), ProofText.Hashes(lines)?.ToArray());
    }

    void Place(string name, CheckedNote note, BundleFiles files, CheckedNote? checkpoint, BundleFindings findings)
    {
        var (size, root) = (note.Stated.Size, note.Stated.Root);
        if (size != BundleName.NumberOf(name))
            findings.Add(VerdictWords.BadCheckpoint, $"{name}: its size is {ProofText.Number(size)}");
        else if (!note.IsOfLog)
            findings.Add(note.Fault!, $"{name}: not signed by a log of the policy as it should be");
        else if (checkpoint is null || note.Stated.Origin != checkpoint.Stated.Origin)
            findings.Add(VerdictWords.WrongOrigin, $"{name}: of another log than checkpoint.txt");
        else
        {
            roots[size] = root;
            if (Consistent(size) != root)
            {
                // Where a proof is there and does not hold, that is found already.
                if (Consistent(size) is not null || files.Find(BundleName.ConsistencyFrom(size)) is null)
                    findings.Add("consistency", $"{name}: it is not shown that checkpoint.txt goes on from it");
            }
            else if (note.Trust is { NotBefore: { } before, NotAfter: { } after })
                Keep(new(size, before, after));
        }
    }

    /// <summary>One a size: checkpoint.txt may stand beside a note of its own size, and both are true.</summary>
    void Keep(TimedNote note)
    {
        var i = timed.FindIndex(n => n.Size == note.Size);
        if (i < 0)
            timed.Add(note);
        else
            timed[i] = new(
                note.Size,
                Math.Max(note.NotBefore, timed[i].NotBefore),
                Math.Min(note.NotAfter, timed[i].NotAfter)
            );
    }
}
