using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Api.Hosting;

/// <summary>
/// The path that a client sent, the one that routing used and the one that an answer names are the same. The server
/// takes dot segments out before it routes (<c>/items/a/../b</c> becomes <c>/items/b</c>) and leaves <c>%2F</c> as it
/// is while it decodes <c>%25</c>; so a path that means another than it says is refused, and what stands in a place of
/// a route is taken from what was sent, decoded once.
/// </summary>
static class PathAsSent
{
    /// <summary>Refuses a path that the server has changed by more than decoding it once.</summary>
    public static Task Check(HttpContext http, RequestDelegate next) =>
        Decoded(Of(http)) == (http.Request.Path.Value ?? "")
            ? next(http)
            : Faults.AnswerAsync(http, new("path-malformed"));

    /// <summary>After routing: each place of the route holds the segment that was sent, decoded once.</summary>
    public static Task Bind(HttpContext http, RequestDelegate next)
    {
        if (http.GetEndpoint() is RouteEndpoint { RoutePattern.PathSegments: var places })
        {
            var sent = Of(http).TrimStart('/').Split('/');
            for (var i = 0; i < places.Count && i < sent.Length; i++)
                if (places[i].Parts is [RoutePatternParameterPart { IsCatchAll: false } place])
                    http.Request.RouteValues[place.Name] = Uri.UnescapeDataString(sent[i]);
        }
        return next(http);
    }

    /// <summary>The path of the request line, still encoded; without the host where that stands before it.</summary>
    public static string Of(HttpContext http)
    {
        var target = http.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "";
        if (target.StartsWith('/'))
            return UpTo(target, '?');
        var host = target.IndexOf("://", StringComparison.Ordinal);
        // OPTIONS * and CONNECT name no path.
        if (host < 0)
            return http.Request.Path.Value ?? "";
        var path = target.IndexOf('/', host + 3);
        return path < 0 ? "/" : UpTo(target[path..], '?');
    }

    /// <summary>The path as a command's hash covers it. Only where an encoded <c>%2F</c> of an id would look like a
    /// slash of it does this differ from the path that routing used, so that repeats of older commands stay
    /// repeats.</summary>
    public static string ForHash(HttpContext http) =>
        Of(http) is var sent && sent.Contains("%252F", StringComparison.OrdinalIgnoreCase) ? sent : http.Request.Path;

    static string Decoded(string sent) =>
        Uri.UnescapeDataString(
            sent.Replace("%2F", "%252F", StringComparison.Ordinal).Replace("%2f", "%252f", StringComparison.Ordinal)
        );

    static string UpTo(string text, char end) =>
        text.IndexOf(end, StringComparison.Ordinal) is >= 0 and var at ? text[..at] : text;
}
