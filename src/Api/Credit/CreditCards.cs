using Api.Hosting;
using Api.Lists;
using Ledger.Credit;
using Ledger.Kernel;
using Ledger.Parties;
using Ledger.Pipeline;
using Ledger.Store;
using Projections.Credit;

namespace Api;

/// <summary>The counterparty card: facts that expire, read for a purpose; and who read them.</summary>
static class CreditCards
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var party = api.MapGroup("/parties/{ref}").WithTags("Credit");
        party
            .MapPost("/credit-readings", ReadAsync)
            .Asks<CreditReadingBody>()
            .Describe<ReadCreditFile>(
                "Read what is shared of a party; the reading is recorded before anything is shown",
                Examples.CreditReading,
                "purpose-missing",
                "purpose-not-in-list",
                "consent-missing"
            )
            .Produces<ListAnswer<CreditSignalView>>();
        party
            .MapGet("/credit-readers", ReadersAsync)
            .Describe("Who read a party's signals, and why", null)
            .Produces<ListAnswer<CreditReaderView>>()
            .Produces<ProblemBody>(409, Problems.MediaType)
            .Produces<ProblemBody>(422, Problems.MediaType);
    }

    static async Task ReadAsync(HttpContext http, LedgerNode node)
    {
        if (await CommandReading.ReadAsync<CreditReadingBody>(http, node.Database) is not { } incoming)
            return;
        var party = PartyPath.Of(http, incoming.Fields);
        var reading = Reading(party, incoming.Body.Purpose, incoming.Body.Basis, incoming.Fields, node);
        if (!incoming.Fields.Good)
        {
            await Problems.WriteAsync(http, incoming.Fields.Faults, 422);
            return;
        }
        var request = CommandEndpoint.Request(incoming, reading, node.Pipeline.Now);
        var (signals, refusal) = await ShownAsync(node, reading, request, http.RequestAborted);
        if (refusal is not null)
            await Problems.WriteAsync(http, refusal);
        else
            await ListAnswers.WriteAllAsync(http, signals, "credit-signals");
    }

    /// <summary>Reads a party's card for whoever filled in the form: recorded first, then shown.</summary>
    public static async Task<(List<CreditSignalView> Signals, Refusal? Refusal)> CardAsync(
        LedgerNode node,
        Acting by,
        string party,
        string? purpose,
        string? basis,
        CancellationToken stop
    )
    {
        var fields = new Fields("");
        var reading = Reading(party, purpose, basis, fields, node);
        return fields.Good
            ? await ShownAsync(node, reading, Accesses.Look(node, by, "read", reading), stop)
            : ([], fields.Faults[0]);
    }

    static ReadCreditFile Reading(string party, string? purpose, string? basis, Fields fields, LedgerNode node) =>
        new(
            PartyCommand.StreamOf(party, node.Database.Handles),
            fields.Text(purpose, "purpose", 60),
            fields.Text(basis, "basis", 200)
        );

    /// <summary>On record first, then shown: a repeat shows what the first one did.</summary>
    static async Task<(List<CreditSignalView> Signals, Refusal? Refusal)> ShownAsync(
        LedgerNode node,
        ReadCreditFile reading,
        CommandRequest request,
        CancellationToken stop
    )
    {
        var answer = await node.Pipeline.RecordAsync(request, stop);
        if (answer is not Answer.Accepted { EventIds: [_, var noted] })
            return ([], answer is Answer.Refused { Refusals: [var first, ..] } ? first : new("outcome-unknown"));
        var day = ShanghaiDay.Of(request.OccurredAt);
        var shown = await new ReadingQuery(node).ShownAsync(reading, noted, request.By.Actor, day, stop);
        return ([.. shown.Select(s => View(s, day))], null);
    }

    static async Task ReadersAsync(HttpContext http, LedgerNode node)
    {
        var party = PathParty(http, out var malformed);
        if (malformed is not null)
        {
            await Problems.WriteAsync(http, malformed);
            return;
        }
        if (!StatedActor.TryRead(http.Request, out var by, out var wrong))
        {
            await Problems.WriteAsync(http, wrong);
            return;
        }
        if (!MaySeeReaders(by, party))
        {
            await Problems.WriteAsync(http, new Refusal("not-the-subject"));
            return;
        }
        await ListAnswers.WriteAllAsync(
            http,
            await ReadsAsync(node, party, 500, http.RequestAborted),
            "credit-readers"
        );
    }

    /// <summary>The subject itself, and who watches over the readers.</summary>
    public static bool MaySeeReaders(Acting by, string party) => by.Actor == party || by.Is(Roles.Reg | Roles.Aud);

    /// <summary>Who read a party's file, newest first.</summary>
    public static async Task<IReadOnlyList<CreditReaderView>> ReadsAsync(
        LedgerNode node,
        string party,
        int most,
        CancellationToken stop
    )
    {
        var file = PartyCommand.StreamOf(party, node.Database.Handles);
        return [.. (await new ReadingQuery(node).OfPartyAsync(file, most, stop)).Select(View)];
    }

    /// <summary>The party that somebody typed, or what is wrong with it.</summary>
    public static string Party(string typed, string name, out Refusal? malformed)
    {
        var fields = new Fields("");
        var party = PartyPath.Of(typed, fields, name);
        malformed = fields.Faults.FirstOrDefault();
        return party;
    }

    static string PathParty(HttpContext http, out Refusal? malformed) =>
        Party(PartyPath.Raw(http), "ref", out malformed);

    static CreditReaderView View(StoredEvent e)
    {
        var read = (CreditFileRead)e.Event;
        return new(
            e.Envelope.Actor,
            e.Envelope.Role,
            read.Purpose,
            read.Consent,
            read.Basis,
            read.Count,
            e.Envelope.OccurredAt
        );
    }

    static CreditSignalView View(Signal s, DateOnly today) =>
        new(
            s.Id,
            s.Shared.SubjectKind is { } subject ? WireWords.Of(subject) : null,
            s.Shared.Kind,
            SignalKinds.Find(s.Shared.Kind)?.Zh,
            SignalKinds.Find(s.Shared.Kind)?.En,
            SignalKinds.Find(s.Shared.Kind)?.Adverse is true,
            s.Shared.Tier is { } tier ? WireWords.Of(tier) : null,
            s.Shared.SourceAuthority,
            s.Shared.LegalBasis,
            s.Shared.ActEndedOn,
            s.SharedOn,
            s.Shared.ExpiresOn,
            WireWords.Of(s.State),
            s.DueOn,
            s.DueOn < today,
            s.Statement is not null
        );
}
