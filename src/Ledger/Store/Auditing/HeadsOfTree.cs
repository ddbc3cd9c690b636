using Ledger.Proof;
using Ledger.Store.Lane;

namespace Ledger.Store.Auditing;

/// <summary>Step 4, as the tree grows: each head follows the one before, carries the log's mark and has the root of its
/// leaves; each published checkpoint has it too, under the log's signature.</summary>
sealed class HeadsOfTree(LogIdentity log, Findings findings)
{
    readonly NoteVerifier verifier = NoteVerifier.Read(log.Signer.Vkey)!;
    StoredHead? before;
    (StoredHead First, Hash Root, ulong Last, int More)? unfit;

    /// <summary>The newest published note that was looked at.</summary>
    public string? NewestNote { get; private set; }

    /// <summary>The head that the audit starts behind; only its mark is looked at.</summary>
    public void StartAfter(StoredHead head)
    {
        before = head;
        LookAtMark(head, false);
    }

    /// <summary>The head of the size that the audit starts at; of what came before it nothing is known.</summary>
    public void StartAt(StoredHead head, in Hash root, bool isNewest)
    {
        if (head is { Size: 0, Prev: { } prev })
            Tell(head, $"follows {Size(prev)}, and nothing comes before it");
        before = head;
        LookAtRoot(head, root, isNewest);
    }

    /// <param name="root">Of the leaves it covers.</param>
    /// <param name="seq"><c>seq_id</c> of the event of its last leaf, where there is one.</param>
    /// <param name="isNewest">A newest head that does not fit is a fork: it must not be signed.</param>
    public void Look(StoredHead head, in Hash root, long? seq, bool isNewest)
    {
        if (before is null || head.Prev != before.Size)
            Tell(head, $"follows {Size(head.Prev)}, the head before it is {Size(before?.Size)}");
        before = head;
        if (seq is { } last && last != head.Seq)
            Tell(head, $"says that its last event is {head.Seq} in the store, it is {last}");
        LookAtRoot(head, root, isNewest);
    }

    void LookAtRoot(StoredHead head, in Hash root, bool isNewest)
    {
        var marked = LookAtMark(head, isNewest);
        if (head.Root == root)
        {
            End();
            return;
        }
        // One changed leaf changes the root of every later head: told once, with how far it reaches.
        unfit = unfit is var (first, was, _, more) ? (first, was, head.Size, more + 1) : (head, root, head.Size, 0);
        if (isNewest && marked)
            findings.Add(
                FindingKinds.Forked,
                $"The newest head, of size {head.Size}, has root {head.Root}; its leaves give {root}.",
                Last(head.Size)
            );
    }

    /// <summary>Whether it carries the mark.</summary>
    bool LookAtMark(StoredHead head, bool isNewest)
    {
        if (log.Fits(new(head.Size, head.Root, head.Seq, head.Mac)))
            return true;
        Tell(head, "does not carry the log's mark (mac): this service did not write it so");
        if (isNewest)
            findings.Add(
                FindingKinds.Forked,
                $"The newest head, of size {head.Size}, does not carry the log's mark: nothing may be signed for it.",
                Last(head.Size)
            );
        return false;
    }

    /// <summary>No further head comes, or one that fits again.</summary>
    public void End()
    {
        if (unfit is var (first, root, last, more))
            Tell(
                first,
                $"has root {first.Root}, its leaves give {root}"
                    + (more > 0 ? $"; so it is with the {more} heads after it, up to size {last}" : "")
            );
        unfit = null;
    }

    public void Look(StoredCheckpoint checkpoint, in Hash root)
    {
        if (!checkpoint.Root.AsSpan().SequenceEqual(root))
            Tell(checkpoint.Size, $"has root {Convert.ToBase64String(checkpoint.Root)}, its leaves give {root}");
        LookAtNote(checkpoint.Size, checkpoint.Note, root);
        NewestNote = checkpoint.Note;
    }

    /// <summary>The note itself: this origin, this size and root, signed by the log.</summary>
    public void LookAtNote(ulong size, string note, in Hash root)
    {
        var opened = SignedNote.Open(note, verifier);
        if (opened.Fault is { } fault)
            Tell(size, $"has a note without a good signature of the log ({fault})");
        else if (Checkpoint.Read(opened.Text) is not { } text || text != new Checkpoint(log.Origin, size, root))
            Tell(size, $"has a note of something else than size {size} and root {root} of {log.Origin}");
    }

    void Tell(ulong size, string what) =>
        findings.Add(FindingKinds.Checkpoint, $"Checkpoint of size {size} {what}.", Last(size));

    void Tell(StoredHead head, string what) =>
        findings.Add(FindingKinds.Head, $"Head of size {head.Size} {what}.", Last(head.Size));

    static ulong? Last(ulong size) => size == 0 ? null : size - 1;

    static string Size(ulong? size) => size is { } s ? $"size {s}" : "nothing";
}
