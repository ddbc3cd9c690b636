using System.Diagnostics;
using System.Globalization;
using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Store;

namespace Api.Http;

/// <summary>
/// The one way from an HTTP command to the desk: actor, key, body, values, item, order, answer. Nouns only say how
/// their
/// body becomes a command.
/// </summary>
static class CommandEndpoint
{
    public const int LargestBody = 1 << 20;

    /// <summary>A command under an item.</summary>
    public static RouteHandlerBuilder MapDeed<T>(
        this IEndpointRouteBuilder routes,
        string route,
        Func<Incoming<T>, Plan> plan,
        bool needsIfMatch = false
    )
        where T : class =>
        routes
            .MapPost(
                route,
                async (HttpContext http, CommandDesk desk, LedgerDatabase database, TimeProvider clock) =>
                {
                    if (await ReadAsync<T>(http, database, signable: true) is not { } incoming)
                        return;
                    var (item, missing) = await ItemPath.FindAsync(http, desk);
                    if (item is null)
                    {
                        await Problems.WriteAsync(http, missing!);
                        return;
                    }
                    await AnswerAsync(http, desk, clock, incoming, plan(incoming), item.Value, needsIfMatch);
                }
            )
            .Takes<T>()
            .MaySign();

    /// <summary>A command that makes an item.</summary>
    public static RouteHandlerBuilder MapRegistration<T>(
        this IEndpointRouteBuilder routes,
        string route,
        Func<Incoming<T>, Plan> plan
    )
        where T : class =>
        routes
            .MapPost(
                route,
                async (HttpContext http, CommandDesk desk, LedgerDatabase database, TimeProvider clock) =>
                {
                    if (await ReadAsync<T>(http, database, signable: true) is not { } incoming)
                        return;
                    await AnswerAsync(
                        http,
                        desk,
                        clock,
                        incoming,
                        plan(incoming),
                        incoming.NewId("item"),
                        needsIfMatch: false
                    );
                }
            )
            .Takes<T>()
            .MaySign();

    public static async Task AnswerAsync<T>(
        HttpContext http,
        CommandDesk desk,
        TimeProvider clock,
        Incoming<T> incoming,
        Plan plan,
        Guid item,
        bool needsIfMatch
    )
        where T : class
    {
        var occurredAt = incoming.Fields.Instant(plan.OccurredAt, "occurredAt") ?? Instants.Cut(clock.GetUtcNow());
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
            await Problems.WriteAsync(http, incoming.Fields.Faults, 422);
            return;
        }
        var (ifMatch, wrong) = IfMatch(http, needsIfMatch);
        if (wrong is not null)
        {
            await Problems.WriteAsync(http, wrong);
            return;
        }
        var market = MarketCode.IsWellFormed(incoming.By.Site) ? incoming.By.Site : (plan.Command as ListItem)?.Market;
        var order = new Order(
            plan.Command,
            item,
            incoming.By,
            incoming.Scope,
            incoming.Key,
            Hash(http, incoming),
            occurredAt
        )
        {
            IsDatedHere = plan.OccurredAt is null,
            Identifiers = plan.Identifiers,
            Act = incoming.Act,
            Correlation = Activity.Current?.TraceId.ToString(),
            RegionCode = market is null ? null : MarketCode.DivisionOf(market),
        };
        switch (
            signer is null
                ? await desk.RecordAsync(order, ifMatch, http.RequestAborted)
                : await desk.PrepareAsync(order, ifMatch, signer, http.RequestAborted)
        )
        {
            case Answer.Prepared prepared:
                await http.Response.WriteAsJsonAsync(
                    new PreparedDeed(prepared.SigningInput),
                    WireJson.Options,
                    http.RequestAborted
                );
                return;
            case Answer.Refused refused:
                await Problems.WriteAsync(http, refused.Refusals);
                return;
            case Answer.Recorded recorded:
                var under = $"/api/v1/items/{recorded.Stream}";
                var location = plan.Made is not { } made
                    ? recorded.EventIds.IsEmpty
                        ? under
                        : $"{under}/events/{recorded.EventIds[0]}"
                    : made.Segment.Length == 0
                        ? under
                        : $"{under}/{made.Segment}/{made.Id}";
                await RecordedAsync(
                    http,
                    location,
                    recorded,
                    plan.Made is { } m ? (m.Segment.Length == 0 ? recorded.Stream : m.Id).ToString() : null
                );
                return;
        }
    }

    public static async Task RecordedAsync(HttpContext http, string location, Answer.Recorded recorded, string? id)
    {
        Faults.MayBeRecorded(http);
        var receipt = await http
            .RequestServices.GetRequiredService<Receipts>()
            .OfAsync(recorded, http.Request.Query["receipt"] == "full", http.RequestAborted);
        http.Response.StatusCode = recorded.EventIds.IsEmpty ? 200 : 201;
        http.Response.Headers.Location = location;
        await ShowAsync(http, new CommandAnswer(recorded.EventIds, recorded.Version, id, receipt), recorded.Version);
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
            : (null, Refusal.Of("stale-version", ("expected", text.Length > 40 ? text[..40] : text), ("version", "–")));
    }

    /// <summary>Actor, key and body; null where a problem was answered.</summary>
    /// <param name="signable">The body may bring deeds of parties.</param>
    public static async Task<Incoming<T>?> ReadAsync<T>(
        HttpContext http,
        LedgerDatabase database,
        bool signable = false
    )
        where T : class
    {
        if (!StatedActor.TryRead(http.Request, out var by, out var refusal))
        {
            await Problems.WriteAsync(http, refusal);
            return null;
        }
        var key = http.Request.Headers["Idempotency-Key"].ToString();
        if (key.Length is 0 or > 200 || key.Any(c => c is < '!' or > '~'))
        {
            await Problems.WriteAsync(http, new Refusal("idempotency-key-missing"));
            return null;
        }
        if (!http.Request.HasJsonContentType())
        {
            await Problems.WriteAsync(http, new Refusal("unsupported-media-type"));
            return null;
        }
        var (bytes, unread) = await BodyAsync(http);
        if (bytes is null)
        {
            await Problems.WriteAsync(http, unread!);
            return null;
        }
        var (rest, act, wrong) = signable ? PartyDeeds.TakeOut(bytes) : (bytes, [], null);
        var (body, malformed, status) = wrong is null ? ApiJson.Read<T>(rest) : (null, wrong, null);
        if (body is null)
        {
            await Problems.WriteAsync(http, malformed!, status);
            return null;
        }
        http.Items[typeof(CommandEndpoint)] = bytes;
        return new(http, body, new(MarketCode.IsWellFormed(by.Site) ? by.Site : by.Actor), by, key, database.Handles)
        {
            Act = act,
        };
    }

    /// <summary>The command's hash, over what was sent: method, path, body.</summary>
    public static CommandHash Hash<T>(HttpContext http, Incoming<T> incoming)
        where T : class =>
        incoming.Handles.CommandHash(
            http.Request.Method,
            PathAsSent.ForHash(http),
            (byte[])http.Items[typeof(CommandEndpoint)]!
        );

    static async Task<(byte[]? Bytes, Refusal? Refusal)> BodyAsync(HttpContext http)
    {
        if (http.Request.ContentLength > LargestBody)
            return (null, new("body-too-large"));
        using var buffer = new MemoryStream();
        var chunk = new byte[16 * 1024];
        try
        {
            for (int n; (n = await http.Request.Body.ReadAsync(chunk, http.RequestAborted)) > 0; )
            {
                buffer.Write(chunk, 0, n);
                if (buffer.Length > LargestBody)
                    return (null, new("body-too-large"));
            }
        }
        catch (BadHttpRequestException error) when (error.StatusCode == 413)
        {
            return (null, new("body-too-large"));
        }
        // The server's own word for a chunk whose size overflows; a caller that left is told nothing.
        catch (IOException error)
            when (error is not BadHttpRequestException && !http.RequestAborted.IsCancellationRequested)
        {
            http.Response.Headers.Connection = "close";
            return (null, Refusal.Of("body-malformed", ("reason", "The chunks of the body cannot be read.")));
        }
        return (buffer.ToArray(), null);
    }

    public static RouteHandlerBuilder Takes<T>(this RouteHandlerBuilder endpoint)
        where T : class =>
        endpoint
            .Accepts<T>("application/json")
            .Produces<CommandAnswer>(201)
            .Produces<ProblemBody>(400, Problems.MediaType)
            .Produces<ProblemBody>(404, Problems.MediaType)
            .Produces<ProblemBody>(409, Problems.MediaType)
            .Produces<ProblemBody>(412, Problems.MediaType)
            .Produces<ProblemBody>(413, Problems.MediaType)
            .Produces<ProblemBody>(415, Problems.MediaType)
            .Produces<ProblemBody>(422, Problems.MediaType)
            .Produces<ProblemBody>(503, Problems.MediaType);
}
