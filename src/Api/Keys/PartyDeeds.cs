using Ledger.Kernel;
using Ledger.Store;

namespace Api;

/// <summary>What a party has to sign: the signing input of a JWS (header and payload, encoded).</summary>
public sealed record PreparedDeed(string Deed);

/// <summary>Marks a command that a party may sign itself.</summary>
sealed record Signable;

/// <summary>
/// A command that a party signs itself is sent twice with one key (contract.md §3): with <c>?prepare=true</c> it is
/// only decided, and answered with the deed to sign; then again with the signed deeds as the member <c>act</c>.
/// </summary>
static class PartyDeeds
{
    public const string KeyHeader = "Ledger-Deed-Key";

    /// <summary>Said of each such command in the documentation.</summary>
    public const string Note =
        "A party may sign this with its own key: `?prepare=true` records nothing and answers the deed to sign; the same "
        + "request and key with the signed deeds as further member `act` (1–4 compact JWS) records it.";

    const int LongestRole = 40;

    public static RouteHandlerBuilder MaySign(this RouteHandlerBuilder endpoint) =>
        endpoint.WithMetadata(new Signable()).Produces<PreparedDeed>(200);

    /// <summary>Who is going to sign, where the request only prepares.</summary>
    public static (Signer? Signer, Refusal? Refusal) Signer(HttpContext http, Acting by)
    {
        var asked = http.Request.Query["prepare"].ToString();
        if (asked is "" or "false")
            return (null, null);
        if (asked != "true")
            return (null, Wrong("prepare", asked, "true or false"));
        var role = http.Request.Query["role"].ToString() is { Length: > 0 } given ? given : by.Role;
        if (role.Length > LongestRole || !role.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
            return (null, Wrong("role", role, "1–40 letters, digits, hyphens"));
        var key = http.Request.Headers[KeyHeader].ToString();
        return key.Length == 0
            ? (null, Refusal.Of("value-missing", ("name", KeyHeader)).At(KeyHeader))
            : (new(key, role), null);
    }

    static Refusal Wrong(string name, string value, string expected) =>
        Refusal.Of("query-malformed", ("name", name), ("value", Bounds.Short(value)), ("expected", expected)).At(name);
}
