using System.Collections.Immutable;
using System.Text.Json;
using Api.Hosting;
using Ledger.Kernel;
using Ledger.Keys;
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

    const int MostDeeds = 4,
        LongestRole = 40;

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

    /// <summary>Takes the member <c>act</c> out of a body; what is left is read as strictly as ever.</summary>
    public static (byte[] Body, ImmutableArray<string> Act, Refusal? Refusal) TakeOut(byte[] body)
    {
        if (body.AsSpan().IndexOf("\"act\""u8) < 0)
            return (body, [], null);
        try
        {
            using var document = JsonDocument.Parse(body, new() { AllowDuplicateProperties = false, MaxDepth = 32 });
            if (
                document.RootElement.ValueKind != JsonValueKind.Object
                || !document.RootElement.TryGetProperty("act", out var act)
            )
                return (body, [], null);
            if (
                act.ValueKind != JsonValueKind.Array
                || act.EnumerateArray().Any(a => a.ValueKind != JsonValueKind.String)
            )
                return (body, [], BodyFaults.Of("“act” is not a list of texts.", "“act”不是文本列表。", "act"));
            if (act.GetArrayLength() is 0 or > MostDeeds)
                return (body, [], OutOfRange("act", act.GetArrayLength()));
            var deeds = act.EnumerateArray().Select(a => a.GetString()!).ToImmutableArray();
            return deeds.Any(d => d.Length > DeedDecider.Longest)
                ? (body, [], Refusal.Of("signature-invalid", ("name", "act"), ("reason", "length")).At("act"))
                : (Without(document.RootElement, "act"), deeds, null);
        }
        catch (JsonException)
        {
            // Malformed as a whole: told where the whole is read.
            return (body, [], null);
        }
        // Half a surrogate pair is JSON, but no text.
        catch (Exception error) when (error is InvalidOperationException or ArgumentException)
        {
            return (body, [], BodyFaults.NoText);
        }
    }

    static byte[] Without(JsonElement body, string name)
    {
        using var rest = new MemoryStream();
        using (var json = new Utf8JsonWriter(rest))
        {
            json.WriteStartObject();
            foreach (var member in body.EnumerateObject().Where(m => !m.NameEquals(name)))
                member.WriteTo(json);
            json.WriteEndObject();
        }
        return rest.ToArray();
    }

    static Refusal OutOfRange(string name, int value) =>
        Refusal.Of("value-out-of-range", ("name", name), ("value", value), ("least", 1), ("most", MostDeeds)).At(name);

    static Refusal Wrong(string name, string value, string expected) =>
        Refusal.Of("query-malformed", ("name", name), ("value", Bounds.Short(value)), ("expected", expected)).At(name);
}
