using Ledger.Kernel;
using Ledger.Proof;
using Npgsql;

namespace Ledger.Store.Auditing;

/// <summary>Step 6: in each stream the leaves are numbered 1, 2, 3 …, and each names the hash of the one
/// before.</summary>
sealed class Chains(AuditReads reads, Handles handles, Findings findings)
{
    const int Rows = 2000;
    const string Schema = LedgerDatabase.Schema;

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
        var noun = EventCatalog.OfWireName(claims.Evt)?.Noun;
        if (row.StreamType is null)
            Tell(index, row, "begins a stream that has no row");
        // A note of a fact elsewhere stands on any kind of stream, and may begin a party's.
        else if (
            noun is { } known
            && claims.Evt != EventCatalog.OfType(typeof(LinkedFactNoted))!.WireName
            && LedgerDatabase.StreamAlias(known) != row.StreamType
        )
            Tell(
                index,
                row,
                $"begins a stream of type {LedgerDatabase.StreamAlias(known)}, its row says {row.StreamType}"
            );
    }

    void Tell(ulong index, StoredLeaf row, string what) =>
        findings.Add(FindingKinds.Chain, $"Leaf {index} {what}.", index, row.Stream);

    /// <summary>Each stream's row says how many leaves it has; it may lack what <see cref="Lane.StreamRows"/> has not
    /// come to yet, and nothing else.</summary>
    public async Task LookAtStreamsAsync(CancellationToken stop)
    {
        // Before the rows: both only move on.
        var place = await Lane.StreamRows.PlaceAsync(reads.Source, stop);
        var last = Guid.Empty;
        for (var more = true; more; )
        {
            more = false;
            await using var command = reads.Source.CreateCommand(
                $"""
                select s.id, s.version, l.n, l.idx, s.version < l.n and exists (select from {Schema}.mt_events e
                    where e.stream_id = s.id and e.version = s.version + 1 and e.seq_id > $2)
                from {Schema}.mt_streams s left join lateral
                    (select n, idx from proof.leaf where stream_id = s.id order by n desc limit 1) l on true
                where s.id > $1 order by s.id limit {Rows}
                """
            );
            command.Parameters.AddWithValue(last);
            command.Parameters.AddWithValue(place);
            await using var rows = await command.ExecuteReaderAsync(stop);
            for (var n = 0; await rows.ReadAsync(stop); more = ++n == Rows)
            {
                last = rows.GetGuid(0);
                Compare(rows, last);
            }
        }
    }

    void Compare(NpgsqlDataReader rows, Guid stream)
    {
        var (version, n) = (rows.GetInt64(1), rows.IsDBNull(2) ? 0 : rows.GetInt64(2));
        var waits = !rows.IsDBNull(4) && rows.GetBoolean(4);
        if (version != n && !waits)
            findings.Add(
                FindingKinds.Chain,
                $"Stream {stream}: its row says version {version}, its newest leaf is number {n}.",
                rows.IsDBNull(3) ? null : (ulong)rows.GetInt64(3),
                stream
            );
    }
}
