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
                Value = unknown.Select(w => handles.OfBlind(Party, w.ToString())).ToArray(),
                NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea,
            }
        );
        command.Parameters.Add(new() { Value = missing, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid });
        await using var rows = await command.ExecuteReaderAsync(stop);
        while (await rows.ReadAsync(stop))
            if (rows.IsDBNull(2))
                continue;
            else if (Read(rows) is { } subject)
                book.Add(subject);
            else
                book.AddUnreadable(
                    rows.GetGuid(1),
                    rows.IsDBNull(0) ? null : unknown.Find(w => IsBlindOf(w, rows.GetFieldValue<byte[]>(0)))
                );
    }

    bool IsBlindOf(PartyRef word, byte[] mac) => handles.OfBlind(Party, word.ToString()).AsSpan().SequenceEqual(mac);

    /// <summary>Words of subjects, for readers; of a subject that was erased there is none.</summary>
    public async Task<ClearText> WordsAsync(IEnumerable<Guid> subjects, CancellationToken stop)
    {
        var book = new SubjectBook(handles, keys);
        await AddAsync(book, [], subjects, stop);
        return new(FrozenDictionary<string, string>.Empty, book.Words.ToDictionary(w => w.Key, w => w.Value.ToString()))
        {
            Unreadable = book.Unreadable,
        };
    }

    /// <summary>The ids that a word stands for: one with its scope, perhaps several without.</summary>
    public async Task<List<Guid>> FindAsync(string kind, string text, CancellationToken stop)
    {
        await using var command = source.CreateCommand(
            "select subject_id from vault.blind_index where kind = $1 and mac = $2"
        );
        command.Parameters.AddWithValue(kind);
        command.Parameters.AddWithValue(handles.OfBlind(kind, text));
        await using var rows = await command.ExecuteReaderAsync(stop);
        var found = new List<Guid>();
        while (await rows.ReadAsync(stop))
            found.Add(rows.GetGuid(0));
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

    /// <summary>Null where its key or its word does not open.</summary>
    Subject? Read(NpgsqlDataReader row)
    {
        var id = row.GetGuid(1);
        if (keys.TryUnwrap(id, row.GetInt32(4), row.GetFieldValue<byte[]>(2)) is not { } key)
            return null;
        if (row.IsDBNull(3))
            return new(key, null, false);
        if (key.TryDecrypt(row.GetFieldValue<byte[]>(3), id.ToByteArray(bigEndian: true)) is not { } word)
            return null;
        var slash = word.IndexOf('/', StringComparison.Ordinal);
        return new(key, new(word[..slash], word[(slash + 1)..]), false);
    }
}

/// <summary>A disclosure as it is kept.</summary>
/// <param name="Encoded">The string whose SHA-256 is the digest in the leaf; null where it does not open with the keys
/// at hand.</param>
public sealed record StoredDisclosure(byte[] Digest, Guid EventId, Guid Subject, string? Encoded);
