using System.Globalization;

namespace Fuzz;

/// <summary>Holds an answer against what the document says of it. Pure.</summary>
public sealed class Answers(ApiDocument document, TimeSpan longest)
{
    const string Problem = "application/problem+json";

    /// <summary>What is wrong with an answer to an operation of the document; none where all is as it says.</summary>
    /// <param name="isRaw">The server itself may have refused it as no HTTP, without a body.</param>
    public IEnumerable<string> Faults(Operation operation, Request request, Reply reply, bool isRaw = false)
    {
        foreach (var fault in Anywhere(request, reply, isRaw))
            yield return fault;
        if (reply.Status is 0 or >= 500 and not 503)
            yield break;
        if (operation.Answer(reply.Status) is not { } answer)
        {
            yield return $"status {reply.Status} ({Code(reply)}) is not in the document";
            yield break;
        }
        var content = answer["content"]?.AsObject();
        if (reply.Body.Length == 0)
        {
            // What is no HTTP the server refuses itself, and hangs up.
            var hungUp = reply.Status == 400 && reply.Headers.GetValueOrDefault("Connection") == "close";
            if (content is not null && !isRaw && !hungUp)
                yield return $"{reply.Status} has no body; the document shows {string.Join(", ", content.Select(c => c.Key))}";
            yield break;
        }
        if (content is null || !content.ContainsKey(reply.MediaType))
        {
            yield return $"{reply.Status} is {reply.MediaType}, which the document does not show";
            yield break;
        }
        if (!reply.MediaType.EndsWith("json", StringComparison.Ordinal))
            yield break;
        if (reply.Json is null)
            yield return $"{reply.Status} is no JSON";
        else if (document.Schemas.Differs(reply.Json, content[reply.MediaType]!["schema"]) is { } differs)
            yield return $"{reply.Status}: {differs}";
    }

    /// <summary>What is wrong with an answer wherever it comes from.</summary>
    public IEnumerable<string> Anywhere(Request request, Reply reply, bool isRaw = false)
    {
        if (reply.Status == 0)
        {
            // What is no HTTP may be cut off.
            if (!isRaw || reply.MediaType == "time-out")
                yield return $"no answer: {reply.MediaType}";
            yield break;
        }
        if (reply.Took > longest)
            yield return $"took longer than {longest.TotalSeconds.ToString("0", CultureInfo.InvariantCulture)} s";
        // 505 answers a version of HTTP that there is not.
        if (reply.Status >= 500 && reply.Status != 503 && !(isRaw && reply.Status == 505))
            yield return $"status {reply.Status} ({Code(reply)})";
        if (reply.Status == 503 && !reply.Headers.ContainsKey("Retry-After"))
            yield return "503 without Retry-After";
        // The answer to HEAD has headers alone.
        if (reply.MediaType != Problem || reply.Body.Length == 0)
            yield break;
        foreach (var member in (string[])["type", "title", "detail", "code", "nextStep"])
            if (string.IsNullOrWhiteSpace((string?)reply.Json?[member]))
                yield return $"a problem without {member}";
        if ((int?)reply.Json?["status"] is { } said && said != reply.Status)
            yield return $"a problem that says {said} as {reply.Status}";
        var sent = request.Target.Split('?')[0];
        if (request.Target.StartsWith('/') && (string?)reply.Json?["instance"] is { } named && named != sent)
            yield return $"the answer names {named}, not the path that was sent";
    }

    static string Code(Reply reply) =>
        reply.MediaType == Problem && reply.Json is { } json ? (string?)json["code"] ?? "?" : reply.MediaType;
}
