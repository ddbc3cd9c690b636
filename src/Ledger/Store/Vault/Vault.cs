using System.Security.Cryptography;
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
            if (!rows.IsDBNull(2) && Read(rows) is { } subject)
                book.Add(subject);
    }

    /// <summary>Words and other texts of subjects, for readers; a subject that was erased is absent.</summary>
    public async Task<Dictionary<Guid, string>> WordsAsync(IEnumerable<Guid> subjects, CancellationToken stop)
    {
        var book = new SubjectBook(handles, keys);
        await AddAsync(book, [], subjects, stop);
        return book.Words.ToDictionary(w => w.Key, w => w.Value.ToString());
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

    /// <summary>Every disclosure of these subjects that can still be opened.</summary>
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
            if (keys.Unwrap(rows.GetGuid(3), rows.GetInt32(5), rows.GetFieldValue<byte[]>(4)) is not { } key)
                continue;
            var text = key.Decrypt(rows.GetFieldValue<byte[]>(2), Bound(eventId, digest));
            found.Add(new(digest, eventId, key.Subject, text));
        }
        return found;
    }

    /// <summary>What a disclosure's ciphertext is bound to: event id ‖ digest.</summary>
    public static byte[] Bound(Guid eventId, ReadOnlySpan<byte> digest) =>
        [.. eventId.ToByteArray(bigEndian: true), .. digest];

    Subject? Read(NpgsqlDataReader row)
    {
        var id = row.GetGuid(1);
        if (keys.Unwrap(id, row.GetInt32(4), row.GetFieldValue<byte[]>(2)) is not { } key)
            return null;
        if (row.IsDBNull(3))
            return new(key, null, false);
        var word = key.Decrypt(row.GetFieldValue<byte[]>(3), id.ToByteArray(bigEndian: true));
        var slash = word.IndexOf('/', StringComparison.Ordinal);
        return new(key, new(word[..slash], word[(slash + 1)..]), false);
    }
}

/// <summary>A disclosure that was opened: the encoded string whose SHA-256 is the digest in the leaf.</summary>
public sealed record StoredDisclosure(byte[] Digest, Guid EventId, Guid Subject, string Encoded);

/// <summary>The subjects that one command, or one chunk of an import, names.</summary>
public sealed class SubjectBook(Handles handles, KeyRing keys)
{
    readonly Dictionary<Guid, Subject> byId = [];
    readonly Dictionary<PartyRef, Guid> byWord = [];
    readonly Dictionary<Guid, SubjectRow> rows = [];

    public bool Knows(Guid id) => byId.ContainsKey(id);

    public bool Knows(PartyRef word) => byWord.ContainsKey(word);

    public IEnumerable<KeyValuePair<Guid, PartyRef>> Words =>
        byId.Where(s => s.Value.Word is not null).Select(s => KeyValuePair.Create(s.Key, s.Value.Word!));

    public Subject? Of(Guid id) => byId.GetValueOrDefault(id);

    internal void Add(Subject subject)
    {
        byId[subject.Key.Subject] = subject;
        if (subject.Word is { } word)
            byWord[word] = subject.Key.Subject;
    }

    /// <summary>A market's word as the vault's id; a word that is not known yet gets a new random one.</summary>
    public PartyRef IdOf(PartyRef party)
    {
        if (party.Subject is not null)
            return party;
        if (!byWord.TryGetValue(party, out var id))
        {
            id = RandomId();
            Add(new(SubjectKey.New(id), party, true));
        }
        return PartyRef.Of(party.Scope, id);
    }

    /// <summary>The subject of an item, for facts without a person; made where it is missing.</summary>
    public Subject OfItem(Guid item)
    {
        if (!byId.TryGetValue(item, out var subject))
            Add(subject = new(SubjectKey.New(item), null, true));
        return subject;
    }

    /// <summary>The rows that put a new subject on record: one and the same for every command that names it.</summary>
    internal SubjectRow Row(Subject subject)
    {
        var id = subject.Key.Subject;
        if (rows.TryGetValue(id, out var before))
            return before;
        var word = subject.Word;
        return rows[id] = new(
            id,
            word is null ? "item" : PersonalVault.Party,
            keys.Wrap(subject.Key),
            word is null ? null : subject.Key.Encrypt(word.ToString(), id.ToByteArray(bigEndian: true)),
            keys.Newest,
            word is null
                ? []
                :
                [
                    (PersonalVault.Party, handles.OfBlind(PersonalVault.Party, word.ToString())),
                    (PersonalVault.PartyAlone, handles.OfBlind(PersonalVault.PartyAlone, word.Reference)),
                ]
        );
    }

    static Guid RandomId()
    {
        Span<byte> bytes = stackalloc byte[16];
        RandomNumberGenerator.Fill(bytes);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new(bytes, bigEndian: true);
    }
}

/// <summary>A new subject as it is written: key row and blind index rows.</summary>
public sealed record SubjectRow(
    Guid Subject,
    string Purpose,
    byte[] Wrapped,
    byte[]? Label,
    int Generation,
    IReadOnlyList<(string Kind, byte[] Mac)> Blind
);
