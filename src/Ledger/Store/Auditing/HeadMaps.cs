using Ledger.Operations;
using Ledger.Proof;
using Ledger.Store.Mapping;

namespace Ledger.Store.Auditing;

/// <summary>Step 8: each logged head map is what the leaves before it give, and no identifier is bound twice.</summary>
/// <remarks>
/// A map has an entry for each stream and each identifier, more than fits in memory, and no index of the database but
/// the builder's own has them in the order of their keys. So the leaves' words are sorted by bucket, in a file where
/// they are many; each bucket is replayed for itself; and what each map changed in it is sorted by map again. In memory
/// are one bucket, the tree over all of them, the sorts' own records, and eight bytes a map. On disk are 104 bytes a
/// leaf, as many for each identifier it binds, and 48 for each bucket that a map changed.
/// </remarks>
/// <param name="held">Records that each of its sorts holds in memory.</param>
sealed class HeadMaps(int held, Findings findings) : IDisposable
{
    static readonly string Mapped = EventCatalog.OfType(typeof(HeadMapped))!.WireName;

    /// <summary>What a leaf says of a key.</summary>
    /// <param name="Entry">Of a stream as the leaf has it; of an identifier, which it binds once more, N is 0.</param>
    /// <param name="Place">Among all words of the log.</param>
    readonly record struct Word(HeadMapEntry Entry, ulong Place, Guid Stream);

    /// <summary>What a logged map says of itself.</summary>
    readonly record struct Claim(ulong TreeSize, ulong Index, Guid Stream, long? MapSize, Hash? MapRoot);

    /// <summary>A bucket as it is new in a map.</summary>
    /// <param name="Fresh">Entries it has more than before.</param>
    readonly record struct Change(ulong TreeSize, int Bucket, int Fresh, Hash Root);

    readonly ExternalSort<Word> words = new(held, w => ((ulong)w.Entry.Bucket, w.Place));
    readonly ExternalSort<Claim> claims = new(held, c => (c.TreeSize, c.Index));
    ulong place;

    /// <summary>The map that was logged last, with its tree as the leaves give it; null where there is none, or it is
    /// not what they give.</summary>
    public (LoggedMap Map, BucketTree Tree)? Newest { get; private set; }

    public void Look(AuditedLeaf audited)
    {
        if (audited is not { Row.Stream: var stream, Leaf: { } leaf })
            return;
        if (leaf.Claims.Evt == Mapped)
            LookAtMap(audited.Index, stream, leaf);
        Say(leaf.Claims.Item, (ulong)leaf.Claims.N);
        foreach (var id in leaf.Claims.Ids)
            Say(id, 0);

        void Say(Hash key, ulong n) => words.Add(new(new(key, n, audited.Hash, audited.Index), place++, stream));
    }

    void LookAtMap(ulong index, Guid stream, Leaf leaf)
    {
        long? Integer(string name) => leaf.Said.TryGetProperty(name, out var value) ? value.Integer() : null;
        if (Integer("treeSize") is > 0 and var size && (ulong)size <= index)
            claims.Add(new((ulong)size, index, stream, Integer("mapSize"), leaf.Said.Hash("mapRoot")));
        else
            Tell(index, stream, "does not name a tree that stood before it");
    }

    /// <summary>After the last leaf.</summary>
    public void Compare(Action<string> progress, CancellationToken stop)
    {
        using var twice = new ExternalSort<Word>(held, w => (w.Place, 0));
        using var changes = new ExternalSort<Change>(held, c => (c.TreeSize, (ulong)c.Bucket));
        Replay(twice, changes, progress, stop);
        foreach (var (id, _, stream) in twice.InOrder())
            findings.Add(
                FindingKinds.BoundTwice,
                $"Identifier {id.Key.ToBase64Url()} is bound for the {id.N}. time by leaf {id.Index}.",
                id.Index,
                stream
            );
        Compare(changes, progress, stop);
    }

    /// <summary>Each bucket through the whole log.</summary>
    void Replay(ExternalSort<Word> twice, ExternalSort<Change> changes, Action<string> progress, CancellationToken stop)
    {
        ulong[] sizes = [.. claims.InOrder().Select(c => c.TreeSize)];
        var entries = new SortedList<Hash, HeadMapEntry>(Hash.ByBytes);
        var (bucket, known) = (0, 0);
        ulong? map = null;
        foreach (var word in words.InOrder())
        {
            var (entry, next) = (word.Entry, FirstOver(word.Entry.Index));
            if ((entry.Bucket, next) != (bucket, map))
                Close();
            if (entry.Bucket != bucket)
            {
                entries.Clear();
                known = 0;
                progress($"head maps: bucket {entry.Bucket} of {BucketTree.Buckets}");
                stop.ThrowIfCancellationRequested();
            }
            (bucket, map) = (entry.Bucket, next);
            if (entry.N == 0)
            {
                entry = entry with { N = entries.GetValueOrDefault(entry.Key).N + 1 };
                if (entry.N > 1)
                    twice.Add(word with { Entry = entry });
            }
            entries[entry.Key] = entry;
        }
        Close();

        // What it has come to in the map that the words so far belong to.
        void Close()
        {
            if (map is { } size)
                changes.Add(new(size, bucket, entries.Count - known, HeadMapEntry.BucketRoot([.. entries.Values])));
            known = entries.Count;
        }

        // The size of the first map that covers a leaf; null: none does.
        ulong? FirstOver(ulong index)
        {
            var i = Array.BinarySearch(sizes, index + 1);
            i = i < 0 ? ~i : i;
            return i < sizes.Length ? sizes[i] : null;
        }
    }

    /// <summary>Each map as it follows from the one before.</summary>
    void Compare(ExternalSort<Change> changes, Action<string> progress, CancellationToken stop)
    {
        var (tree, size, newest) = (new BucketTree(), 0L, 0UL);
        using var change = changes.InOrder().GetEnumerator();
        var more = change.MoveNext();
        foreach (var (t, index, stream, mapSize, mapRoot) in claims.InOrder())
        {
            stop.ThrowIfCancellationRequested();
            for (; more && change.Current.TreeSize <= t; more = change.MoveNext())
            {
                tree.Set(change.Current.Bucket, change.Current.Root);
                size += change.Current.Fresh;
            }
            var fits = (size, tree.Root) == (mapSize, mapRoot);
            if (index >= newest)
                (newest, Newest) = (index, fits ? (new((long)t, size, tree.Root, index), tree) : null);
            if (!fits)
                Tell(
                    index,
                    stream,
                    $"says {mapSize} entries and root {mapRoot} at size {t}, the leaves give {size} and {tree.Root}"
                );
            progress($"head maps: compared up to leaf {index}");
        }
    }

    void Tell(ulong index, Guid stream, string what) =>
        findings.Add(FindingKinds.HeadMap, $"The head map in leaf {index} {what}.", index, stream);

    public void Dispose()
    {
        words.Dispose();
        claims.Dispose();
    }
}
