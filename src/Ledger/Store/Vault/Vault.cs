using System.Collections.Frozen;
using Ledger.Kernel;
using Npgsql;
using NpgsqlTypes;

namespace Ledger.Store.Vault;

/// <summary>A subject as the vault knows it: its key, and of a party the word its market uses.</summary>
/// <param name="IsNew">Not on record yet: the command that first names it writes it.</param>
public sealed record Subject(SubjectKey Key, PartyRef? Word, bool IsNew);

/// <summary>
/// Personal and confidential text, encrypted under a key per subject, and the only way back from an id in an event to a
/// market's word (proof.md §9). Reads only: what is written goes through the lane with the events it belongs to.
/// </summary>
public sealed class PersonalVault(NpgsqlDataSource source, Handles handles, KeyRing keys)
{
    /// <summary>Kinds of blind index rows: a party in its scope, and its word alone.</summary>
    public const string Party = "party",
        PartyAlone = "party-alone";

    /// <summary>Opens what a command needs: the subjects of these words, and of these ids. A word nobody knows gets a
    /// new id.</summary>
    public async Task<SubjectBook> OpenAsync(IReadOnlyCollection<PartyRef> words, CancellationToken stop)
    {
        var book = new SubjectBook(handles, keys);
        await AddAsync(book, words, [], stop);
        return book;
    }

    /// <summary>Adds words and ids to a book; those it has are not asked again.</summary>
    public async Task AddAsync(
        SubjectBook book,
        IEnumerable<PartyRef> words,
        IEnumerable<Guid> ids,
        CancellationToken stop
    )
    {
        var unknown = words.Where(w => w.Subject is null && !book.Knows(w)).Distinct().ToList();
        var missing = ids.Concat(words.Select(w => w.Subject).OfType<Guid>())
            .Where(id => !book.Knows(id))
            .Distinct()
            .ToArray();
        if (unknown.Count == 0 && missing.Length == 0)
            return;
        await using var command = source.CreateCommand(
            """
            select b.mac, k.subject_id, k.wrapped, k.label, k.kek_generation
            from vault.blind_index b join vault.subject_key k using (subject_id) where b.kind = $1 and b.mac = any($2)
            union all
            select null, subject_id, wrapped, label, kek_generation from vault.subject_key where subject_id = any($3)
            """
        );
        command.Parameters.AddWithValue(Party);
        command.Parameters.Add(
            new()
            {
                Value = unknown.SelectMany(w => PartyLabel.Marks(w, handles)).ToArray(),
                NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea,
            }
        );
        command.Parameters.Add(new() { Value = missing, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid });
        var unclear = new Dictionary<Guid, (SubjectKey Key, string Label)>();
        await using (var rows = await command.ExecuteReaderAsync(stop))
            while (await rows.ReadAsync(stop))
                if (rows.IsDBNull(2))
                    continue;
                else if (Open(rows) is not var (key, label))
                    book.AddUnreadable(
                        rows.GetGuid(1),
                        rows.IsDBNull(0) ? null : unknown.Find(w => IsMarkOf(w, rows.GetFieldValue<byte[]>(0)))
                    );
                else if (label is null)
                    book.Add(new(key, null, false));
                else if (PartyLabel.Read(label) is { } word)
                    book.Add(new(key, word, false));
                else
                    unclear[key.Subject] = (key, label);
        foreach (var (id, word) in await RecordedAsync(unclear.ToDictionary(u => u.Key, u => u.Value.Label), stop))
            book.Add(new(unclear[id].Key, word, false));
    }

    bool IsMarkOf(PartyRef word, byte[] mac) =>
        PartyLabel.Marks(word, handles).Any(mark => mark.AsSpan().SequenceEqual(mac));

    /// <summary>The parties that labels of then, which may be read in several ways, were recorded for.</summary>
    internal async Task<Dictionary<Guid, PartyRef>> RecordedAsync(
        IReadOnlyDictionary<Guid, string> labels,
        CancellationToken stop
    )
    {
        if (labels.Count == 0)
            return [];
        await using var command = source.CreateCommand(
            """
            select subject_id, array_agg(mac) from vault.blind_index where kind = $1 and subject_id = any($2)
            group by subject_id
            """
        );
        command.Parameters.AddWithValue(PartyAlone);
        command.Parameters.Add(Sql.Array(labels.Keys, NpgsqlDbType.Uuid));
        var alone = new Dictionary<Guid, byte[][]>();
        await using var rows = await command.ExecuteReaderAsync(stop);
        while (await rows.ReadAsync(stop))
            alone[rows.GetGuid(0)] = rows.GetFieldValue<byte[][]>(1);
        return labels.ToDictionary(
            l => l.Key,
            l => PartyLabel.Recorded(l.Value, alone.GetValueOrDefault(l.Key) ?? [], handles)
        );
    }

    /// <summary>Words of subjects, for readers; of a subject that was erased there is none.</summary>
    public async Task<ClearText> WordsAsync(IEnumerable<Guid> subjects, CancellationToken stop)
    {
        var book = new SubjectBook(handles, keys);
        await AddAsync(book, [], subjects, stop);
        return new(FrozenDictionary<string, string>.Empty, book.Words.ToDictionary(w => w.Key, w => w.Value))
        {
            Unreadable = book.Unreadable,
        };
    }

    /// <summary>The ids that a text stands for: of a word alone perhaps several; of one with its scope that party, and
    /// whoever was recorded under the same text when it could still be read in several ways.</summary>
    public async Task<IReadOnlyCollection<Guid>> FindAsync(string text, CancellationToken stop)
    {
        var found = new HashSet<Guid>();
        await using var command = source.CreateCommand(
            "select subject_id from vault.blind_index where (kind, mac) in (($1, $2), ($3, $4))"
        );
        foreach (var kind in (string[])[PartyAlone, Party])
        {
            command.Parameters.AddWithValue(kind);
            command.Parameters.AddWithValue(handles.OfBlind(kind, text));
        }
        await using (var rows = await command.ExecuteReaderAsync(stop))
            while (await rows.ReadAsync(stop))
                found.Add(rows.GetGuid(0));
        if (text.Contains('/', StringComparison.Ordinal) && PartyText.Read(text) is { Subject: null } party)
            if ((await OpenAsync([party], stop)).IdOfKnown(party) is { } id)
                found.Add(id);
        return found;
    }

    /// <summary>Every disclosure of these subjects that is kept, also one that does not open.</summary>
    public async Task<List<StoredDisclosure>> DisclosuresAsync(
        string where,
        IReadOnlyCollection<Guid> ids,
        CancellationToken stop
    )
    {
        await using var command = source.CreateCommand(
            $"""
            select d.digest, d.event_id, d.ct, k.subject_id, k.wrapped, k.kek_generation
            from vault.disclosure d join vault.subject_key k using (subject_id)
            where d.{where} = any($1) and k.wrapped is not null
            """
        );
        command.Parameters.Add(new() { Value = ids.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid });
        var found = new List<StoredDisclosure>();
        await using var rows = await command.ExecuteReaderAsync(stop);
        while (await rows.ReadAsync(stop))
        {
            var (digest, eventId) = (rows.GetFieldValue<byte[]>(0), rows.GetGuid(1));
            var subject = rows.GetGuid(3);
            var text = keys.TryUnwrap(subject, rows.GetInt32(5), rows.GetFieldValue<byte[]>(4))
                ?.TryDecrypt(rows.GetFieldValue<byte[]>(2), Bound(eventId, digest));
            found.Add(new(digest, eventId, subject, text));
        }
        return found;
    }

    /// <summary>What a disclosure's ciphertext is bound to: event id ‖ digest.</summary>
    public static byte[] Bound(Guid eventId, ReadOnlySpan<byte> digest) =>
        [.. eventId.ToByteArray(bigEndian: true), .. digest];

    /// <summary>Null where its key or its label does not open.</summary>
    (SubjectKey Key, string? Label)? Open(NpgsqlDataReader row)
    {
        var id = row.GetGuid(1);
        if (keys.TryUnwrap(id, row.GetInt32(4), row.GetFieldValue<byte[]>(2)) is not { } key)
            return null;
        if (row.IsDBNull(3))
            return (key, null);
        return key.TryDecrypt(row.GetFieldValue<byte[]>(3), id.ToByteArray(bigEndian: true)) is { } label
            ? (key, label)
            : null;
    }
}

/// <summary>A disclosure as it is kept.</summary>
/// <param name="Encoded">The string whose SHA-256 is the digest in the leaf; null where it does not open with the keys
/// at hand.</param>
public sealed record StoredDisclosure(byte[] Digest, Guid EventId, Guid Subject, string? Encoded);
