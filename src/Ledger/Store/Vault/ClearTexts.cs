using System.Collections.Frozen;
using System.Text.Json.Nodes;
using Ledger.Kernel;
using Ledger.Kernel.Identifiers;
using Ledger.Pipeline;
using Ledger.Store.Postgres;

namespace Ledger.Store.Vault;

/// <summary>What readers may see in clear: opened at read time, kept nowhere (proof.md §9).</summary>
/// <param name="Identifiers">Handle (base64url) → <c>kind:value</c>.</param>
/// <param name="Words">Subject → its market's word with scope; an erased one is absent.</param>
public sealed record ClearText(
    IReadOnlyDictionary<string, string> Identifiers,
    IReadOnlyDictionary<Guid, PartyRef> Words
)
{
    /// <summary>Parties and items of which a text is kept that does not open with the keys at hand.</summary>
    public IReadOnlySet<Guid> Unreadable { get; init; } = FrozenSet<Guid>.Empty;

    /// <summary>A party as its market calls it, or that its word was erased, or does not open.</summary>
    public string? Of(PartyRef? party) => party is null ? null : Party(party).ToString();

    /// <inheritdoc cref="Of(PartyRef?)"/>
    public PartyRef Party(PartyRef party) =>
        party.Subject is not { } subject
            ? party
            : Words.GetValueOrDefault(subject) ?? new(party.Scope, Unreadable.Contains(subject) ? Closed : Erased);

    /// <summary>An identifier in clear; null where no text of it is kept.</summary>
    /// <param name="item">The item it is bound to.</param>
    public string? Of(Guid item, string kind, string handle) =>
        Identifiers.TryGetValue(handle, out var text) ? text
        : Unreadable.Contains(item) ? $"{kind}:{Closed}"
        : null;

    /// <summary>What stands in the place of a text that was erased.</summary>
    public const string Erased = "(erased)";

    /// <summary>What stands in the place of a text that is kept, and does not open with the keys at hand.</summary>
    public const string Closed = "(unreadable)";

    /// <summary>Whether a text is the thing itself, and not what stands in its place.</summary>
    public static bool IsOpen(string text) => !text.EndsWith(Closed, StringComparison.Ordinal);
}

/// <summary>Opens texts of the vault for readers.</summary>
public sealed class ClearTexts(LedgerDatabase database)
{
    readonly PersonalVault vault = new(database);

    public PersonalVault Vault => vault;

    /// <summary>Identifiers of items and words of the parties their events name.</summary>
    public async Task<ClearText> OfAsync(
        IReadOnlyCollection<Guid> items,
        IEnumerable<LedgerEvent> events,
        CancellationToken stop
    )
    {
        var parties = events.SelectMany(EventLeaf.Parties).Select(p => p.Party);
        var (words, (bound, closed)) = (await OfPartiesAsync(parties, stop), await BoundAsync(items, stop));
        return words with
        {
            Identifiers = bound.ToDictionary(b => database.Handles.Text(b.Identifier), b => b.Identifier.ToString()),
            Unreadable = words.Unreadable.Union(closed).ToFrozenSet(),
        };
    }

    /// <summary>Words of parties alone.</summary>
    public Task<ClearText> OfPartiesAsync(IEnumerable<PartyRef?> parties, CancellationToken stop) =>
        vault.WordsAsync(parties.Select(p => p?.Subject).OfType<Guid>().Distinct().ToList(), stop);

    /// <summary>Item → its identifiers, each once, in the order they were bound. Where none opens one stands for
    /// them: <see cref="ClearText.Closed"/>.</summary>
    public async Task<IReadOnlyDictionary<Guid, string[]>> OfItemsAsync(
        IReadOnlyCollection<Guid> items,
        CancellationToken stop
    )
    {
        var (bound, closed) = await BoundAsync(items, stop);
        var found = bound
            .GroupBy(b => b.Item)
            .ToDictionary(g => g.Key, g => g.Select(b => b.Identifier.ToString()).ToArray());
        foreach (var item in closed)
            found.TryAdd(item, [ClearText.Closed]);
        return found;
    }

    async Task<(List<(Guid Item, Identifier Identifier)> Bound, HashSet<Guid> Closed)> BoundAsync(
        IReadOnlyCollection<Guid> items,
        CancellationToken stop
    )
    {
        var (found, closed) = (new List<(Guid, Identifier)>(), new HashSet<Guid>());
        if (items.Count == 0)
            return (found, closed);
        foreach (var told in await vault.DisclosuresAsync("subject_id", items, stop))
            if (told.Encoded is not { } encoded)
                closed.Add(told.Subject);
            else
                found.AddRange(
                    Identifiers(encoded).Select(i => (told.Subject, i)).Where(pair => !found.Contains(pair))
                );
        return (found, closed);
    }

    /// <summary>A disclosure is <c>[salt, name, value]</c>.</summary>
    static IEnumerable<Identifier> Identifiers(string encoded)
    {
        var parts = JsonNode.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(encoded))!.AsArray();
        return (string?)parts[1] switch
        {
            "identifiers" => parts[2]!.AsArray().Select(v => Read(v!)),
            "identifier" => [Read(parts[2]!)],
            _ => [],
        };
    }

    static Identifier Read(JsonNode value) => new((string)value["kind"]!, (string)value["value"]!);
}
