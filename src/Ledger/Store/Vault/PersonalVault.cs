using System.Collections.Frozen;
using Ledger.Kernel;
using Ledger.Kernel.Identifiers;
using Ledger.Store.Postgres;

namespace Ledger.Store.Vault;

/// <summary>A subject as the vault knows it: its key, and of a party the word its market uses.</summary>
/// <param name="IsNew">Not on record yet: the command that first names it writes it.</param>
public sealed record Subject(SubjectKey Key, PartyRef? Word, bool IsNew);

/// <summary>
/// Personal and confidential text, encrypted under a key per subject, and the only way back from an id in an event to a
/// market's word (proof.md §9). Reads only: what is written goes through the lane with the events it belongs to.
/// </summary>
public sealed class PersonalVault(LedgerDatabase database)
{
    readonly VaultTables tables = new(database);
    readonly Handles handles = database.Handles;
    readonly VaultKeys keys = database.Keys.Vault;

    /// <summary>Kinds of blind index rows: a party in its scope, and its word alone.</summary>
    public const string Party = "party",
        PartyAlone = "party-alone";

    /// <summary>Opens what a command needs: the subjects of these words, and of these ids. A word nobody knows gets a
    /// new id.</summary>
    public async Task<SubjectCache> OpenAsync(IReadOnlyCollection<PartyRef> words, CancellationToken stop)
    {
        var book = new SubjectCache(handles, keys);
        await AddAsync(book, words, [], stop);
        return book;
    }

    /// <summary>Adds words and ids to a book; those it has are not asked again.</summary>
    public async Task AddAsync(
        SubjectCache book,
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
        var unclear = new Dictionary<Guid, (SubjectKey Key, string Label)>();
        var marks = unknown.SelectMany(w => PartyLabel.Marks(w, handles));
        var codes = unknown.Select(w => Uscc.Read(w.Reference)).OfType<string>().Distinct();
        var alone = codes.Select(code => handles.OfBlind(PartyAlone, code));
        foreach (var row in await tables.SubjectsAsync((Party, marks), (PartyAlone, alone), missing, stop))
            if (row.Wrapped is null)
                continue;
            else if (Open(row) is not var (key, label))
                book.AddUnreadable(row.Subject, row.Mac is { } mac ? unknown.Find(w => IsMarkOf(w, mac)) : null);
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
        PartyLabel
            .Marks(word, handles)
            .Append(handles.OfBlind(PartyAlone, word.Reference))
            .Any(mark => mark.AsSpan().SequenceEqual(mac));

    /// <summary>The parties that labels of then, which may be read in several ways, were recorded for.</summary>
    internal async Task<Dictionary<Guid, PartyRef>> RecordedAsync(
        IReadOnlyDictionary<Guid, string> labels,
        CancellationToken stop
    )
    {
        if (labels.Count == 0)
            return [];
        var alone = await tables.MacsAsync(PartyAlone, labels.Keys, stop);
        return labels.ToDictionary(
            l => l.Key,
            l => PartyLabel.Recorded(l.Value, alone.GetValueOrDefault(l.Key) ?? [], handles)
        );
    }

    /// <summary>Words of subjects, for readers; of a subject that was erased there is none.</summary>
    public async Task<ClearText> WordsAsync(IEnumerable<Guid> subjects, CancellationToken stop)
    {
        var book = new SubjectCache(handles, keys);
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
        (string, byte[]) Blind(string kind) => (kind, handles.OfBlind(kind, text));
        var found = (await tables.FindAsync(Blind(PartyAlone), Blind(Party), stop)).ToHashSet();
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
        var found = new List<StoredDisclosure>();
        foreach (var row in await tables.DisclosuresAsync(where, ids, stop))
        {
            var text = keys.TryUnwrap(row.Subject, row.Generation, row.Wrapped)
                ?.TryDecrypt(row.Ciphertext, Bound(row.EventId, row.Digest));
            found.Add(new(row.Digest, row.EventId, row.Subject, text));
        }
        return found;
    }

    /// <summary>What a disclosure's ciphertext is bound to: event id ‖ digest.</summary>
    public static byte[] Bound(Guid eventId, ReadOnlySpan<byte> digest) =>
        [.. eventId.ToByteArray(bigEndian: true), .. digest];

    /// <summary>Null where its key or its label does not open.</summary>
    (SubjectKey Key, string? Label)? Open(SubjectKeyRow row)
    {
        if (keys.TryUnwrap(row.Subject, row.Generation, row.Wrapped) is not { } key)
            return null;
        if (row.Label is not { } sealedLabel)
            return (key, null);
        return key.TryDecrypt(sealedLabel, row.Subject.ToByteArray(bigEndian: true)) is { } label ? (key, label) : null;
    }
}

/// <summary>A disclosure as it is kept.</summary>
/// <param name="Encoded">The string whose SHA-256 is the digest in the leaf; null where it does not open with the keys
/// at hand.</param>
public sealed record StoredDisclosure(byte[] Digest, Guid EventId, Guid Subject, string? Encoded);
