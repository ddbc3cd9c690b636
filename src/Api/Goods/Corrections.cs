using System.Text.Json;
using Api.Hosting;
using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Pipeline;
using Ledger.Store;

namespace Api;

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
        api.MapItemCommand<IdentifierCorrectionBody>("/items/{id}/identifiers/corrections", CorrectIdentifier)
            .WithTags("Corrections")
            .Describe<CorrectIdentifier>(
                "Say that an identifier was bound by mistake",
                Examples.IdentifierCorrection,
                "identifier-not-held",
                "last-identifier",
                "evidence-missing"
            );
        var events = api.MapGroup("/items/{id}/events/{eventId}").WithTags("Corrections");
        events
            .MapItemCommand<CorrectionBody>("/corrections", CorrectAsync, needsIfMatch: true)
            .Produces<ProblemBody>(428, Problems.MediaType)
            .Describe<CorrectEvent>(
                "Correct an event",
                Examples.Correction,
                "event-not-found",
                "not-correctable",
                "correction-window-over",
                "dependent-events-exist"
            );
        events
            .MapItemCommand<VoidingBody>(
                "/voidings",
                i =>
                    new(
                        new VoidEvent(
                            i.PathId("eventId"),
                            i.Fields.Needed(i.Body.Reason, "reason", 500),
                            i.Fields.Hash(i.Body.Evidence, "evidence")
                        )
                    )
                    {
                        OccurredAt = i.Body.OccurredAt,
                    },
                needsIfMatch: true
            )
            .Describe<VoidEvent>(
                "Void an event that did not happen",
                Examples.Reason,
                "event-not-found",
                "already-voided",
                "correction-window-over",
                "dependent-events-exist"
            );
    }

    static Plan CorrectIdentifier(Incoming<IdentifierCorrectionBody> i)
    {
        var (b, f) = (i.Body, i.Fields);
        var wrong = f.Identifiers([b.Identifier], "identifier", i.Handles);
        return new(
            new CorrectIdentifier(
                wrong.IsEmpty ? new(new("", ""), "") : wrong[0],
                f.Needed(b.Reason, "reason", 500),
                f.Hash(b.Evidence, "evidence")
            )
        )
        {
            OccurredAt = b.OccurredAt,
        };
    }

    /// <summary>What its members are, the event that is answered says.</summary>
    static async Task<Plan> CorrectAsync(Incoming<CorrectionBody> i, Guid item, LedgerNode node)
    {
        var target = i.PathId("eventId");
        var history = await node.Reader.ItemAsync(item, i.Http.RequestAborted);
        var wrong = history.Events.FirstOrDefault(e => e.EventId == target)?.Event;
        return new(
            new CorrectEvent(
                target,
                i.Fields.Needed(i.Body.Reason, "reason", 500),
                wrong is null ? CorrectedFacts.None : Facts(wrong, i),
                i.Fields.Hash(i.Body.Evidence, "evidence")
            )
        )
        {
            OccurredAt = i.Body.OccurredAt,
        };
    }

    static CorrectedFacts Facts(LedgerEvent wrong, Incoming<CorrectionBody> incoming)
    {
        var facts = CorrectedFacts.None;
        if (incoming.Body.Facts.ValueKind is not JsonValueKind.Object)
        {
            var sent = incoming.Body.Facts;
            incoming.Fields.Malformed(IsText(sent) ? sent.GetRawText() : "–", "facts", "{…}");
            return facts;
        }
        if (!incoming.Body.Facts.EnumerateObject().Any())
            incoming.Fields.Add(Refusal.Of("value-missing", ("name", "facts")).At("facts"));
        foreach (var fact in incoming.Body.Facts.EnumerateObject())
        {
            // What may be said of which event, its decider knows.
            var type = EventMember.TypeOf(wrong.GetType(), fact.Name) ?? typeof(string);
            if (PlainText.Check(fact.Name, 64) is { } odd)
                incoming.Fields.Add(odd.At("facts"));
            else if (!IsText(fact.Value))
                incoming.Fields.Add(
                    Refusal.Of("text-malformed", ("place", "–"), ("codePoint", "surrogate")).At(fact.Name)
                );
            else if (type == typeof(PartyRef) && fact.Value.ValueKind is JsonValueKind.String)
            {
                if (incoming.Fields.Party(fact.Value.GetString(), fact.Name) is { } party)
                    facts = facts with { Parties = facts.Parties.SetItem(fact.Name, party) };
            }
            else
            {
                Judge(incoming.Fields, fact.Name, type, fact.Value);
                facts = facts with { Members = facts.Members.SetItem(fact.Name, fact.Value) };
            }
        }
        return facts;
    }

    /// <summary>Half a surrogate pair can be written in JSON, but it is no text.</summary>
    static bool IsText(JsonElement value)
    {
        try
        {
            return value.ValueKind switch
            {
                JsonValueKind.String => value.GetString() is not null,
                JsonValueKind.Array => value.EnumerateArray().All(IsText),
                JsonValueKind.Object => value.EnumerateObject().All(m => m.Name.Length >= 0 && IsText(m.Value)),
                _ => true,
            };
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>A corrected value is judged like a first one, by what its member holds.</summary>
    static void Judge(Fields fields, string name, Type type, JsonElement value)
    {
        if (value.ValueKind is JsonValueKind.String && type == typeof(string))
        {
            var text = fields.Text(value.GetString(), name, 500);
            if (name == "currency")
                fields.Currency(text);
            else if (name == "market" && text is not null)
                fields.Market(text, name);
            else if (name is "fromRegion" or "toRegion")
                fields.Division(text, name);
        }
        else
            JudgeWithin(fields, name, value);
    }

    /// <summary>What lies in lists and objects, at any depth.</summary>
    static void JudgeWithin(Fields fields, string name, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                // Empty is a text here as elsewhere in lists; a person's number is none.
                var text = value.GetString()!;
                if (text.Length > 0 && PlainText.Check(text, 500) is { } bad)
                    fields.Add(bad.At(name));
                else if (PartyRef.IsPersonalNumber(text))
                    fields.Add(Refusal.Of("personal-data-in-public-field", ("name", name)).At(name));
                break;
            case JsonValueKind.Number:
                var (least, most) = Bounds.OfMember(name) ?? (0, Bounds.MostFen);
                if (value.TryGetInt64(out var number))
                    fields.Number(number, name, least, most);
                break;
            case JsonValueKind.Array:
                foreach (var element in value.EnumerateArray())
                    JudgeWithin(fields, name, element);
                break;
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject())
                    JudgeWithin(fields, member.Name, member.Value);
                break;
        }
    }
}
