using System.Text.Json;
using System.Text.Json.Nodes;
using Ledger;
using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Store;

namespace Api.Http;

/// <summary>A correction: only the members that were wrong, as they should have been.</summary>
public sealed record CorrectionBody(
    string Reason,
    JsonElement Facts,
    string? Evidence = null,
    string? OccurredAt = null
);

public sealed record VoidingBody(string Reason, string? Evidence = null, string? OccurredAt = null);

/// <summary>Answers to wrong facts; both need <c>If-Match</c>, so that nobody corrects what he has not read.</summary>
static class Corrections
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var events = api.MapGroup("/items/{id}/events/{eventId}").WithTags("Corrections");
        events
            .MapPost("/corrections", CorrectAsync)
            .Accepts<CorrectionBody>("application/json")
            .Produces<CommandAnswer>(201)
            .Produces<ProblemBody>(409, Problems.MediaType)
            .Produces<ProblemBody>(412, Problems.MediaType)
            .Produces<ProblemBody>(422, Problems.MediaType)
            .Produces<ProblemBody>(428, Problems.MediaType)
            .Says(
                "Correct an event",
                Examples.Correction,
                "target-unknown",
                "not-correctable",
                "correction-window-over",
                "dependent-events-exist"
            );
        events
            .MapDeed<VoidingBody>(
                "/voidings",
                i =>
                    new(
                        new VoidEvent(
                            i.PathId("eventId"),
                            i.Fields.Needed(i.Body.Reason, "reason", 500),
                            i.Fields.Text(i.Body.Evidence, "evidence")
                        )
                    )
                    {
                        OccurredAt = i.Body.OccurredAt,
                    },
                needsIfMatch: true
            )
            .Says(
                "Void an event that did not happen",
                Examples.Reason,
                "target-unknown",
                "already-voided",
                "correction-window-over",
                "dependent-events-exist"
            );
    }

    /// <summary>The corrected event is the recorded one with the given members in place of its own.</summary>
    static async Task CorrectAsync(
        HttpContext http,
        CommandDesk desk,
        EventReader reader,
        LedgerDatabase database,
        TimeProvider clock
    )
    {
        if (await CommandEndpoint.ReadAsync<CorrectionBody>(http, database) is not { } incoming)
            return;
        var (item, missing) = await ItemPath.FindAsync(http, desk);
        if (item is null)
        {
            await Problems.WriteAsync(http, missing!);
            return;
        }
        var target = incoming.PathId("eventId");
        var history = await reader.ItemAsync(item.Value, http.RequestAborted);
        var wrong = history.Events.FirstOrDefault(e => e.EventId == target);
        var to = wrong is null ? null : Corrected(wrong.Event, incoming);
        if (!incoming.Fields.Good)
        {
            await Problems.WriteAsync(http, incoming.Fields.Faults, 422);
            return;
        }
        var command = new CorrectEvent(
            target,
            incoming.Fields.Needed(incoming.Body.Reason, "reason", 500),
            to ?? new ItemRegistered("", []),
            incoming.Fields.Text(incoming.Body.Evidence, "evidence")
        );
        await CommandEndpoint.AnswerAsync(
            http,
            desk,
            clock,
            incoming,
            new(command) { OccurredAt = incoming.Body.OccurredAt },
            item.Value,
            needsIfMatch: true
        );
    }

    static LedgerEvent? Corrected(LedgerEvent wrong, Incoming<CorrectionBody> incoming)
    {
        if (incoming.Body.Facts.ValueKind is not JsonValueKind.Object)
        {
            incoming.Fields.Add(
                Refusal
                    .Of(
                        "value-malformed",
                        ("name", "facts"),
                        ("value", incoming.Body.Facts.ValueKind),
                        ("expected", "an object")
                    )
                    .At("facts")
            );
            return null;
        }
        var json = JsonSerializer.SerializeToNode(wrong, wrong.GetType(), WireJson.Options)!.AsObject();
        var members = wrong
            .GetType()
            .GetConstructors()[0]
            .GetParameters()
            .Select(p => JsonNamingPolicy.CamelCase.ConvertName(p.Name!))
            .ToHashSet(StringComparer.Ordinal);
        foreach (var fact in incoming.Body.Facts.EnumerateObject())
        {
            if (members.Contains(fact.Name))
                json[fact.Name] = JsonNode.Parse(fact.Value.GetRawText());
            else
                incoming.Fields.Add(
                    Refusal
                        .Of(
                            "value-malformed",
                            ("name", $"facts.{fact.Name}"),
                            ("value", fact.Name.Length > 60 ? fact.Name[..60] : fact.Name),
                            ("expected", string.Join(", ", members))
                        )
                        .At("facts")
                );
        }
        try
        {
            return (LedgerEvent)json.Deserialize(wrong.GetType(), WireJson.Options)!;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            incoming.Fields.Add(
                Refusal
                    .Of(
                        "value-malformed",
                        ("name", "facts"),
                        ("value", EventCatalog.Of(wrong).Name),
                        ("expected", "members of their types")
                    )
                    .At("facts")
            );
            return null;
        }
    }
}
