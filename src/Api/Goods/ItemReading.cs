using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Ledger.DataWipe;
using Ledger.Goods;
using Ledger.Goods.Categories;
using Ledger.Kernel;
using Ledger.Pipeline;
using Ledger.Rules;
using Ledger.Store.Postgres;
using Ledger.Store.Vault;

namespace Api;

/// <summary>An item and its history as readers get them: the same for command line, HTTP and page.</summary>
public sealed record ItemReading(ItemAnswer Item, IReadOnlyList<HistoryEvent> Events)
{
    /// <summary>Its odometer's readings by the event that tells them, as recorded and as known now.</summary>
    public IReadOnlyDictionary<Guid, ReadingThenNow> Readings { get; init; } = new Dictionary<Guid, ReadingThenNow>();

    /// <returns>Null where nothing of the item had occurred, or was known, by then.</returns>
    public static async Task<ItemReading?> OfAsync(
        EventReader reader,
        ClearTexts texts,
        Guid id,
        Moment? asOf,
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
        var view = ItemAnswer.Of(item, history.Version, clear);
        return new(
            standing is null ? view with { Life = "voided" } : view,
            [.. events.Select(e => HistoryEvent.Of(id, e, clear))]
        )
        {
            Readings = ItemVerdicts.OfReadings(item, events).ToDictionary(r => r.Now.Reading.Event),
        };
    }
}

/// <summary>What the ledger knows of an item.</summary>
public sealed record ItemAnswer(
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
    public static ItemAnswer Of(Item item, long version, ClearText clear) =>
        new(
            item.Id,
            [.. item.Identifiers.Select(i => clear.Of(item.Id, i.Kind, i.Handle)).OfType<string>()],
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
    /// <summary>The day as it was given, where only a day is known; <see cref="OccurredAt"/> is its 00:00 in whatever
    /// zone gave it.</summary>
    public DateOnly? OccurredOn { get; init; }

    /// <summary>Why it was recorded long after it happened.</summary>
    public string? LateReason { get; init; }

    /// <summary>Rules that warned of it, acknowledged by id before it was recorded.</summary>
    public IReadOnlyList<string>? Acknowledged { get; init; }

    /// <summary>The day alone where only the day is known.</summary>
    [JsonIgnore]
    public string When => OccurredOn is { } day ? Instants.Text(day) : Instants.Text(OccurredAt);

    /// <summary>Members that hold an instant although only a day was given, with that day.</summary>
    [JsonIgnore]
    internal IReadOnlyDictionary<string, string> Days { get; init; } = new Dictionary<string, string>();

    /// <summary>Facts as text, for people.</summary>
    [JsonIgnore]
    public IEnumerable<KeyValuePair<string, string>> Shown =>
        Facts
            .Where(f => f.Key != Ledger.Trading.Sale.TransferredOn || !Days.ContainsKey("transferredAt"))
            .Select(f => KeyValuePair.Create(f.Key, Days.GetValueOrDefault(f.Key) ?? Plain(f.Value)));

    static string Plain(JsonNode? value) =>
        value switch
        {
            JsonValue v when v.TryGetValue<string>(out var text) => text,
            JsonArray several => string.Join(", ", several.Select(Plain)),
            JsonObject one => string.Join(" ", one.Select(m => $"{m.Key}={Plain(m.Value)}")),
            _ => value?.ToJsonString(WireJson.Options) ?? "",
        };

    public static HistoryEvent Of(Guid item, StoredEvent e, ClearText clear)
    {
        var shown = e.Event.WithParties(clear.Party);
        var facts = JsonSerializer.SerializeToNode(shown, shown.GetType(), WireJson.Options)!.AsObject();
        // The sheet of further facts joins the typed members: a reader asks for a fact, not for where it is kept.
        if (facts.Remove("facts", out var more))
            foreach (var (name, value) in more!.AsObject().ToList())
                facts.TryAdd(name, value?.DeepClone());
        if (facts["identifiers"] is JsonArray several)
            facts["identifiers"] = new JsonArray([.. several.Select(i => Clear(item, i!, clear))]);
        if (facts["identifier"] is JsonObject one)
            facts["identifier"] = Clear(item, one, clear);
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
        )
        {
            OccurredOn = e.Envelope.When is { IsDay: true, Day: var day } ? day : null,
            LateReason = e.Envelope.LateReason,
            Acknowledged = e.Envelope.Acknowledged,
            Days = DaysOf(e),
        };
    }

    static Dictionary<string, string> DaysOf(StoredEvent e)
    {
        var days = new Dictionary<string, string>(StringComparer.Ordinal);
        if (e.Event is not Ledger.Trading.SaleRecorded sale)
            return days;
        if (e.Envelope.When is { IsDay: true } when && sale.AgreedAt == when.At)
            days["agreedAt"] = when.ToString();
        if (Ledger.Trading.Sale.TransferOf(sale, e.Envelope) is { IsDay: true } transfer)
            days["transferredAt"] = transfer.ToString();
        return days;
    }

    /// <summary>An identifier in clear where its text is kept, else its kind and handle.</summary>
    static JsonNode Clear(Guid item, JsonNode reference, ClearText clear)
    {
        var (kind, handle) = ((string)reference["kind"]!, (string)reference["handle"]!);
        return clear.Of(item, kind, handle) ?? $"{kind}:#{handle}";
    }
}
