using System.Collections.Immutable;
using System.Globalization;
using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Pipeline;
using Ledger.Store;

namespace Api.Hosting;

/// <summary>The answer to a command (contract.md §3).</summary>
/// <param name="EventIds">Of the events it recorded; none where there was nothing left to do.</param>
/// <param name="Version">The stream's version after them.</param>
/// <param name="Id">Of what it made: item, listing, trade, encumbrance, hold.</param>
/// <param name="Receipt">Proves offline that the events are in the log; the same for a repeat.</param>
public sealed record CommandAnswer(
    ImmutableArray<Guid> EventIds,
    long Version,
    string? Id = null,
    Receipt? Receipt = null
)
{
    /// <summary>Rules that warned of it; absent: none did.</summary>
    public IReadOnlyList<Warning>? Warnings { get; init; }
}

/// <summary>A request that is about to become a command.</summary>
sealed record Incoming<T>(HttpContext Http, T Body, Fields Fields, Acting By, string Key, Handles Handles)
    where T : class
{
    /// <summary>The id of what this request makes; the same for its repeats.</summary>
    public Guid NewId(string what) => Handles.EntityId(what, Scope, Key);

    public string Scope => By.Actor;

    /// <summary>What the body said beside its own members.</summary>
    public required BodyEnvelope Envelope { get; init; }

    /// <summary>The body as it was sent.</summary>
    public required byte[] Sent { get; init; }

    /// <summary>A small number in a path below the item, e.g. of a medium.</summary>
    public int PathNumber(string name)
    {
        var text = Http.Request.RouteValues[name]?.ToString();
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return number;
        Fields.Add(
            Refusal.Of("value-malformed", ("name", name), ("value", text), ("expected", "a number from 0")).At(name)
        );
        return default;
    }

    /// <summary>A code in a path, e.g. of an exporter.</summary>
    public string PathText(string name) => Http.Request.RouteValues[name]?.ToString() ?? "";

    /// <summary>The id in a path below the item, e.g. of a listing.</summary>
    public Guid PathId(string name) => Fields.Id(Http.Request.RouteValues[name]?.ToString() ?? "", name);
}

/// <summary>What a request asks for, once its values are judged.</summary>
/// <param name="Made">Of a command on an item: segment and id of what it makes, for Location; no segment: the item
/// itself; null: the event.</param>
sealed record Plan(LedgerCommand Command, (string Segment, Guid Id)? Made = null)
{
    /// <summary>A command on what is no item.</summary>
    /// <param name="location">Where what it is about is found.</param>
    /// <param name="id">Of what it is about.</param>
    public static Plan At(string location, string id, LedgerCommand command) =>
        new(command) { location = location, id = id };

    string? location,
        id;

    public string? OccurredAt { get; init; }

    /// <summary>What the ledger itself must read before the command is whole; not asked for a repeat.</summary>
    public Func<
        LedgerCommand,
        CancellationToken,
        Task<(LedgerCommand? Command, Refusal? Refusal)>
    >? Complete { get; init; }

    /// <summary>The same on the item that the path names.</summary>
    public Plan On(Guid item) => this with { Command = (ItemCommand)Command with { Item = item } };

    public string Location(Answer.Accepted recorded)
    {
        if (location is not null)
            return location;
        var under = $"/api/v1/items/{recorded.Stream}";
        return Made switch
        {
            { Segment.Length: > 0 } made => $"{under}/{made.Segment}/{made.Id}",
            null when !recorded.EventIds.IsEmpty => $"{under}/events/{recorded.EventIds[0]}",
            _ => under,
        };
    }

    public string? Id(Answer.Accepted recorded) =>
        id ?? (Made is { } made ? $"{(made.Segment.Length == 0 ? recorded.Stream : made.Id)}" : null);
}
