using System.Security.Cryptography;
using Ledger.Proof;
using Ledger.Store.Postgres;
using Ledger.Store.Vault;

namespace Ledger.Store.Auditing;

/// <summary>
/// Step 9: each stored disclosure opens and its digest is in its leaf; of an erased subject there is none; and no
/// subject key is wrapped by a generation that should have ended (proof.md §9).
/// </summary>
/// <remarks>Reads as the service: the auditor's role has no right in the vault.</remarks>
sealed class VaultAudit(LedgerDatabase database, Findings findings)
{
    /// <summary>A generation ends when two younger ones exist beside the newest.</summary>
    const int OldestGeneration = 2;

    readonly VaultKeys ring = database.Keys.Vault;
    readonly PersonalVault vault = new(database);
    readonly VaultTables tables = new(database);

    /// <summary>Labels of one page that may be read in several ways.</summary>
    readonly Dictionary<Guid, string> unclear = [];

    public async Task LookAsync(Action<long> progress, CancellationToken stop)
    {
        await LookAtKeysAsync(stop);
        byte[] last = [];
        long done = 0;
        for (var more = true; more; progress(done))
        {
            var page = await tables.DisclosuresAfterAsync(last, stop);
            more = page.Count == VaultTables.PageSize;
            foreach (var (row, leaf) in page)
            {
                last = row.Digest;
                if (Fault(row, leaf?.Body) is { } fault)
                    findings.Add(
                        FindingKinds.Disclosure,
                        $"Disclosure {System.Buffers.Text.Base64Url.EncodeToString(last)} {fault}.",
                        leaf?.Index,
                        leaf?.Stream
                    );
            }
            done += page.Count;
        }
    }

    string? Fault(DisclosureKeyRow row, byte[]? body)
    {
        if (row.Wrapped is not { } wrapped)
            return $"is still stored, its subject {row.Subject} was erased or is unknown";
        try
        {
            if (ring.Unwrap(row.Subject, row.Generation, wrapped) is not { } key)
                return $"has a key of generation {row.Generation}, which has ended";
            var text = key.Decrypt(row.Ciphertext, PersonalVault.Bound(row.EventId, row.Digest));
            var made = Disclosures.DigestOf(text);
            if (!row.Digest.AsSpan().SequenceEqual(made))
                return "opens to something of another digest";
        }
        catch (CryptographicException)
        {
            return "does not open";
        }
        return body is null ? $"belongs to event {row.EventId}, which has no leaf"
            : Leaf.TryRead(body, out var leaf, out _)
            && leaf.Sd.Contains(System.Buffers.Text.Base64Url.EncodeToString(row.Digest))
                ? null
            : "is not among the digests of its leaf";
    }

    async Task LookAtKeysAsync(CancellationToken stop)
    {
        var last = Guid.Empty;
        for (var more = true; more; )
        {
            var page = await tables.SubjectsAfterAsync(last, stop);
            more = page.Count == VaultTables.PageSize;
            foreach (var (row, isStillFound) in page)
            {
                last = row.Subject;
                if (KeyFault(row, isStillFound) is { } fault)
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

    string? KeyFault(SubjectKeyRow row, bool isStillFound)
    {
        var subject = row.Subject;
        if (row.Wrapped is not { } wrapped)
            return isStillFound || row.Label is not null ? "is erased, but a word of it is still stored" : null;
        if (row.Generation < ring.Newest - OldestGeneration)
            return $"is wrapped by generation {row.Generation}, the newest is {ring.Newest}";
        try
        {
            if (ring.Unwrap(subject, row.Generation, wrapped) is not { } key)
                return $"is wrapped by generation {row.Generation}, which is not at hand";
            if (row.Label is { } sealedLabel)
            {
                var label = key.Decrypt(sealedLabel, subject.ToByteArray(bigEndian: true));
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
