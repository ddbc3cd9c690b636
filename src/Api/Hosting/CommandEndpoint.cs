using System.Diagnostics;
using System.Globalization;
using Ledger;
using Ledger.Kernel;
using Ledger.Pipeline;
using Ledger.Store;
using Ledger.Store.Postgres;

namespace Api.Hosting;

/// <summary>
/// The one way from an HTTP command to the pipeline: actor, key, body, values, command, answer. Nouns only say how
/// their body becomes a command.
/// </summary>
static class CommandEndpoint
{
    /// <summary>A command on what its body or its path names.</summary>
    public static RouteHandlerBuilder MapCommand<T>(
        this IEndpointRouteBuilder routes,
        string route,
        Func<Incoming<T>, Plan> plan
    )
        where T : class => routes.MapCommand<T>(route, (i, _) => Task.FromResult(plan(i)));

    /// <summary>The same where the ledger must be read to understand what the body names.</summary>
    public static RouteHandlerBuilder MapCommand<T>(
        this IEndpointRouteBuilder routes,
        string route,
        Func<Incoming<T>, LedgerNode, Task<Plan>> plan
    )
        where T : class =>
        routes
            .MapPost(
                route,
                async (HttpContext http, LedgerNode node) =>
                {
                    if (await CommandReading.ReadAsync<T>(http, node.Database) is { } incoming)
                        await AnswerAsync(node, incoming, await plan(incoming, node), needsIfMatch: false);
                }
            )
            .Takes<T>()
            .MaySign();

    /// <summary>A command on the item that the path names.</summary>
    public static RouteHandlerBuilder MapItemCommand<T>(
        this IEndpointRouteBuilder routes,
        string route,
        Func<Incoming<T>, Plan> plan,
        bool needsIfMatch = false
    )
        where T : class => routes.MapItemCommand<T>(route, (i, _, _) => Task.FromResult(plan(i)), needsIfMatch);

    /// <inheritdoc cref="MapItemCommand{T}(IEndpointRouteBuilder, string, Func{Incoming{T}, Plan}, bool)"/>
    public static RouteHandlerBuilder MapItemCommand<T>(
        this IEndpointRouteBuilder routes,
        string route,
        Func<Incoming<T>, Guid, LedgerNode, Task<Plan>> plan,
        bool needsIfMatch = false
    )
        where T : class =>
        routes
            .MapPost(
                route,
                async (HttpContext http, LedgerNode node) =>
                {
                    if (await CommandReading.ReadAsync<T>(http, node.Database) is not { } incoming)
                        return;
                    var (item, missing) = await ItemPath.FindAsync(http, node.Pipeline);
                    if (item is not { } id)
                    {
                        await Problems.WriteAsync(http, missing!);
                        return;
                    }
                    var of = await plan(incoming, id, node);
                    await AnswerAsync(node, incoming, of.On(id), needsIfMatch);
                }
            )
            .Takes<T>()
            .MaySign();

    static async Task AnswerAsync<T>(LedgerNode node, Incoming<T> incoming, Plan plan, bool needsIfMatch)
        where T : class
    {
        var http = incoming.Http;
        // The document says who may: it must speak of this command.
        if (!http.GetEndpoint()!.Metadata.OfType<GivenCommand>().Any(g => g.Permit.Command == plan.Command.GetType()))
            throw new InvalidOperationException(
                $"{PathAsSent.Of(http)} does not say that it gives {plan.Command.GetType().Name}."
            );
        var occurredAt = incoming.Fields.Instant(plan.OccurredAt, "occurredAt") ?? node.Pipeline.Now;
        var (signer, unsigned) = PartyDeeds.Signer(http, incoming.By);
        if (unsigned is not null)
        {
            await Problems.WriteAsync(http, unsigned);
            return;
        }
        // The deed covers the time: it must be the same when the command comes again.
        if (signer is not null && plan.OccurredAt is null)
            incoming.Fields.Add(Refusal.Of("value-missing", ("name", "occurredAt")).At("occurredAt"));
        if (!incoming.Fields.Good)
        {
            node.Pipeline.Refusals.Refused(MarketOf(incoming.By), incoming.Fields.Faults, node.Pipeline.Now);
            await Problems.WriteAsync(http, incoming.Fields.Faults, 422);
            return;
        }
        var (ifMatch, wrong) = IfMatch(http, needsIfMatch);
        if (wrong is not null)
        {
            await Problems.WriteAsync(http, wrong);
            return;
        }
        var request = Request(incoming, plan.Command, occurredAt) with
        {
            IsDatedHere = plan.OccurredAt is null,
            IfMatch = ifMatch,
        };
        await ToldAsync(http, plan, await DecideAsync(node.Pipeline, request, plan, signer, http.RequestAborted));
    }

    /// <summary>What the pipeline is asked, by whoever sent it and under his key.</summary>
    public static CommandRequest Request<T>(Incoming<T> incoming, LedgerCommand command, DateTimeOffset occurredAt)
        where T : class =>
        new(command, incoming.By, incoming.Scope, incoming.Key, Hash(incoming.Http, incoming), occurredAt)
        {
            Deeds = incoming.Envelope.Deeds,
            LateReason = incoming.Envelope.LateReason,
            Acknowledged = incoming.Envelope.Acknowledged,
            Correlation = Activity.Current?.TraceId.ToString(),
        };

    static async Task<Answer> DecideAsync(
        CommandPipeline pipeline,
        CommandRequest request,
        Plan plan,
        Signer? signer,
        CancellationToken stop
    )
    {
        if (plan.Complete is { } complete)
        {
            // A repeat is answered as it was, whatever the ledger would say of it now.
            if (await pipeline.ReplayAsync(request, stop) is { } before)
                return before;
            // Who may not is told so first: nothing is made for him, and he learns nothing of it.
            if (Modules.Permits[request.Command.GetType()].Refuses(request.By, isImported: false) is { } forbidden)
                return Refused(forbidden);
            var (command, refusal) = await complete(request.Command, stop);
            if (command is null)
                return Refused(refusal!);
            request = request with { Command = command };
        }
        return signer is null
            ? await pipeline.RecordAsync(request, stop)
            : await pipeline.PrepareAsync(request, signer, stop);

        Answer.Refused Refused(Refusal refusal)
        {
            pipeline.Refusals.Refused(MarketOf(request.By), [refusal], pipeline.Now);
            return new([refusal]);
        }
    }

    static string? MarketOf(Acting by) => MarketCode.IsWellFormed(by.Site) ? by.Site : null;

    static Task ToldAsync(HttpContext http, Plan plan, Answer answer) =>
        answer switch
        {
            Answer.Prepared prepared => http.Response.WriteAsJsonAsync(
                new PreparedDeed(prepared.SigningInput),
                WireJson.Options,
                http.RequestAborted
            ),
            Answer.Refused refused => Problems.WriteAsync(http, refused.Refusals),
            Answer.Accepted recorded => RecordedAsync(http, plan.Location(recorded), recorded, plan.Id(recorded)),
            _ => throw new UnreachableException(),
        };

    public static async Task RecordedAsync(HttpContext http, string location, Answer.Accepted recorded, string? id)
    {
        Faults.MayBeRecorded(http);
        var receipt = await http
            .RequestServices.GetRequiredService<Receipts>()
            .OfAsync(recorded, http.Request.Query["receipt"] == "full", http.RequestAborted);
        var reader = http.RequestServices.GetRequiredService<EventReader>();
        var warnings = await Warnings.OfAsync(recorded, reader, http.RequestAborted);
        http.Response.StatusCode = recorded.EventIds.IsEmpty ? 200 : 201;
        http.Response.Headers.Location = location;
        var answer = new CommandAnswer(recorded.EventIds, recorded.Version, id, receipt)
        {
            Warnings = warnings.IsEmpty ? null : warnings,
        };
        await ShowAsync(http, answer, recorded.Version);
    }

    /// <summary>One thing as it stands, with the version that a later act may name.</summary>
    public static Task ShowAsync<T>(HttpContext http, T view, long version)
    {
        http.Response.Headers.ETag = ETag(version);
        return http.Response.WriteAsJsonAsync(view, WireJson.Options, http.RequestAborted);
    }

    public static string ETag(long version) => $"\"{version.ToString(CultureInfo.InvariantCulture)}\"";

    public static (long? Version, Refusal? Refusal) IfMatch(HttpContext http, bool needed)
    {
        var text = http.Request.Headers.IfMatch.ToString();
        if (text.Length == 0)
            return needed ? (null, new("precondition-missing")) : (null, null);
        if (text == "*")
            return (null, null);
        return long.TryParse(text.Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? (version, null)
            : (null, Refusal.Of("stale-version", ("expected", Bounds.Short(text)), ("version", "–")));
    }

    /// <summary>The command's hash, over what was sent: method, path, body.</summary>
    static CommandHash Hash<T>(HttpContext http, Incoming<T> incoming)
        where T : class => incoming.Handles.CommandHash(http.Request.Method, PathAsSent.ForHash(http), incoming.Sent);

    public static RouteHandlerBuilder Takes<T>(this RouteHandlerBuilder endpoint)
        where T : class => endpoint.Asks<T>().Produces<CommandAnswer>(201);

    /// <summary>What every operation with a body may be told, whatever it answers.</summary>
    public static RouteHandlerBuilder Asks<T>(this RouteHandlerBuilder endpoint)
        where T : class =>
        endpoint
            .Accepts<T>("application/json")
            .Produces<ProblemBody>(400, Problems.MediaType)
            .Produces<ProblemBody>(403, Problems.MediaType)
            .Produces<ProblemBody>(404, Problems.MediaType)
            .Produces<ProblemBody>(409, Problems.MediaType)
            .Produces<ProblemBody>(412, Problems.MediaType)
            .Produces<ProblemBody>(413, Problems.MediaType)
            .Produces<ProblemBody>(415, Problems.MediaType)
            .Produces<ProblemBody>(422, Problems.MediaType)
            .Produces<ProblemBody>(503, Problems.MediaType);
}
