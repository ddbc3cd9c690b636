using System.Security.Cryptography;
using Ledger.Kernel;
using Ledger.Kernel.Identifiers;

namespace Ledger.Store.Vault;

/// <summary>The subjects that one command, or one chunk of an import, names.</summary>
public sealed class SubjectCache(Handles handles, VaultKeys keys)
{
    readonly Dictionary<Guid, Subject> byId = [];
    readonly Dictionary<PartyRef, Guid> byWord = [];
    readonly Dictionary<string, SortedSet<Guid>> byCode = [];
    readonly HashSet<Guid> unreadable = [];
    readonly Dictionary<Guid, SubjectRow> rows = [];

    public bool Knows(Guid id) => byId.ContainsKey(id) || unreadable.Contains(id);

    public bool Knows(PartyRef word) => byWord.ContainsKey(word);

    /// <summary>Subjects on record whose key or word does not open with the keys at hand.</summary>
    public IReadOnlySet<Guid> Unreadable => unreadable;

    public IEnumerable<KeyValuePair<Guid, PartyRef>> Words =>
        byId.Where(s => s.Value.Word is not null).Select(s => KeyValuePair.Create(s.Key, s.Value.Word!));

    /// <summary>The id of a word that is on record or new in this book. An organisation's code is one party's, whoever
    /// writes it; where older builds recorded it as a market's word, that one stays the party: of several first the
    /// market's own.</summary>
    public Guid? IdOfKnown(PartyRef word) =>
        byWord.TryGetValue(word, out var id) ? id
        : Uscc.Read(word.Reference) is not { } code ? null
        : byWord.TryGetValue(PartyRef.Organisation(code), out id) ? id
        : byCode.TryGetValue(code, out var several) ? several.Min
        : null;

    /// <summary>Everybody on record, or new in this book, who is called so: a code may be several markets' of
    /// then.</summary>
    public IEnumerable<PartyRef> AllOf(PartyRef? word)
    {
        IEnumerable<Guid> known =
            word is null ? []
            : Uscc.Read(word.Reference) is { } code ? byCode.GetValueOrDefault(code) ?? []
            : byWord.TryGetValue(word, out var id) ? [id]
            : [];
        foreach (var each in known)
            if (byId.TryGetValue(each, out var subject))
                yield return PartyRef.Of(subject.Word!.Scope, each);
    }

    /// <summary>Null where it was erased.</summary>
    /// <exception cref="UnreadableTextException">It is on record and does not open.</exception>
    public Subject? Of(Guid id) =>
        byId.TryGetValue(id, out var subject) ? subject
        : unreadable.Contains(id) ? throw new UnreadableTextException(id)
        : null;

    internal void Add(Subject subject)
    {
        byId[subject.Key.Subject] = subject;
        if (subject.Word is { } word)
            Name(word, subject.Key.Subject);
    }

    void Name(PartyRef word, Guid id)
    {
        byWord[word] = id;
        if (Uscc.Read(word.Reference) is not { } code)
            return;
        if (!byCode.TryGetValue(code, out var several))
            byCode[code] = several = [];
        several.Add(id);
    }

    /// <summary>It is on record: nobody takes it for new, and nothing is told of it.</summary>
    internal void AddUnreadable(Guid id, PartyRef? word)
    {
        unreadable.Add(id);
        if (word is not null)
            Name(word, id);
    }

    /// <summary>A market's word as the vault's id; a word that is not known yet gets a new random one.</summary>
    public PartyRef IdOf(PartyRef party)
    {
        if (party.Subject is not null)
            return party;
        if (IdOfKnown(party) is { } known)
            return PartyRef.Of(byId.TryGetValue(known, out var subject) ? subject.Word!.Scope : party.Scope, known);
        var word = Uscc.Read(party.Reference) is { } code ? PartyRef.Organisation(code) : party;
        var id = RandomId();
        Add(new(SubjectKey.New(id), word, true));
        return PartyRef.Of(word.Scope, id);
    }

    /// <summary>The subject of an item, for facts without a person; made where it is missing.</summary>
    public Subject OfItem(Guid item)
    {
        if (Of(item) is { } known)
            return known;
        var subject = new Subject(SubjectKey.New(item), null, true);
        Add(subject);
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

/// <summary>A command would say something of a subject whose key does not open with the keys at hand: it is not
/// recorded, since what it discloses could not be told later.</summary>
public sealed class UnreadableTextException(Guid subject)
    : Exception(
        $"What the vault keeps of subject {subject} does not open with the keys at hand (keys/kek-*): restore them from their second copy. ./ops/ledger audit names all such rows."
    );

/// <summary>A new subject as it is written: key row and blind index rows.</summary>
public sealed record SubjectRow(
    Guid Subject,
    string Purpose,
    byte[] Wrapped,
    byte[]? Label,
    int Generation,
    IReadOnlyList<(string Kind, byte[] Mac)> Blind
);
