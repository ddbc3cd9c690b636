using Ledger.Proof;
using Ledger.Store.Lane;
using Ledger.Store.Postgres;

namespace Ledger.Store.Mapping;

/// <summary>What a leaf says of a key.</summary>
/// <param name="Entry">Of a stream as the leaf has it; of an identifier, which it binds once more, N is 0.</param>
/// <param name="Place">Among all words of a run.</param>
/// <param name="Stream">Handle of the leaf's stream.</param>
readonly record struct MapWord(HeadMapEntry Entry, ulong Place, Hash Stream);

/// <summary>Lets a map grow by what the leaves say, bucket by bucket: each as it was is held against its old root, then
/// grows in memory, and what is new of it is added to the rows.</summary>
/// <param name="turn">The builder's: with it ends the right to write.</param>
sealed class MapGrowth(HeadMapReader reader, LeafRows leaves, MapTurn turn)
{
    const int PageBuckets = 512,
        PageWords = 1 << 16;

    /// <summary>Streams that bound an identifier in this run.</summary>
    readonly Dictionary<Hash, Hash> binders = [];

    /// <param name="words">By bucket.</param>
    /// <param name="tree">Of the map of size <paramref name="from"/>; it becomes that of
    /// <paramref name="size"/>.</param>
    /// <returns>How many keys are new.</returns>
    /// <exception cref="BrokenLogException">Stored rows are not those of the map, or an identifier was bound to a
    /// second thing.</exception>
    public async Task<long> GrowAsync(
        IEnumerable<MapWord> words,
        BucketTree tree,
        long from,
        long size,
        CancellationToken stop
    )
    {
        var (fresh, buckets) = (0L, 0);
        var page = new List<MapWord>();
        foreach (var word in words)
        {
            if (page.Count == 0 || page[^1].Entry.Bucket != word.Entry.Bucket)
            {
                if (buckets == PageBuckets || page.Count >= PageWords)
                {
                    fresh += await PageAsync(page, tree, from, size, stop);
                    page.Clear();
                    buckets = 0;
                }
                buckets++;
            }
            page.Add(word);
        }
        return page.Count == 0 ? fresh : fresh + await PageAsync(page, tree, from, size, stop);
    }

    async Task<long> PageAsync(List<MapWord> words, BucketTree tree, long from, long size, CancellationToken stop)
    {
        int[] buckets = [.. words.Select(w => w.Entry.Bucket).Distinct()];
        var entries = await reader.BucketsAsync(buckets, from, tree, stop);
        var known = entries.Values.Sum(e => e.Count);
        var changed = new Dictionary<Hash, HeadMapEntry>();
        binders.Clear();
        foreach (var word in words)
        {
            var (bucket, entry) = (entries[word.Entry.Bucket], word.Entry);
            if (entry.N == 0)
                entry = await BoundAsync(word, bucket, stop);
            bucket[entry.Key] = changed[entry.Key] = entry;
        }
        var roots = buckets.Select(b => HeadMapEntry.BucketRoot([.. entries[b].Values])).ToArray();
        if (!await turn.PutAsync(changed.Values, size, stop) || !await turn.PutAsync(buckets, roots, size, stop))
            throw new BrokenLogException($"Of the head map of size {size} stand rows that are not true.");
        for (var i = 0; i < buckets.Length; i++)
            tree.Set(buckets[i], roots[i]);
        return entries.Values.Sum(e => e.Count) - known;
    }

    /// <summary>One binding more. No desk binds an identifier to a second thing: that the first one's reservation was
    /// gone is found here at the latest.</summary>
    async Task<HeadMapEntry> BoundAsync(MapWord word, SortedList<Hash, HeadMapEntry> bucket, CancellationToken stop)
    {
        var id = word.Entry.Key;
        if (!bucket.TryGetValue(id, out var before))
        {
            binders[id] = word.Stream;
            return word.Entry with { N = 1 };
        }
        var binder = binders.TryGetValue(id, out var mine) ? mine : await BinderAsync(before, stop);
        if (binder != word.Stream)
            throw new BrokenLogException(
                $"Leaf {word.Entry.Index} binds identifier {id.ToBase64Url()} to a second thing, leaf {before.Index} had bound it already: its reservation was taken away."
            );
        binders[id] = binder;
        return word.Entry with { N = before.N + 1 };
    }

    /// <summary>Handle of the stream whose leaf bound an identifier last.</summary>
    async Task<Hash> BinderAsync(HeadMapEntry bound, CancellationToken stop)
    {
        return
            await leaves.BodiesAsync(bound.Index, bound.Index + 1, stop) is [var (_, body)]
            && Leaf.TryRead(body, out var leaf, out _)
            && leaf.LeafHash == bound.LeafHash
            ? leaf.Claims.Item
            : throw new BrokenLogException($"Leaf {bound.Index} is not the one that the head map names.");
    }
}
