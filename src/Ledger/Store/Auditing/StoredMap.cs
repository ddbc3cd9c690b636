using Ledger.Proof;
using Ledger.Store.Lane;
using Ledger.Store.Mapping;
using Ledger.Store.Postgres;

namespace Ledger.Store.Auditing;

/// <summary>Step 8, the rows: the stored buckets and entries of the newest head map are those that the leaves
/// give.</summary>
sealed class StoredMap(LedgerDatabase database, Findings findings)
{
    const int Page = 512;

    readonly HeadMapReader reader = new(database);

    /// <param name="tree">As the leaves give it.</param>
    public async Task CompareAsync(LoggedMap map, BucketTree tree, Action<string> progress, CancellationToken stop)
    {
        var wrong = new List<string>();
        try
        {
            await reader.TreeAsync(map, stop);
        }
        catch (BrokenLogException error)
        {
            wrong.Add(error.Message);
        }
        for (var first = 0; first < BucketTree.Buckets; first += Page)
        {
            foreach (var (bucket, entries) in await reader.StoredAsync(first, Page, map.TreeSize, stop))
                if (!tree.Holds(bucket, HeadMapEntry.BucketRoot([.. entries.Values])))
                    wrong.Add(
                        $"The {entries.Count} stored entries of bucket {bucket} are not those of the head map of size {map.TreeSize}."
                    );
            progress($"head maps: rows of bucket {first} of {BucketTree.Buckets}");
        }
        if (wrong.Count > 0 && !await reader.IsKeptAsync(map, stop))
            findings.Skip("The rows of the newest head map are not compared: later maps have overtaken it meanwhile.");
        else
            foreach (var detail in wrong)
                findings.Add(FindingKinds.HeadMap, detail, map.Index);
    }
}
