using System.Collections.Frozen;
using System.Text.Json.Nodes;
using Ledger.Kernel;
using Ledger.Kernel.Identifiers;
using Ledger.Proof;

namespace Ledger.Store.Vault;

/// <summary>What readers may see in clear: opened at read time, kept nowhere (proof.md §9).</summary>
/// <param name="Identifiers">Handle (base64url) → <c>kind:value</c>.</param>
/// <param name="Words">Subject → its market's word with scope; an erased one is absent.</param>
public sealed record ClearText(
    IReadOnlyDictionary<string, string> Identifiers,
    IReadOnlyDictionary<Guid, PartyRef> Words
)
{
    /// <summary>A party as its market calls it, or that it was erased.</summary>
    public string? Of(PartyRef? party) => party is null ? null : Party(party).ToString();

    /// <inheritdoc cref="Of"/>
    public PartyRef Party(PartyRef party) =>
        party.Subject is not { } subject ? party : Words.GetValueOrDefault(subject) ?? new(party.Scope, Erased);

    /// <summary>What stands in the place of a word that was erased.</summary>
    public const string Erased = "(erased)";
}

/// <summary>Opens texts of the vault for readers.</summary>
public sealed class ClearTexts(LedgerDatabase database)
{
    readonly PersonalVault vault = new(database.Source, database.Handles, database.Keys.Vault);

    public PersonalVault Vault => vault;

    /// <summary>Identifiers of items and words of the parties their events name.</summary>
    public async Task<ClearText> OfAsync(
        IReadOnlyCollection<Guid> items,
        IEnumerable<LedgerEvent> events,
        CancellationToken stop
    )
    {
        var parties = events.SelectMany(EventLeaf.Parties).Select(p => p.Party);
        return await OfPartiesAsync(parties, stop) with { Identifiers = await IdentifiersAsync(items, stop) };
    }

    /// <summary>Words of parties alone.</summary>
    public async Task<ClearText> OfPartiesAsync(IEnumerable<PartyRef?> parties, CancellationToken stop)
    {
        var subjects = parties.Select(p => p?.Subject).OfType<Guid>().Distinct();
        return new(FrozenDictionary<string, string>.Empty, await vault.WordsAsync(subjects.ToList(), stop));
    }

    /// <summary>Handle (base64url) → <c>kind:value</c>, of all identifiers these items were ever bound to.</summary>
    public async Task<IReadOnlyDictionary<string, string>> IdentifiersAsync(
        IReadOnlyCollection<Guid> items,
        CancellationToken stop
    ) =>
        (await BoundAsync(items, stop)).ToDictionary(
            b => database.Handles.Text(b.Identifier),
            b => b.Identifier.ToString()
        );

    /// <summary>Item → its identifiers, each once, in the order they were bound.</summary>
    public async Task<IReadOnlyDictionary<Guid, string[]>> OfItemsAsync(
        IReadOnlyCollection<Guid> items,
        CancellationToken stop
    ) =>
        (await BoundAsync(items, stop))
            .GroupBy(b => b.Item)
            .ToDictionary(g => g.Key, g => g.Select(b => b.Identifier.ToString()).ToArray());

    async Task<List<(Guid Item, Identifier Identifier)>> BoundAsync(
        IReadOnlyCollection<Guid> items,
        CancellationToken stop
    )
    {
        if (items.Count == 0)
            return [];
        var found = new List<(Guid, Identifier)>();
        foreach (var told in await vault.DisclosuresAsync("subject_id", items, stop))
        foreach (var identifier in Identifiers(told))
            if (!found.Contains((told.Subject, identifier)))
                found.Add((told.Subject, identifier));
        return found;
    }

    /// <summary>A disclosure is <c>[salt, name, value]</c>.</summary>
    static IEnumerable<Identifier> Identifiers(StoredDisclosure told)
    {
        var parts = JsonNode.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(told.Encoded))!.AsArray();
        return (string?)parts[1] switch
        {
            "identifiers" => parts[2]!.AsArray().Select(v => Read(v!)),
            "identifier" => [Read(parts[2]!)],
            _ => [],
        };
    }

    static Identifier Read(JsonNode value) => new((string)value["kind"]!, (string)value["value"]!);
}
