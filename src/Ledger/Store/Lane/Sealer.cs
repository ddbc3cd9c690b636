using System.Collections.Immutable;
using System.Text.Json;
using Ledger.Kernel;
using Ledger.Pipeline;
using Ledger.Proof;
using Ledger.Store.Vault;

namespace Ledger.Store.Lane;

/// <summary>The newest leaf of each stream a caller writes to; sealing moves it on.</summary>
public sealed class StreamHeads
{
    readonly Dictionary<Guid, (long N, Hash Hash)> tips = [];

    /// <summary>N 0 and zeros where the stream has no leaf yet.</summary>
    public (long N, Hash Hash) this[Guid stream]
    {
        get => tips.GetValueOrDefault(stream);
        set => tips[stream] = value;
    }
}

/// <summary>Makes the leaves of a decided command and signs them: before the lane, by each caller for itself.</summary>
public sealed class Sealer(LedgerKeys keys)
{
    /// <param name="tips">Must stand where the command's expectations do.</param>
    /// <param name="subjects">Knows every party and item whose text the command discloses.</param>
    /// <param name="now">The time of signing.</param>
    public SealedCommand Seal(DecidedCommand command, StreamHeads tips, SubjectCache subjects, DateTimeOffset now)
    {
        var events = ImmutableArray.CreateBuilder<SealedEvent>(command.Appends.Length);
        var named = new HashSet<Guid>();
        // A command that rests on another version will be found stale: what follows must not be chained to it.
        var own = command.Appends.Select(a => a.Stream).ToHashSet();
        var fits = command.Expects.All(e => !own.Contains(e.Stream) || tips[e.Stream].N == e.Version);
        var chain = fits ? tips : new StreamHeads();
        for (var i = 0; i < command.Appends.Length; i++)
        {
            var append = command.Appends[i];
            var id = keys.Handles.EventId(command.Scope, command.Key, i);
            var (n, prev) = chain[append.Stream];
            var (drafts, about) = Drafts(command, append, subjects, named);
            var clear = EventLeaf.Of(append.Event, append.Envelope, append.Stream, keys.Handles);
            var disclosures = Disclosures.Make(id, [.. drafts]);
            var leaf = keys.LeafSigner.Sign(
                new()
                {
                    Iss = keys.Iss,
                    Iat = now.ToUnixTimeSeconds(),
                    Jti = id,
                    Evt = EventCatalog.Of(append.Event).WireName,
                    At = append.Envelope.OccurredAt,
                    Item = Hash.Read(keys.Handles.OfStream(append.Stream)),
                    N = n + 1,
                    Prev = prev,
                    Ids = clear.Ids,
                    Said = clear.Said,
                    Judged = clear.Judged,
                    Act = i == command.Signed ? command.Act : [],
                },
                disclosures
            );
            chain[append.Stream] = (n + 1, leaf.LeafHash);
            events.Add(
                new(
                    id,
                    append,
                    n + 1,
                    prev,
                    leaf.Jwt,
                    leaf.LeafHash,
                    JsonSerializer.Serialize(append.Event, append.Event.GetType(), WireJson.Options),
                    JsonSerializer.Serialize(new Header(append.Envelope), WireJson.Options),
                    Rows(id, disclosures, about)
                )
            );
        }
        return new(
            command,
            events.MoveToImmutable(),
            [.. named.Select(s => subjects.Of(s)).Where(s => s is { IsNew: true }).Select(s => subjects.Row(s!))],
            [.. named]
        );
    }

    /// <summary>What an event says of a person or a thing that only the vault may know (domain.md
    /// §2).</summary>
    (List<DisclosureDraft> Drafts, List<SubjectKey> About) Drafts(
        DecidedCommand command,
        Append append,
        SubjectCache subjects,
        HashSet<Guid> named
    )
    {
        var (drafts, about) = (new List<DisclosureDraft>(), new List<SubjectKey>());
        void Tell(string name, byte[] value, SubjectKey key)
        {
            drafts.Add(new(name, value, key.Salt));
            about.Add(key);
            named.Add(key.Subject);
        }
        foreach (var (member, party) in EventLeaf.Parties(append.Event))
        {
            if (party.Subject is not { } id)
                throw new InvalidOperationException($"{member} names a party that the vault has not been asked for.");
            named.Add(id);
            // Of an erased subject nothing is left to tell: the lane refuses the command.
            if (subjects.Of(id) is { Word: { } word } subject)
                Tell(member, Jcs.Of(word.ToString()), subject.Key);
        }
        if (
            Modules.Identifiers.TryGetValue(append.Event.GetType(), out var line)
            && line.Tell(append.Event, command.Texts, keys.Handles) is { } texts
        )
            Tell(line.Disclosure, texts, subjects.OfItem(append.Stream).Key);
        foreach (var secret in command.Secrets.Where(s => s.With == append.Event.GetType()))
            Tell(secret.Name, Jcs.Of(secret.Value), subjects.OfItem(append.Stream).Key);
        return (drafts, about);
    }

    static ImmutableArray<DisclosureRow> Rows(Guid eventId, Disclosures disclosures, List<SubjectKey> about)
    {
        var rows = ImmutableArray.CreateBuilder<DisclosureRow>(about.Count);
        for (var i = 0; i < about.Count; i++)
        {
            var digest = disclosures.Digests[i].ToArray();
            rows.Add(
                new(
                    digest,
                    about[i].Subject,
                    about[i].Encrypt(disclosures.Encoded[i], PersonalVault.Bound(eventId, digest))
                )
            );
        }
        return rows.MoveToImmutable();
    }
}
