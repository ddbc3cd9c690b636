namespace Api.Hosting;

/// <summary>zh-CN first, English on request: the cookie or <c>?lang=</c> for pages, Accept-Language for
/// programs.</summary>
static class Language
{
    public const string Cookie = "lang";

    public static bool IsChinese(HttpContext http)
    {
        if (http.Items.TryGetValue(Cookie, out var chosen))
            return (bool)chosen!;
        if (
            !http.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal)
            && http.Request.Cookies[Cookie] is { } kept
        )
            return kept != "en";
        foreach (var word in http.Request.GetTypedHeaders().AcceptLanguage.OrderByDescending(l => l.Quality ?? 1))
        {
            if (word.Value.StartsWith("zh", StringComparison.OrdinalIgnoreCase))
                return true;
            if (word.Value.StartsWith("en", StringComparison.OrdinalIgnoreCase))
                return false;
        }
        return true;
    }

    /// <summary>Keeps the reader's choice of <c>?lang=</c> in a cookie.</summary>
    public static Task Remember(HttpContext http, RequestDelegate next)
    {
        if (http.Request.Query["lang"].ToString() is { Length: > 0 } wanted)
        {
            http.Items[Cookie] = wanted != "en";
            http.Response.Cookies.Append(
                Cookie,
                wanted == "en" ? "en" : "zh-CN",
                new()
                {
                    HttpOnly = true,
                    SameSite = SameSiteMode.Lax,
                    MaxAge = TimeSpan.FromDays(365),
                    IsEssential = true,
                }
            );
        }
        http.Response.Headers.Append("Vary", "Accept-Language, Cookie");
        return next(http);
    }
}
