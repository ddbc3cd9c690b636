using System.Collections.Immutable;
using System.Globalization;
using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Kernel.Identifiers;
using Ledger.Store;

namespace Api.Http;

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
);

/// <summary>A request that is about to become an order.</summary>
sealed record Incoming<T>(HttpContext Http, T Body, Fields Fields, Acting By, string Key, Handles Handles)
    where T : class
{
    /// <summary>The id of what this request makes; the same for its repeats.</summary>
    public Guid NewId(string what) => Handles.EntityId(what, Scope, Key);

    public string Scope => By.Actor;

    /// <summary>Deeds that parties signed, taken out of the body.</summary>
    public ImmutableArray<string> Act { get; init; } = [];

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
/// <param name="Made">Segment and id of what it makes, for Location; null: the event itself.</param>
sealed record Plan(ItemCommand Command, (string Segment, Guid Id)? Made = null)
{
    public ImmutableArray<Identifier> Identifiers { get; init; } = [];
    public string? OccurredAt { get; init; }
}
