using System.Net;
using Api.Settings;
using Ledger.Kernel;

namespace Api.Hosting;

/// <summary>
/// The names that this service answers to. A web page may have its own name lead to loopback (DNS rebinding), or post a
/// form here: the browser then says so, and nobody else is kept out by it. Before accounts exist this is what stands
/// between a page that an employee reads and the ledger.
/// </summary>
/// <param name="more">Names besides those of loopback, without ports.</param>
sealed class OwnNames(IEnumerable<string> more)
{
    /// <summary>The setting that names them, separated by commas.</summary>
    public const string Setting = "Ledger:Hosts";

    readonly HashSet<string> names = new(more.Append("localhost"), StringComparer.OrdinalIgnoreCase);

    /// <exception cref="NeededException">A name is none.</exception>
    public static OwnNames Read(string? setting)
    {
        var given = (setting ?? "").Split(
            [',', ';', ' '],
            StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries
        );
        return
            given.FirstOrDefault(n => Uri.CheckHostName(n) is UriHostNameType.Unknown or UriHostNameType.Basic)
                is { } bad
            ? throw new NeededException(
                $"The setting {Setting} holds “{bad}”, which is no name of a host (no scheme, no port, no wildcard). Example: Ledger__Hosts=ledger.example.org"
            )
            : new(given);
    }

    /// <summary>Answers a request that is meant for somebody else, or that another site's page makes.</summary>
    public async Task CheckAsync(HttpContext http, RequestDelegate next)
    {
        if (Refuse(http.Request) is { } refusal)
            await Problems.WriteAsync(http, refusal);
        else
            await next(http);
    }

    /// <returns>Null where the request is for us, and not by another site's page.</returns>
    public Refusal? Refuse(HttpRequest request)
    {
        // Programs that speak HTTP/1.0 send none; no browser does.
        if (request.Host.HasValue && !Has(request.Host.Host))
            return Refusal.Of("host-unknown", ("value", Bounds.Short(request.Host.Value)), ("setting", Setting));
        return
            !HttpMethods.IsGet(request.Method)
            && !HttpMethods.IsHead(request.Method)
            && !HttpMethods.IsOptions(request.Method)
            && IsByAnotherSite(request)
            ? new("cross-site-request")
            : null;
    }

    bool Has(string host) =>
        names.Contains(host) || (IPAddress.TryParse(host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));

    /// <summary>What the browser says of the page that asks; another port of this machine is another site
    /// too.</summary>
    bool IsByAnotherSite(HttpRequest request)
    {
        if (request.Headers["Sec-Fetch-Site"].ToString() is { Length: > 0 } site)
            return site is not ("same-origin" or "none");
        return request.Headers.Origin.ToString() is { Length: > 0 } origin
            && !(
                Uri.TryCreate(origin, UriKind.Absolute, out var by)
                // A proxy that puts its own name before ours passes the page's origin on.
                && (by.Authority == request.Host.Value || (names.Contains(by.Host) && by.Host != "localhost"))
            );
    }
}
