using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;
using Ledger;
using Ledger.Kernel;

namespace Api.Hosting;

/// <summary>Refusals and faults as problem details (RFC 9457), in the caller's language.</summary>
static class Problems
{
    public const string MediaType = "application/problem+json";

    /// <summary>Answers refusals; the first one gives status and code, all of them the errors per field.</summary>
    public static Task WriteAsync(HttpContext http, ImmutableArray<Refusal> refusals, int? status = null)
    {
        var first = refusals[0];
        var chinese = Language.IsChinese(http);
        var text = RefusalCatalog.Say(first, chinese);
        var code = status ?? StatusOf(first);
        var errors = refusals
            .Where(r => r.Field is not null)
            .GroupBy(r => r.Field!)
            .ToDictionary(
                g => g.Key,
                g => g.Select(r => RefusalCatalog.Say(r, chinese) is var t ? $"{t.Title}: {t.Detail}" : "").ToArray()
            );
        http.Response.StatusCode = code;
        // The rest of a body that is too large is not read: the connection cannot carry another request.
        if (code is 413)
            http.Response.Headers.Connection = "close";
        if (code is 503)
            http.Response.Headers.RetryAfter = "1";
        http.Response.Headers.ContentLanguage = chinese ? "zh-CN" : "en";
        return http.Response.WriteAsJsonAsync(
            new ProblemBody(
                $"/problems/{first.Code}",
                text.Title,
                code,
                text.Detail,
                PathAsSent.Of(http),
                first.Code,
                text.NextStep,
                first.Citation,
                first.RuleId,
                first.CurrentState,
                first.BlockingEvent,
                first.With.Count == 0 ? null : first.With,
                errors.Count == 0 ? null : errors,
                Activity.Current?.TraceId.ToString()
            ),
            ProblemOptions,
            MediaType,
            http.RequestAborted
        );
    }

    /// <summary>A thing that is not there: 404 where the path names it, 422 where the body does.</summary>
    static int StatusOf(Refusal refusal) =>
        RefusalCatalog.Find(refusal.Code)!.Status is var status && status is 404 && refusal.Field is not null
            ? 422
            : status;

    static readonly JsonSerializerOptions ProblemOptions = WireJson.Options;

    public static Task WriteAsync(HttpContext http, Refusal refusal, int? status = null) =>
        WriteAsync(http, [refusal], status);

    /// <summary>What the framework answers without a body gets one.</summary>
    public static Task ForStatusAsync(HttpContext http) =>
        http.Response.StatusCode switch
        {
            404 => WriteAsync(http, new Refusal("not-found")),
            405 => WriteAsync(http, new Refusal("method-not-allowed")),
            406 => WriteAsync(http, Refusal.Of("not-acceptable", ("available", "application/json"))),
            413 => WriteAsync(http, new Refusal("body-too-large")),
            415 => WriteAsync(http, new Refusal("unsupported-media-type")),
            >= 500 => WriteAsync(http, new Refusal("internal-error"), http.Response.StatusCode),
            var other => WriteAsync(http, BodyFaults.Of($"HTTP {other}", $"HTTP {other}"), other),
        };
}

/// <summary>Problem details with the members of domain.md §2.</summary>
public sealed record ProblemBody(
    string Type,
    string Title,
    int Status,
    string Detail,
    string? Instance,
    string Code,
    string NextStep,
    string? Citation,
    string? RuleId,
    string? CurrentState,
    Guid? BlockingEvent,
    IReadOnlyDictionary<string, string>? Facts,
    IReadOnlyDictionary<string, string[]>? Errors,
    string? TraceId
);
