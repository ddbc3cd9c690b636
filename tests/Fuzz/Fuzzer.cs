using System.Text;
using System.Text.Json.Nodes;

namespace Fuzz;

/// <summary>How far a run goes.</summary>
/// <param name="Rounds">Walks through all journeys with wrong requests among the right ones; it ends earlier when
/// stopped.</param>
/// <param name="WrongPerStep">Almost valid requests before and after each right one.</param>
/// <param name="AbsurdPerOperation">Absurd ones for each operation in a round.</param>
public sealed record Effort(int Rounds, int WrongPerStep, int AbsurdPerOperation);

/// <summary>Goes along with the journeys.</summary>
public interface ICompanion
{
    /// <summary>What a ledger needs for it, once those whom the roll grants their role are on it.</summary>
    Task PrepareAsync(Session session, Client client);

    /// <summary>Before a right command is given.</summary>
    Task BeforeAsync(Operation operation, Request request, Session session, Client client);

    /// <summary>After it was given.</summary>
    void After(Operation operation, Reply reply);
}

/// <summary>
/// Asks the service for everything that its document describes: first rightly, then almost rightly, then absurdly; and
/// holds every answer against the document.
/// </summary>
/// <param name="companion">Asks beside each step of the journeys; null: nobody does.</param>
public sealed class Fuzzer(Uri address, Chance chance, Effort effort, TextWriter told, ICompanion? companion = null)
    : IDisposable
{
    static readonly TimeSpan Longest = TimeSpan.FromSeconds(30),
        Patience = TimeSpan.FromSeconds(40);

    readonly Client client = new(address);
    readonly Findings findings = new(address, told);
    readonly Mutants mutants = new(chance);
    readonly Absurd absurd = new(chance, address);
    ApiDocument document = new("""{"paths":{},"components":{"schemas":{}}}""");
    Answers answers = null!;

    public Findings Findings => findings;

    /// <summary>Operations that were never answered with 2xx to a right request.</summary>
    public IEnumerable<string> NeverDone =>
        document.Operations.Select(o => o.Name).Where(n => !findings.Done.Contains(n));

    public int Operations => document.Operations.Count;

    /// <summary>Runs the rounds; what they found stands in <see cref="Findings"/>.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        var described = await client.SendAsync(new("GET", "/openapi/v1.json", []), CancellationToken.None);
        document = new(described.Text);
        answers = new(document, Longest);
        try
        {
            await OnceAsync(new(document, chance), stop);
            for (var round = 0; round <= effort.Rounds; round++)
                await RoundAsync(new(document, chance), wrong: round > 0, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested) { }
    }

    /// <summary>A demo, and a ledger that was asked before, have a regulator: it is the same one.</summary>
    async Task OnceAsync(Session session, CancellationToken stop)
    {
        foreach (var step in Journeys.Once)
        {
            var request = session.Request(step);
            (request, var reply) = await AcknowledgedAsync(request, await RightAsync(request, stop), stop);
            if (reply.Status is not (201 or 409) && step.Role != "ADM")
                findings.Add(
                    $"the roll stops at {step.Path} with {reply.Status} {reply.Json?["code"]}",
                    request,
                    reply
                );
        }
    }

    async Task RoundAsync(Session session, bool wrong, CancellationToken stop)
    {
        if (companion is not null)
            await companion.PrepareAsync(session, client);
        foreach (var (name, steps) in Journeys.All)
            await WalkAsync(name, steps, session, wrong, stop);
        var reads = new Reads(document, session);
        foreach (var read in reads.All())
        {
            await ReadAsync(read, session, stop);
            await PageAsync(read, wrong, stop);
            for (var i = 0; wrong && i < effort.WrongPerStep; i++)
                await WrongAsync(read, stop);
        }
        if (wrong)
            foreach (var operation in document.Operations)
                for (var i = 0; i < effort.AbsurdPerOperation; i++)
                    await AbsurdAsync(reads.Target(operation), stop);
    }

    async Task WalkAsync(string name, IReadOnlyList<Step> steps, Session session, bool wrong, CancellationToken stop)
    {
        foreach (var step in steps)
        {
            Request request;
            try
            {
                request = step.IsSigned ? await SignedAsync(step, session, stop) : session.Request(step);
            }
            // An earlier step was refused, which was told: what it should have made has no name.
            catch (KeyNotFoundException)
            {
                continue;
            }
            if (companion is not null && step.Method == "POST")
            {
                await companion.BeforeAsync(session.Of(step), request, session, client);
                request = request with { Target = $"{request.Target}?receipt=full" };
            }
            for (var i = 0; wrong && i < effort.WrongPerStep / 2; i++)
                await WrongAsync(request, stop);
            var reply =
                step.WaitsForFirst ? await FirstAsync(session, request, stop)
                : step.IsAskedUntilDone ? await UntilDoneAsync(step, session, stop)
                : await RightAsync(request, stop);
            (request, reply) = await AcknowledgedAsync(request, reply, stop);
            if (!wrong && reply.Status is < 200 or >= 300)
                findings.Add(
                    $"journey “{name}” stops at {step.Path} with {reply.Status} {reply.Json?["code"]}",
                    request,
                    reply
                );
            session.Keep(step, reply);
            if (step.Method == "POST")
                companion?.After(session.Of(step), reply);
            if (step is { Method: "POST", IsAskedUntilDone: false } && reply.Status == 201)
                await RepeatAsync(request, reply, stop);
            for (var i = 0; wrong && i < effort.WrongPerStep / 2; i++)
                await WrongAsync(request, stop);
        }
    }

    /// <summary>Somebody who reads what warns of it and goes on.</summary>
    async Task<(Request, Reply)> AcknowledgedAsync(Request request, Reply reply, CancellationToken stop)
    {
        if (reply.Json?["code"]?.ToString() != "warning-not-acknowledged")
            return (request, reply);
        request = Session.Acknowledging(request, reply);
        return (request, await RightAsync(request, stop));
    }

    async Task<Reply> RightAsync(Request request, CancellationToken stop)
    {
        var reply = await client.SendAsync(request, stop);
        Judge("valid", request, reply);
        return reply;
    }

    /// <summary>The same key and body: the same answer again; and what was made is where the answer says.</summary>
    async Task RepeatAsync(Request request, Reply first, CancellationToken stop)
    {
        var again = await client.SendAsync(request, stop);
        Judge("repeat", request, again);
        if (again.Status != first.Status || !JsonNode.DeepEquals(again.Json, first.Json))
            findings.Add(
                $"{request.Method} {document.Match("POST", request.Target)?.Path}: a repeat is answered otherwise ({again.Status})",
                request,
                again
            );
        if (first.Headers.GetValueOrDefault("Location") is not { } location)
            return;
        var made = await client.SendAsync(new("GET", location, []), stop);
        Judge("location", new("GET", location, []), made);
        // An act without a resource of its own points to what it was about.
        if (made.Status is not (200 or 404 or 405))
            findings.Add(
                $"{document.Match("POST", request.Target)?.Path}: its Location answers {made.Status}",
                request,
                made
            );
    }

    async Task WrongAsync(Request right, CancellationToken stop)
    {
        var operation = document.Match(right.Method, right.Target)!;
        var request = mutants.Of(right, operation);
        Judge("almost valid", request, await client.SendAsync(request, stop));
    }

    async Task AbsurdAsync(string target, CancellationToken stop)
    {
        var (sent, bytes) = absurd.About(target);
        var reply = await RawSocket.SendAsync(address, bytes, stop);
        var line = Encoding.Latin1.GetString(bytes, 0, Math.Min(bytes.Length, 300));
        var request = new Request(
            "RAW",
            sent,
            [("Raw-Request", Convert.ToBase64String(bytes.AsSpan(0, Math.Min(bytes.Length, 2_000))))]
        );
        var method = line.Split(' ')[0];
        var operation = method is "GET" or "POST" ? document.Match(method, sent) : null;
        findings.Take(
            operation?.Name ?? "elsewhere",
            "absurd",
            request,
            reply,
            operation is null
                ? answers.Anywhere(request, reply, isRaw: true)
                : answers.Faults(operation, request, reply, isRaw: true)
        );
    }

    async Task ReadAsync(Request request, Session session, CancellationToken stop)
    {
        var reply = await RightAsync(request, stop);
        // A page further on, where there is one.
        if (reply.Json is JsonObject list && (string?)list["next"] is { } next)
            await RightAsync(
                request with
                {
                    Target =
                        $"{request.Target}{(request.Target.Contains('?', StringComparison.Ordinal) ? '&' : '?')}cursor={Uri.EscapeDataString(next)}",
                },
                stop
            );
        if (reply.Headers.GetValueOrDefault("ETag") is { } tag)
            await RightAsync(request with { Headers = [.. request.Headers, ("If-None-Match", tag)] }, stop);
    }

    /// <summary>A page has the path of what it shows, without the API's root; the document says nothing of
    /// it.</summary>
    async Task PageAsync(Request read, bool wrong, CancellationToken stop)
    {
        var request = read with { Target = read.Target[Session.Root.Length..], Headers = [("Accept", "text/html")] };
        if (wrong)
            request = mutants.Page(request, document.Match(read.Method, read.Target)!);
        Judge("page", request, await client.SendAsync(request, stop));
    }

    void Judge(string kind, Request request, Reply reply)
    {
        var operation = document.Match(request.Method, request.Target);
        findings.Take(
            operation?.Name ?? "elsewhere",
            kind,
            request,
            reply,
            operation is null ? answers.Anywhere(request, reply) : answers.Faults(operation, request, reply)
        );
    }

    /// <summary>A key's registration, signed for the party as the service names it.</summary>
    async Task<Request> SignedAsync(Step step, Session session, CancellationToken stop)
    {
        var request = session.Request(step);
        var keys = await RightAsync(new("GET", request.Target, []), stop);
        return request with { Body = Session.Utf8(PartyKey.Registration((string)keys.Json!["party"]!, 1_767_225_600)) };
    }

    /// <summary>Asks until the list has an entry that names the item: what the service raises of its own accord comes
    /// when its jobs have looked.</summary>
    Task<Reply> FirstAsync(Session session, Request request, CancellationToken stop) =>
        AskAsync(
            async () =>
            {
                var reply = await RightAsync(request, stop);
                var found = reply
                    .Json?["items"]?.AsArray()
                    .FirstOrDefault(e => e?["items"]?.AsArray().Any(i => (string?)i == session["id"]) == true);
                return found is null
                    ? reply with
                    {
                        Status = 0,
                    }
                    : new(reply.Status, reply.MediaType, Session.Utf8(found), reply.Headers, reply.Took);
            },
            stop
        );

    Task<Reply> UntilDoneAsync(Step step, Session session, CancellationToken stop) =>
        AskAsync(() => RightAsync(session.Request(step), stop), stop);

    static async Task<Reply> AskAsync(Func<Task<Reply>> ask, CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(Patience);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(300));
        var reply = await ask();
        try
        {
            while (reply.Status is < 200 or >= 300 && await tick.WaitForNextTickAsync(patience.Token))
                reply = await ask();
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested) { }
        return reply;
    }

    public void Dispose() => client.Dispose();
}
