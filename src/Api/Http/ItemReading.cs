using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Ledger.DataWipe;
using Ledger.Goods;
using Ledger.Goods.Categories;
using Ledger.Kernel;
using Ledger.Rules;
using Ledger.Store;
using Ledger.Store.Vault;

namespace Api.Http;

/// <summary>An item and its history as readers get them: the same for command line, HTTP and page.</summary>
public sealed record ItemReading(ItemView Item, IReadOnlyList<HistoryEvent> Events)
{
    /// <returns>Null where nothing of the item had occurred, or was known, by then.</returns>
    public static async Task<ItemReading?> OfAsync(
        EventReader reader,
        ClearTexts texts,
        Guid id,
        DateTimeOffset? asOf,
        DateTimeOffset? knownAt,
        CancellationToken stop
    )
    {
        var history = await reader.ItemAsync(id, stop);
        var events = history.Read(asOf, knownAt);
        // A registration that was voided leaves no item, but its history stays to be read.
        var standing = ItemFold.Fold(events);
        if ((standing ?? ItemFold.Fold(events.Where(e => e.Event is not ICorrection))) is not { } item)
            return null;
        var clear = await texts.OfAsync([id], events.Select(e => e.Event), stop);
        var view = ItemView.Of(item, history.Version, clear);
        return new(
            standing is null ? view with { Life = "voided" } : view,
            [.. events.Select(e => HistoryEvent.Of(e, clear))]
        );
    }
}

/// <summary>What the ledger knows of an item.</summary>
public sealed record ItemView(
    Guid Id,
    string[] Identifiers,
    string Category,
    string? Make,
    string? Model,
    string Life,
    string? Owner,
    DateOnly? OwnedSince,
    bool Encumbered,
    bool Held,
    int Liens,
    int Holds,
    long? OdometerKm,
    int? Grade,
    string[] Brands,
    string DataState,
    MediumView[]? Media,
    IntakeView? Intake,
    ListingView? Listing,
    DealView? Deal,
    long Version
)
{
    public static ItemView Of(Item item, long version, ClearText clear) =>
        new(
            item.Id,
            [
                .. item
                    .Identifiers.Where(i => clear.Identifiers.ContainsKey(i.Handle))
                    .Select(i => clear.Identifiers[i.Handle]),
            ],
            item.Category,
            item.Make,
            item.Model,
            WireWords.Of(item.Life),
            clear.Of(item.Owner.Party),
            item.Owner.Since,
            item.Encumbrances.IsEncumbered,
            item.Encumbrances.IsHeld,
            item.Encumbrances.Liens.Length,
            item.Encumbrances.Holds.Length,
            item.Condition.OdometerKm,
            item.Condition.Grade,
            [.. item.Condition.Brands.Select(b => WireWords.Of(b))],
            WireWords.Of(item.Data.State),
            item.Data.Media is { } media ? [.. media.Select(m => MediumView.Of(m, item.Data))] : null,
            item.Custody.Open is { } intake
                ? new(
                    intake.Id,
                    intake.Reason is { } reason ? WireWords.Of(reason) : null,
                    intake.Site,
                    intake.Place,
                    clear.Of(intake.Keeper)
                )
                : null,
            item.Trade.OpenListing is { } l ? new(l.Id, l.Market, l.AskFen, l.Currency) : null,
            item.Trade.LiveDeal is { } d
                ? new(d.Id, WireWords.Of(d.State), clear.Of(d.Seller), clear.Of(d.Buyer), d.PriceFen, d.Currency)
                : null,
            version
        );

    /// <summary>For a terminal: name and value, what is unknown left out.</summary>
    public IEnumerable<(string Name, string Value)> Lines(bool chinese)
    {
        var json = JsonSerializer.SerializeToNode(this, WireJson.Options)!.AsObject();
        if (GoodsCategory.Find(Category) is { } category)
            json["category"] = $"{Category} ({(chinese ? category.Zh : category.En)})";
        foreach (var (name, value) in json)
            if (value is not (null or JsonArray { Count: 0 }))
                yield return (
                    name,
                    value is JsonValue v && v.TryGetValue<string>(out var s) ? s : value.ToJsonString(WireJson.Options)
                );
    }
}

/// <summary>One medium: where its data stands, and the attestation it rests on.</summary>
public sealed record MediumView(
    int Ix,
    string Type,
    long? CapacityBytes,
    string State,
    string? Level,
    Guid? Attestation
)
{
    internal static MediumView Of(Medium medium, DataFacet data)
    {
        var last = data.Attestations.LastOrDefault(a => a.MediumIx == medium.Ix);
        return new(
            medium.Ix,
            WireWords.Of(medium.Type),
            medium.CapacityBytes,
            WireWords.Of(medium.State),
            last?.Level is { } level ? WireWords.Of(level) : null,
            last?.Id
        );
    }
}

/// <summary>The intake that is open: where the item is kept, and why.</summary>
public sealed record IntakeView(Guid? Id, string? Reason, string? Site, string? Place, string? Keeper);

public sealed record ListingView(Guid? Id, string? Market, long? AskFen, string? Currency);

public sealed record DealView(Guid? Id, string State, string? Seller, string? Buyer, long? PriceFen, string? Currency);

/// <summary>One line of a history (contract.md §2).</summary>
/// <param name="Type">Wire name with version.</param>
/// <param name="LeafIndex">Place in the proof log, from 0.</param>
/// <param name="Facts">The event's members and what else its source said.</param>
public sealed record HistoryEvent(
    string Type,
    DateTimeOffset OccurredAt,
    DateTimeOffset RecordedAt,
    long? LeafIndex,
    Guid EventId,
    string? Source,
    string? Precision,
    string Actor,
    string Role,
    string? Site,
    long Version,
    JsonObject Facts,
    IReadOnlyList<Verdict> Verdicts
)
{
    /// <summary>The day alone where only the day is known, in the zone of our law.</summary>
    [JsonIgnore]
    public string When => Precision == "day" ? Instants.Text(ShanghaiDay.Of(OccurredAt)) : Instants.Text(OccurredAt);

    /// <summary>Facts as text, for people.</summary>
    [JsonIgnore]
    public IEnumerable<KeyValuePair<string, string>> Shown =>
        Facts.Select(f => KeyValuePair.Create(f.Key, Plain(f.Value)));

    static string Plain(JsonNode? value) =>
        value switch
        {
            JsonValue v when v.TryGetValue<string>(out var text) => text,
            JsonArray several => string.Join(", ", several.Select(Plain)),
            JsonObject one => string.Join(" ", one.Select(m => $"{m.Key}={Plain(m.Value)}")),
            _ => value?.ToJsonString(WireJson.Options) ?? "",
        };

    public static HistoryEvent Of(Recorded e, ClearText clear)
    {
        var shown = e.Event.WithParties(clear.Party);
        var facts = JsonSerializer.SerializeToNode(shown, shown.GetType(), WireJson.Options)!.AsObject();
        // The sheet of further facts joins the typed members: a reader asks for a fact, not for where it is kept.
        if (facts.Remove("facts", out var more))
            foreach (var (name, value) in more!.AsObject().ToList())
                facts.TryAdd(name, value?.DeepClone());
        if (facts["identifiers"] is JsonArray several)
            facts["identifiers"] = new JsonArray([.. several.Select(i => Clear(i!, clear.Identifiers))]);
        if (facts["identifier"] is JsonObject one)
            facts["identifier"] = Clear(one, clear.Identifiers);
        return new(
            e.Type,
            e.Envelope.OccurredAt,
            e.RecordedAt,
            e.LeafIndex,
            e.EventId,
            e.Envelope.Source,
            e.Envelope.Precision is { } p ? WireWords.Of(p) : null,
            e.Envelope.Actor,
            e.Envelope.Role,
            e.Envelope.Site,
            e.Version,
            facts,
            e.Envelope.Verdicts
        );
    }

    /// <summary>An identifier in clear where its text is kept, else its kind and handle.</summary>
    static JsonNode Clear(JsonNode reference, IReadOnlyDictionary<string, string> clear) =>
        clear.TryGetValue((string)reference["handle"]!, out var text)
            ? text
            : $"{(string?)reference["kind"]}:#{(string?)reference["handle"]}";
}
