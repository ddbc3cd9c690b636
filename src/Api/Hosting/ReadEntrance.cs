namespace Api.Hosting;

/// <summary>The one entrance of every reading of the API, of a list or of a single thing: who reads is asked before
/// anything is read. What he may see will be asked here too, once accounts exist (issue "People").</summary>
static class ReadEntrance
{
    /// <summary>Commands say who acts when they are read themselves.</summary>
    public static Task Check(HttpContext http, RequestDelegate next) =>
        http.GetEndpoint() is null
        || !http.Request.Path.StartsWithSegments("/api/v1", StringComparison.OrdinalIgnoreCase)
        || !(HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method))
        || StatedActor.TryRead(http.Request, out _, out var malformed)
            ? next(http)
            : Problems.WriteAsync(http, malformed);
}
