using System.Security.Cryptography;
using Ledger.Proof;
using Ledger.Store.Vault;
using Npgsql;

namespace Ledger.Store.Auditing;

/// <summary>
/// Step 9: each stored disclosure opens and its digest is in its leaf; of an erased subject there is none; and no
/// subject key is wrapped by a generation that should have ended (proof.md §9).
/// </summary>
/// <remarks>Reads as the service: the auditor's role has no right in the vault.</remarks>
sealed class VaultRows(LedgerDatabase database, Findings findings)
{
    const int Rows = 1000;

    /// <summary>A generation ends when two younger ones exist beside the newest.</summary>
    const int OldestGeneration = 2;

    readonly KeyRing ring = database.Keys.Vault;
    readonly PersonalVault vault = new(database.Source, database.Handles, database.Keys.Vault);

    /// <summary>Labels of one page that may be read in several ways.</summary>
    readonly Dictionary<Guid, string> unclear = [];

    public async Task LookAsync(Action<long> progress, CancellationToken stop)
    {
        await LookAtKeysAsync(stop);
        byte[] last = [];
        long done = 0;
        for (var more = true; more; progress(done))
        {
            more = false;
            await using var command = database.Source.CreateCommand(
                $"""
                select d.digest, d.event_id, d.subject_id, d.ct, k.wrapped, k.kek_generation, l.body, l.idx, l.stream_id
                from vault.disclosure d left join vault.subject_key k using (subject_id)
                left join proof.leaf l on l.event_id = d.event_id
                where d.digest > $1 order by d.digest limit {Rows}
                """
            );
            command.Parameters.AddWithValue(last);
            await using var rows = await command.ExecuteReaderAsync(stop);
            for (var n = 0; await rows.ReadAsync(stop); more = ++n == Rows, done++)
            {
                last = rows.GetFieldValue<byte[]>(0);
                if (Fault(rows, last) is { } fault)
                    findings.Add(
                        FindingKinds.Disclosure,
                        $"Disclosure {System.Buffers.Text.Base64Url.EncodeToString(last)} {fault}.",
                        rows.IsDBNull(7) ? null : (ulong)rows.GetInt64(7),
                        rows.IsDBNull(8) ? null : rows.GetGuid(8)
                    );
            }
        }
    }

    string? Fault(NpgsqlDataReader row, byte[] digest)
    {
        if (row.IsDBNull(4))
            return $"is still stored, its subject {row.GetGuid(2)} was erased or is unknown";
        try
        {
            if (ring.Unwrap(row.GetGuid(2), row.GetInt32(5), row.GetFieldValue<byte[]>(4)) is not { } key)
                return $"has a key of generation {row.GetInt32(5)}, which has ended";
            var text = key.Decrypt(row.GetFieldValue<byte[]>(3), PersonalVault.Bound(row.GetGuid(1), digest));
            var made = Disclosures.DigestOf(text);
            if (!digest.AsSpan().SequenceEqual(made))
                return "opens to something of another digest";
        }
        catch (CryptographicException)
        {
            return "does not open";
        }
        return row.IsDBNull(6) ? $"belongs to event {row.GetGuid(1)}, which has no leaf"
            : Leaf.TryRead(row.GetFieldValue<byte[]>(6), out var leaf, out _)
            && leaf.Sd.Contains(System.Buffers.Text.Base64Url.EncodeToString(digest))
                ? null
            : "is not among the digests of its leaf";
    }

    async Task LookAtKeysAsync(CancellationToken stop)
    {
        var last = Guid.Empty;
        for (var more = true; more; )
        {
            more = false;
            await using var command = database.Source.CreateCommand(
                $"""
                select k.subject_id, k.wrapped, k.kek_generation, k.label,
                    k.wrapped is null and exists (select from vault.blind_index b where b.subject_id = k.subject_id)
                from vault.subject_key k where k.subject_id > $1 order by k.subject_id limit {Rows}
                """
            );
            command.Parameters.AddWithValue(last);
            await using (var rows = await command.ExecuteReaderAsync(stop))
                for (var n = 0; await rows.ReadAsync(stop); more = ++n == Rows)
                {
                    last = rows.GetGuid(0);
                    if (KeyFault(rows, last) is { } fault)
                        findings.Add(FindingKinds.Disclosure, $"The key of subject {last} {fault}.");
                }
            await NoteUnclearAsync(stop);
        }
    }

    /// <summary>A word with a slash was always read as it was said; the reference of whoever acted without a site was
    /// not.</summary>
    async Task NoteUnclearAsync(CancellationToken stop)
    {
        foreach (var (subject, party) in await vault.RecordedAsync(unclear, stop))
            if (party.Scope.Contains('/', StringComparison.Ordinal))
                findings.Note(
                    FindingKinds.AmbiguousReference,
                    $"Subject {subject} was recorded for a party in the scope “{party.Scope}” under a text that also reads as a word of “{party.Scope[..party.Scope.IndexOf('/', StringComparison.Ordinal)]}”. It is found as what it was recorded for."
                );
        unclear.Clear();
    }

    string? KeyFault(NpgsqlDataReader row, Guid subject)
    {
        if (row.IsDBNull(1))
            return row.GetBoolean(4) || !row.IsDBNull(3) ? "is erased, but a word of it is still stored" : null;
        var generation = row.GetInt32(2);
        if (generation < ring.Newest - OldestGeneration)
            return $"is wrapped by generation {generation}, the newest is {ring.Newest}";
        try
        {
            if (ring.Unwrap(subject, generation, row.GetFieldValue<byte[]>(1)) is not { } key)
                return $"is wrapped by generation {generation}, which is not at hand";
            if (!row.IsDBNull(3))
            {
                var label = key.Decrypt(row.GetFieldValue<byte[]>(3), subject.ToByteArray(bigEndian: true));
                if (PartyLabel.Read(label) is null)
                    unclear[subject] = label;
            }
            return null;
        }
        catch (CryptographicException)
        {
            return "does not open, or its word does not";
        }
    }
}
