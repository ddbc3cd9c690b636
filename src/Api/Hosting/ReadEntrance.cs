namespace Api.Hosting;

/// <summary>The one entrance of every request of the API: its query is understood, and of a reading, of a list or of a
/// single thing, who reads is asked before anything is read. What he may see will be asked here too, once accounts
/// exist (issue "People").</summary>
static class ReadEntrance
{
    /// <summary>Commands say who acts when they are read themselves.</summary>
    public static Task Check(HttpContext http, RequestDelegate next)
    {
        if (
            http.GetEndpoint() is null
            || !http.Request.Path.StartsWithSegments("/api/v1", StringComparison.OrdinalIgnoreCase)
        )
            return next(http);
        if (QueryNames.Flaw(http) is { } flaw)
            return Problems.WriteAsync(http, flaw);
        var reads = HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method);
        return reads && !StatedActor.TryRead(http.Request, out _, out var malformed)
            ? Problems.WriteAsync(http, malformed)
            : next(http);
    }
}
