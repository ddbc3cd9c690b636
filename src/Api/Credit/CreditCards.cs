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
            .MapGet("/credit-signals", ReadAsync)
            .WithQuery(q => Asked(q))
            .Describe("What is shared of a party; the reading is recorded", null)
            .Produces<ListAnswer<CreditSignalView>>()
            .Produces<ProblemBody>(400, Problems.MediaType)
            .Produces<ProblemBody>(422, Problems.MediaType);
        party
            .MapGet("/credit-readers", ReadersAsync)
            .Describe("Who read a party's signals, and why", null)
            .Produces<ListAnswer<CreditReaderView>>()
            .Produces<ProblemBody>(422, Problems.MediaType);
    }

    static async Task ReadAsync(HttpContext http, LedgerNode node)
    {
        var (signals, refusal) = await CardAsync(http, node, PathParty(http, out var malformed), malformed);
        if (refusal is not null)
            await Problems.WriteAsync(http, refusal);
        else
            await ListAnswers.WriteAllAsync(http, signals, "credit-signals");
    }

    /// <summary>Reads a party's card: recorded first, then shown.</summary>
    public static async Task<(List<CreditSignalView> Signals, Refusal? Refusal)> CardAsync(
        HttpContext http,
        LedgerNode node,
        string party,
        Refusal? malformed
    )
    {
        if (malformed is not null)
            return ([], malformed);
        if (!StatedActor.TryRead(http.Request, out var by, out var wrong))
            return ([], wrong);
        var q = new QueryValues(http, node.Pipeline.Now);
        var (asked, basis) = Asked(q);
        if (q.Fault is not null)
            return ([], q.Fault);
        var purpose = http.Request.Headers["Ledger-Purpose"].ToString() is { Length: > 0 } header ? header : asked;
        if (PlainText.Check(purpose, 60) is { } bad)
            return ([], bad.At("purpose"));
        if (PlainText.Check(basis, 200) is { } worse)
            return ([], worse.At("basis"));
        var file = PartyCommand.StreamOf(party, node.Database.Handles);
        var reading = new ReadCreditFile(file, purpose, basis);
        var look = Accesses.Look(node, by, "read", reading);
        var answer = await node.Pipeline.RecordAsync(look, http.RequestAborted);
        if (answer is not Answer.Accepted { EventIds: [_, var noted] })
            return ([], ((Answer.Refused)answer).Refusals[0]);
        var day = ShanghaiDay.Of(look.OccurredAt);
        var shown = await new ReadingQuery(node).ShownAsync(reading, noted, by.Actor, day, http.RequestAborted);
        return ([.. shown.Select(s => View(s, day))], null);
    }

    /// <summary>Why a file is read, and the consent or law that allows it.</summary>
    static (string Purpose, string Basis) Asked(QueryValues q) =>
        (q.Text("purpose", ("目的", "Purpose"), 60) ?? "", q.Text("basis", ("依据", "Basis"), 200) ?? "");

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
    public static bool MaySeeReaders(Acting by, string party) =>
        by.Actor == party || by.Role is "REG" or "AUD" or "ADM";

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
