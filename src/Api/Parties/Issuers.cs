using Api.Hosting;
using Ledger.Kernel;
using Ledger.Kernel.Identifiers;
using Ledger.Parties;
using Ledger.Store;

namespace Api;

/// <summary>Registers an issuer, by two persons.</summary>
/// <param name="Org">Its unified social credit code.</param>
/// <param name="Purposes"><c>wipe</c>, <c>credit</c>, <c>licence</c>.</param>
/// <param name="Accreditation">Number of the accreditation it acts under; it must hold on the first day.</param>
/// <param name="Keys">Thumbprints of the keys it signs with.</param>
public sealed record IssuerBody(
    string Org,
    string Name,
    IReadOnlyList<string> Purposes,
    string? Accreditation = null,
    IReadOnlyList<string>? Keys = null,
    string? From = null,
    string? To = null,
    string? OccurredAt = null
);

/// <param name="Since">From when on its word counts for nothing; absent: from now on.</param>
public sealed record IssuerRevocationBody(string Reason, string? Since = null, string? OccurredAt = null);

/// <summary>An issuer as it stands.</summary>
/// <param name="State"><c>valid</c>, <c>not-yet</c>, <c>suspended</c>, <c>revoked</c> or <c>expired</c>.</param>
public sealed record IssuerView(
    string Org,
    string? Name,
    string State,
    IReadOnlyList<string> Purposes,
    string? Accreditation,
    IReadOnlyList<string> Keys,
    DateOnly? ValidFrom,
    DateOnly? ValidTo,
    long Version
);

/// <summary>Whose credentials and licences count (proof.md §8).</summary>
static class Issuers
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var issuers = api.MapGroup("/issuers").WithTags("Parties");
        issuers
            .MapCommand<IssuerBody>("/", Register)
            .Describe<RegisterIssuer>(
                "Register an issuer, by two persons",
                Examples.Issuer,
                "uscc-malformed",
                "counter-signature-missing",
                "accreditation-not-valid-on-date"
            );
        issuers
            .MapCommand<SiteReasonBody>(
                "/{org}/suspensions",
                i => Of(i, org => i.Body.For(i.Fields, (r, b) => new SuspendIssuer(org, r, b)), i.Body.OccurredAt)
            )
            .Describe<SuspendIssuer>(
                "Suspend an issuer",
                Examples.SiteReason,
                "issuer-not-found",
                "counter-signature-missing"
            );
        issuers
            .MapCommand<IssuerRevocationBody>(
                "/{org}/revocations",
                i =>
                    Of(
                        i,
                        org => new RevokeIssuer(
                            org,
                            i.Fields.Instant(i.Body.Since, "since"),
                            i.Fields.Needed(i.Body.Reason, "reason", 500)
                        ),
                        i.Body.OccurredAt
                    )
            )
            .Describe<RevokeIssuer>(
                "Revoke an issuer",
                Examples.Reason,
                "issuer-not-found",
                "counter-signature-missing",
                "wrong-state"
            );
        issuers
            .MapGet("/{org}", OneAsync)
            .Describe("One issuer", null)
            .Produces<IssuerView>()
            .Produces<ProblemBody>(404, Problems.MediaType);
    }

    static Plan Register(Incoming<IssuerBody> i)
    {
        var (b, f) = (i.Body, i.Fields);
        var org = f.Needed(b.Org, "org", 60).ToUpperInvariant();
        if (!Uscc.HasShape(org))
            f.Add(Refusal.Of("uscc-malformed", ("value", Bounds.Short(org))).At("org"));
        if (b.Purposes.Count == 0)
            f.Add(Refusal.Of("value-missing", ("name", "purposes")).At("purposes"));
        var registering = new RegisterIssuer(
            org,
            f.Needed(b.Name, "name"),
            [.. b.Purposes.Select(p => f.Word<IssuerPurpose>(p, "purposes"))],
            f.Text(b.Accreditation, "accreditation", 60),
            f.Texts(b.Keys, "keys"),
            f.Instant(b.From, "from"),
            f.Instant(b.To, "to")
        );
        return Of(org, registering, b.OccurredAt);
    }

    static Plan Of<T>(Incoming<T> i, Func<string, LedgerCommand> command, string? at)
        where T : class
    {
        var org = i.PathText("org").ToUpperInvariant();
        return Of(org, command(org), at);
    }

    static Plan Of(string org, LedgerCommand command, string? at) =>
        Plan.At($"/api/v1/issuers/{org}", org, command) with
        {
            OccurredAt = at,
        };

    static async Task OneAsync(HttpContext http, string org, LedgerNode node)
    {
        var stream = IssuerCommand.StreamOf(org.ToUpperInvariant(), node.Database.Handles);
        if (await node.Reader.FoldAsync(stream, Issuer.Fold, http.RequestAborted) is not { } issuer)
        {
            await Problems.WriteAsync(http, Refusal.Of("issuer-not-found", ("value", Bounds.Short(org))));
            return;
        }
        await CommandEndpoint.ShowAsync(http, View(issuer, ShanghaiDay.Of(node.Pipeline.Now)), issuer.Version);
    }

    static IssuerView View(Issuer issuer, DateOnly today) =>
        new(
            issuer.Org,
            issuer.Registered.Name,
            State(issuer, today),
            [.. (issuer.Registered.Purposes ?? []).Select(p => WireWords.Of(p))],
            issuer.Registered.Accreditation,
            issuer.Registered.Keys ?? [],
            issuer.Term.From,
            issuer.Term.To,
            issuer.Version
        );

    public static string State(Issuer issuer, DateOnly today) =>
        issuer.RevokedSince is { } revoked && ShanghaiDay.Of(revoked) <= today ? "revoked"
        : issuer.SuspendedSince is not null ? "suspended"
        : Parties.State(issuer.Term, null, today);
}
