using Ledger.Kernel;
using Ledger.Proof;
using Ledger.Store.Postgres;

namespace Ledger.Store.Auditing;

/// <summary>Step 6: in each stream the leaves are numbered 1, 2, 3 …, and each names the hash of the one
/// before.</summary>
sealed class Chains(AuditReads reads, Handles handles, Findings findings)
{
    public void Look(AuditedLeaf leaf)
    {
        if (leaf.Row is not { } row || leaf.Leaf is not { Claims: var claims })
            return;
        if (claims.N != row.N)
            Tell(leaf.Index, row, $"says n {claims.N}, its row {row.N}");
        if (claims.Item != Hash.Read(handles.OfStream(row.Stream)))
            Tell(leaf.Index, row, $"is of the chain {claims.Item.ToBase64Url()}, its row is of another stream");
        if (row.N == 1)
            LookAtFirst(leaf.Index, row, claims);
        else if (row.Before is not { } before)
            Tell(leaf.Index, row, $"is number {row.N} of its chain, and number {row.N - 1} is not there");
        else if (before.Index >= leaf.Index)
            Tell(leaf.Index, row, $"is number {row.N} of its chain, and number {row.N - 1} comes after it");
        else if (before.Hash != claims.Prev)
            Tell(
                leaf.Index,
                row,
                $"follows {claims.Prev}, but number {row.N - 1} at index {before.Index} is {before.Hash}"
            );
    }

    void LookAtFirst(ulong index, StoredLeaf row, LeafClaims claims)
    {
        var kind = EventCatalog.OfWireName(claims.Evt)?.Kind;
        if (row.StreamType is null)
            Tell(index, row, "begins a stream that has no row");
        // A note of a fact elsewhere stands on any kind of stream, and may begin a party's.
        else if (
            kind is { } known
            && claims.Evt != EventCatalog.OfType(typeof(LinkedFactNoted))!.WireName
            && known.Name != row.StreamType
        )
            Tell(index, row, $"begins a stream of type {known.Name}, its row says {row.StreamType}");
    }

    void Tell(ulong index, StoredLeaf row, string what) =>
        findings.Add(FindingKinds.Chain, $"Leaf {index} {what}.", index, row.Stream);

    /// <summary>Each stream's row says how many leaves it has; it may lack what <see cref="StreamRows"/> has not come
    /// to yet, and nothing else.</summary>
    public async Task LookAtStreamsAsync(CancellationToken stop)
    {
        // Before the rows: both only move on.
        var place = await reads.PlaceOfStreamsAsync(stop);
        var last = Guid.Empty;
        for (var more = true; more; )
        {
            (var streams, more) = await reads.StreamsAfterAsync(last, place, stop);
            foreach (var stream in streams)
                Compare(stream);
            if (streams.Count > 0)
                last = streams[^1].Id;
        }
    }

    void Compare(StoredStream stream)
    {
        if (stream.Version != stream.N && !stream.Waits)
            findings.Add(
                FindingKinds.Chain,
                $"Stream {stream.Id}: its row says version {stream.Version}, its newest leaf is number {stream.N}.",
                stream.Leaf,
                stream.Id
            );
    }
}
