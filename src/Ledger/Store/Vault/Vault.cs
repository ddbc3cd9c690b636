using System.Security.Cryptography;
using Ledger.Kernel;
using Ledger.Store.Lane;
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
                if (!rows.IsDBNull(2) && Open(rows) is var (key, label))
                    if (label is null)
                        book.Add(new(key, null, false));
                    else if (PartyLabel.Read(label) is { } word)
                        book.Add(new(key, word, false));
                    else
                        unclear[key.Subject] = (key, label);
        foreach (var (id, word) in await RecordedAsync(unclear.ToDictionary(u => u.Key, u => u.Value.Label), stop))
            book.Add(new(unclear[id].Key, word, false));
    }

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

    /// <summary>Words and other texts of subjects, for readers; a subject that was erased is absent.</summary>
    public async Task<Dictionary<Guid, PartyRef>> WordsAsync(IEnumerable<Guid> subjects, CancellationToken stop)
    {
        var book = new SubjectBook(handles, keys);
        await AddAsync(book, [], subjects, stop);
        return book.Words.ToDictionary(w => w.Key, w => w.Value);
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

    (SubjectKey Key, string? Label)? Open(NpgsqlDataReader row)
    {
        var id = row.GetGuid(1);
        if (keys.Unwrap(id, row.GetInt32(4), row.GetFieldValue<byte[]>(2)) is not { } key)
            return null;
        return (
            key,
            row.IsDBNull(3) ? null : key.Decrypt(row.GetFieldValue<byte[]>(3), id.ToByteArray(bigEndian: true))
        );
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

    /// <summary>The id of a word that is on record or new in this book.</summary>
    public Guid? IdOfKnown(PartyRef word) => byWord.TryGetValue(word, out var id) ? id : null;

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
            word is null ? null : subject.Key.Encrypt(PartyLabel.Of(word), id.ToByteArray(bigEndian: true)),
            keys.Newest,
            word is null
                ? []
                :
                [
                    (PersonalVault.Party, PartyLabel.Mark(word, handles)),
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
