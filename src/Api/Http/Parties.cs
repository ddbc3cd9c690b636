using Ledger.Kernel;
using Ledger.Kernel.Identifiers;
using Ledger.Parties;
using Ledger.Store;

namespace Api.Http;

/// <summary>The roll of parties: who they are, what they may do, and until when.</summary>
static class Parties
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var parties = api.MapGroup("/parties").WithTags("Parties");
        parties
            .MapAct<PartyBody>("/", Register)
            .Says("Register a party", Examples.Party, "uscc-malformed", "party-exists", "division-unknown");
        parties
            .MapAct<ConfirmationBody>("/{ref}/identity-confirmations", Confirm)
            .Says("Confirm who a party is", Examples.Confirmation, "party-unknown", "evidence-missing");
        parties
            .MapAct<RoleBody>("/{ref}/roles", Grant)
            .Says("Grant a role", Examples.Role, "party-unknown", "role-basis-missing", "self-grant", "wrong-state");
        parties
            .MapAct<ReasonBody>(
                "/{ref}/roles/{role}/endings",
                (i, node) =>
                    Of(
                        i,
                        node,
                        new PartyRoleEnded(
                            i.Fields.Role(i.PathText("role"), "role"),
                            i.Fields.Needed(i.Body.Reason, "reason", 500)
                        ),
                        i.Body.OccurredAt
                    )
            )
            .Says("End a role", Examples.Reason, "party-unknown", "wrong-state");
        parties
            .MapAct<PartyLicenceBody>("/{ref}/licences", Record)
            .Says("Record a licence", Examples.PartyLicence, "party-unknown", "licence-overlap");
        parties
            .MapAct<LicenceEndBody>(
                "/{ref}/licences/endings",
                (i, node) =>
                    Of(
                        i,
                        node,
                        new LicenceEnded(
                            i.Fields.Word<LicenceKind>(i.Body.Kind, "kind"),
                            i.Fields.Needed(i.Body.Number, "number", 60),
                            i.Fields.Needed(i.Body.Reason, "reason", 500)
                        ),
                        i.Body.OccurredAt
                    )
            )
            .Says("End a licence", Examples.LicenceEnd, "party-unknown", "wrong-state");
        parties
            .MapGet("/{ref}", OneAsync)
            .Says("One party: its roles and licences as they stand", null)
            .Produces<PartyView>()
            .Produces<ProblemBody>(404, Problems.MediaType)
            .Produces<ProblemBody>(422, Problems.MediaType);
    }

    static Act Register(Incoming<PartyBody> i, LedgerNode node)
    {
        var (b, f) = (i.Body, i.Fields);
        var kind = f.Word<PartyNature>(b.Kind, "kind");
        var person = kind is PartyNature.Person;
        var uscc = f.Text(b.Uscc, "uscc", 60)?.ToUpperInvariant();
        // A person's name has no place here, and an organisation is known by its code.
        if (person ? b.Name is not null || uscc is not null : b.Ref is not null)
            f.Add(
                Refusal
                    .Of("personal-data-in-public-field", ("name", person ? "name, uscc" : "ref"))
                    .At(person ? "name" : "ref")
            );
        // A market that registers its own person may leave its code out.
        var within = MarketCode.IsWellFormed(i.By.Actor) ? i.By.Actor : "";
        var named = person ? PartyPath.Person(b.Ref ?? "", f, "ref", within) : null;
        var reference = person ? $"{named}" : f.Needed(uscc ?? "", "uscc", 60);
        var registered = new PartyRegistered(kind, uscc, f.Text(b.Name, "name"), f.Division(b.Region, "region"), named);
        return new(
            Location(reference),
            reference,
            (order, stop) => node.Parties.RecordAsync(reference, registered, order, stop)
        )
        {
            OccurredAt = b.OccurredAt,
        };
    }

    static Act Confirm(Incoming<ConfirmationBody> i, LedgerNode node)
    {
        var (b, f) = (i.Body, i.Fields);
        var confirmed = new PartyIdentityConfirmed(
            f.Word<ConfirmationMethod>(b.Method, "method"),
            f.Text(b.Evidence, "evidence"),
            f.Texts(b.Overrides, "overrides")
        );
        return Of(i, node, confirmed, b.OccurredAt);
    }

    static Act Grant(Incoming<RoleBody> i, LedgerNode node)
    {
        var (b, f) = (i.Body, i.Fields);
        var granted = new PartyRoleGranted(
            f.Role(b.Role, "role"),
            f.Text(b.Basis, "basis"),
            f.Day(b.ValidFrom, "validFrom"),
            f.Day(b.ValidTo, "validTo")
        );
        return Of(i, node, granted, b.OccurredAt);
    }

    static Act Record(Incoming<PartyLicenceBody> i, LedgerNode node)
    {
        var (b, f) = (i.Body, i.Fields);
        var recorded = new LicenceRecorded(
            f.Word<LicenceKind>(b.Kind, "kind"),
            f.Needed(b.Number, "number", 60),
            Issuer(f.Needed(b.Issuer, "issuer")),
            f.Text(b.Scope, "scope"),
            f.Day(b.ValidFrom, "validFrom"),
            f.Day(b.ValidTo, "validTo")
        );
        return Of(i, node, recorded, b.OccurredAt);
    }

    /// <summary>A code in its own letters; a name as it was given.</summary>
    static string Issuer(string said) => Uscc.HasShape(said.ToUpperInvariant()) ? said.ToUpperInvariant() : said;

    static Act Of<T>(Incoming<T> i, LedgerNode node, LedgerEvent e, string? at)
        where T : class
    {
        var party = PartyPath.Of(i.Http, i.Fields);
        return new(Location(party), party, (order, stop) => node.Parties.RecordAsync(party, e, order, stop))
        {
            OccurredAt = at,
            Missing = "party-unknown",
        };
    }

    static string Location(string reference) => $"/api/v1/parties/{Uri.EscapeDataString(reference)}";

    static async Task OneAsync(HttpContext http, LedgerNode node)
    {
        var fields = new Fields("");
        var reference = PartyPath.Of(http, fields);
        if (!fields.Good)
        {
            await Problems.WriteAsync(http, fields.Faults, 422);
            return;
        }
        if (await node.Parties.PartyAsync(reference, http.RequestAborted) is not { } party)
        {
            await Problems.WriteAsync(http, Refusal.Of("party-unknown", ("value", Bounds.Short(reference))), 404);
            return;
        }
        await CommandEndpoint.ShowAsync(http, View(reference, party, ShanghaiDay.Of(node.Desk.Now)), party.Version);
    }

    static PartyView View(string reference, PartyOnRoll p, DateOnly today) =>
        new(
            reference,
            WireWords.Of(p.Registered.Kind ?? PartyNature.Organisation),
            p.Registered.Name,
            p.Registered.Region,
            Divisions.Find(p.Registered.Region)?.Name,
            p.Confirmed is null ? "registered" : "confirmed",
            [.. p.OpenDoubts],
            [.. p.Roles.Select(r => View(r, today))],
            [.. p.Licences.Select(l => View(l, today))],
            p.Version
        );

    static RoleView View(RoleTerm r, DateOnly today) =>
        new(r.Granted.Role ?? "", State(r.Term, r.EndedOn, today, "held"), r.Term.From, r.Term.To);

    public static LicenceView View(Licence l, DateOnly today) =>
        new(
            WireWords.Of(l.Recorded.Kind ?? LicenceKind.Accreditation),
            l.Recorded.Number ?? "",
            State(l.Term, l.EndedOn, today),
            l.Recorded.Issuer,
            l.Recorded.Scope,
            l.Term.From,
            l.Term.To
        );

    /// <summary>Where a term stands on a day, in a word.</summary>
    public static string State(Term term, DateOnly? endedOn, DateOnly today, string valid = "valid") =>
        term.Holds(today) ? valid
        : endedOn is not null ? "ended"
        : term.From > today ? "not-yet"
        : "expired";
}
