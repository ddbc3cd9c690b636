using Api.Hosting;
using Ledger.Kernel;
using Ledger.Kernel.Identifiers;
using Ledger.Parties;
using Ledger.Store;
using Ledger.Store.Vault;

namespace Api;

/// <summary>The roll of parties: who they are, what they may do, and until when.</summary>
static class Parties
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var parties = api.MapGroup("/parties").WithTags("Parties");
        parties
            .MapCommand<PartyBody>("/", Register)
            .Describe<RegisterParty>(
                "Register a party",
                Examples.Party,
                "uscc-malformed",
                "party-exists",
                "division-unknown"
            );
        parties
            .MapCommand<ConfirmationBody>("/{ref}/identity-confirmations", Confirm)
            .Describe<ConfirmIdentity>(
                "Confirm who a party is",
                Examples.Confirmation,
                "party-not-found",
                "evidence-missing"
            );
        parties
            .MapCommand<PartyNameBody>("/{ref}/names", Name)
            .Describe<NameParty>(
                "Confirm a market's word for an organisation",
                Examples.PartyName,
                "party-not-found",
                "uscc-malformed",
                "not-of-this-market",
                "name-of-another-party",
                "evidence-missing"
            );
        parties
            .MapCommand<RoleBody>("/{ref}/roles", Grant)
            .Describe<GrantRole>(
                "Grant a role",
                Examples.Role,
                "party-not-found",
                "role-basis-missing",
                "self-grant",
                "role-not-of-party",
                "wrong-state"
            );
        parties
            .MapCommand<ReasonBody>(
                "/{ref}/roles/{role}/endings",
                i =>
                    Of(
                        i,
                        party => new EndRole(
                            party,
                            i.Fields.Role(i.PathText("role"), "role"),
                            i.Fields.Needed(i.Body.Reason, "reason", 500)
                        ),
                        i.Body.OccurredAt
                    )
            )
            .Describe<EndRole>(
                "End a role",
                Examples.Reason,
                "party-not-found",
                "regulator-ends-itself",
                "wrong-state"
            );
        parties
            .MapCommand<PartyLicenceBody>("/{ref}/licences", Record)
            .Describe<RecordLicence>("Record a licence", Examples.PartyLicence, "party-not-found", "licence-overlap");
        parties
            .MapCommand<LicenceEndBody>(
                "/{ref}/licences/endings",
                i =>
                    Of(
                        i,
                        party => new EndLicence(
                            party,
                            i.Fields.Word<LicenceKind>(i.Body.Kind, "kind"),
                            i.Fields.Needed(i.Body.Number, "number", 60),
                            i.Fields.Needed(i.Body.Reason, "reason", 500)
                        ),
                        i.Body.OccurredAt
                    )
            )
            .Describe<EndLicence>("End a licence", Examples.LicenceEnd, "party-not-found", "wrong-state");
        parties
            .MapGet("/{ref}", OneAsync)
            .Describe("One party: its roles and licences as they stand", null)
            .Produces<PartyView>()
            .Produces<ProblemBody>(404, Problems.MediaType)
            .Produces<ProblemBody>(422, Problems.MediaType);
    }

    static Plan Register(Incoming<PartyBody> i)
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
        var registering = new RegisterParty(
            reference,
            kind,
            uscc,
            f.Text(b.Name, "name"),
            f.Division(b.Region, "region"),
            named
        );
        return Plan.At(Location(reference), reference, registering) with { OccurredAt = b.OccurredAt };
    }

    static Plan Confirm(Incoming<ConfirmationBody> i)
    {
        var (b, f) = (i.Body, i.Fields);
        return Of(
            i,
            party => new ConfirmIdentity(
                party,
                f.Word<ConfirmationMethod>(b.Method, "method"),
                f.Hash(b.Evidence, "evidence"),
                f.Texts(b.Overrides, "overrides")
            ),
            b.OccurredAt
        );
    }

    /// <summary>A market that names its own word may leave its code out.</summary>
    static Plan Name(Incoming<PartyNameBody> i)
    {
        var (b, f) = (i.Body, i.Fields);
        var within = MarketCode.IsWellFormed(i.By.Site) ? i.By.Site : "";
        var word = PartyPath.Person(b.Word, f, "word", within) ?? new(within, "");
        if (Uscc.Read(word.Reference) is not null)
            f.Add(new Refusal("name-of-another-party").At("word"));
        return Of(
            i,
            party => new NameParty(
                party,
                word,
                PartyCommand.StreamOf($"{word}", i.Handles),
                word.Scope,
                f.Hash(b.Evidence, "evidence")
            ),
            b.OccurredAt
        );
    }

    static Plan Grant(Incoming<RoleBody> i)
    {
        var (b, f) = (i.Body, i.Fields);
        return Of(
            i,
            party => new GrantRole(
                party,
                f.Role(b.Role, "role"),
                f.Hash(b.Basis, "basis"),
                f.Day(b.ValidFrom, "validFrom"),
                f.Day(b.ValidTo, "validTo")
            ),
            b.OccurredAt
        );
    }

    static Plan Record(Incoming<PartyLicenceBody> i)
    {
        var (b, f) = (i.Body, i.Fields);
        return Of(
            i,
            party => new RecordLicence(
                party,
                f.Word<LicenceKind>(b.Kind, "kind"),
                f.Needed(b.Number, "number", 60),
                Issuer(f.Needed(b.Issuer, "issuer")),
                f.Text(b.Scope, "scope"),
                f.Day(b.ValidFrom, "validFrom"),
                f.Day(b.ValidTo, "validTo")
            ),
            b.OccurredAt
        );
    }

    /// <summary>A code in its own letters; a name as it was given.</summary>
    static string Issuer(string said) => Uscc.HasShape(said.ToUpperInvariant()) ? said.ToUpperInvariant() : said;

    static Plan Of<T>(Incoming<T> i, Func<string, PartyCommand> command, string? at)
        where T : class
    {
        var party = PartyPath.Of(i.Http, i.Fields);
        return Plan.At(Location(party), party, command(party)) with { OccurredAt = at };
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
        var stream = PartyCommand.StreamOf(reference, node.Database.Handles);
        if (await node.Reader.FoldAsync(stream, PartyOnRoll.Fold, http.RequestAborted) is not { } party)
        {
            await Problems.WriteAsync(http, Refusal.Of("party-not-found", ("value", Bounds.Short(reference))));
            return;
        }
        var names = await new ClearTexts(node.Database).OfPartiesAsync(
            party.Names.Select(n => n.Party),
            http.RequestAborted
        );
        var view = View(reference, party, names, ShanghaiDay.Of(node.Pipeline.Now));
        await CommandEndpoint.ShowAsync(http, view, party.Version);
    }

    static PartyView View(string reference, PartyOnRoll p, ClearText names, DateOnly today) =>
        new(
            reference,
            WireWords.Of(p.Registered.Kind ?? PartyNature.Organisation),
            p.Registered.Name,
            p.Registered.Region,
            Divisions.Find(p.Registered.Region)?.Name,
            p.Confirmed is null ? "registered" : "confirmed",
            [.. p.Names.Select(n => names.Of(n.Party)).OfType<string>()],
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
