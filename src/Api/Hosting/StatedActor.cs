using System.Diagnostics.CodeAnalysis;
using Ledger.Kernel;

namespace Api.Hosting;

/// <summary>
/// Who acts, taken at their word until accounts exist (contract.md §3): <c>Ledger-Actor</c>, <c>Ledger-Role</c>,
/// <c>Ledger-Site</c>, <c>Ledger-Second-Actor</c>. Absent: <c>local</c>, <c>ADM</c>.
/// </summary>
static class StatedActor
{
    static readonly string[] Headers = ["Ledger-Actor", "Ledger-Role", "Ledger-Site", "Ledger-Second-Actor"];

    /// <summary>Where a form asks who acts, its fields for it.</summary>
    public const string ActorField = "actor",
        RoleField = "role";

    /// <param name="request">Of a form that was posted, once it has been read.</param>
    public static bool TryRead(
        HttpRequest request,
        [NotNullWhen(true)] out Acting? by,
        [NotNullWhen(false)] out Refusal? refusal
    )
    {
        by = null;
        // Two values would be read as one, of nobody.
        refusal = Headers.FirstOrDefault(name => request.Headers[name].Count > 1) is { } twice
            ? Refusal.Of("actor-malformed", ("name", twice), ("reason", "once"))
            : null;
        string? Header(string name) =>
            request.Headers[name].ToString() is { Length: > 0 } value ? value : OfForm(request, name);
        // A code is one in either case, as the addresses of parties have it.
        var actor = PartyPath.Canonical(Header("Ledger-Actor") ?? "local");
        var role = Header("Ledger-Role") ?? "ADM";
        var second = Header("Ledger-Second-Actor") is { } other ? PartyPath.Canonical(other) : null;
        var site = Header("Ledger-Site") is { } place ? PartyPath.Canonical(place) : null;
        foreach (
            var (name, value) in (ReadOnlySpan<(string, string?)>)
                [("Ledger-Actor", actor), ("Ledger-Site", site), ("Ledger-Second-Actor", second)]
        )
            if (value is not null && (value.Length > 128 || PlainText.Check(value, 128) is not null))
                refusal ??= Refusal.Of(
                    "actor-malformed",
                    ("name", name),
                    ("reason", "1–128 characters, no control characters")
                );
        if (RoleTable.Find(role) is null or { Role: Roles.Sys })
            refusal ??= Refusal.Of(
                "actor-malformed",
                ("name", "Ledger-Role"),
                ("reason", RoleTable.Codes(Roles.Anyone))
            );
        if (second == actor)
            refusal ??= Refusal.Of(
                "actor-malformed",
                ("name", "Ledger-Second-Actor"),
                ("reason", "must be another person than Ledger-Actor")
            );
        if (refusal is not null)
            return false;
        by = new(actor, role, site, second);
        return true;
    }

    /// <summary>What a program says in headers, a form asks in fields of its own.</summary>
    static string? OfForm(HttpRequest request, string header)
    {
        var field = header switch
        {
            "Ledger-Actor" => ActorField,
            "Ledger-Role" => RoleField,
            _ => null,
        };
        if (field is null || request.HttpContext.GetEndpoint()?.Metadata.GetMetadata<AsksWho>() is null)
            return null;
        var said = request.HasFormContentType ? request.Form[field].ToString() : request.Query[field].ToString();
        return said.Trim() is { Length: > 0 } value ? value : null;
    }
}

/// <summary>Marks an operation whose form asks who acts.</summary>
sealed record AsksWho;
