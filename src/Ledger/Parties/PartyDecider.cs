using System.Collections.Immutable;
using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Kernel.Identifiers;
using Ledger.Rules;

namespace Ledger.Parties;

/// <summary>Registers parties, confirms who they are, grants roles and records licences, each for its term.</summary>
public static class PartyDecider
{
    /// <param name="reference">What the party is called: its code, or its market's word.</param>
    /// <param name="stream">Of the party.</param>
    public static Decision Decide(LedgerEvent e, string reference, Guid stream, PartyOnRoll? party, Situation s) =>
        (e, party) switch
        {
            _ when Occurrence.Ahead(s.OccurredAt, s.Now) is { } ahead => Decision.Refuse(ahead),
            (PartyRegistered, not null) => Decision.Refuse(
                Refusal.Of("party-exists", ("value", Bounds.Short(reference)))
            ),
            (PartyRegistered registered, null) => Register(registered, s),
            (_, null) => Decision.Refuse(Refusal.Of("party-unknown", ("value", Bounds.Short(reference)))),
            (PartyIdentityConfirmed c, _) => Confirm(c, party),
            (PartyRoleGranted g, _) => Grant(g, reference, party, s),
            (PartyRoleEnded r, _) => party.Roles.Any(t => t.Granted.Role == r.Role && t.Term.Holds(s.LawDay))
                ? Decision.Record(r)
                : Decision.Refuse(new Refusal("wrong-state") { CurrentState = "not-held" }),
            (LicenceRecorded l, _) => Record(l, stream, party, s),
            (LicenceEnded l, _) => End(l, stream, party, s),
            _ => throw new ArgumentException($"{e.GetType().Name} is no act on a party.", nameof(e)),
        };

    /// <summary>Which guard rows the decision reads. An issuer of the country is named by its code, and then it must be
    /// known; others are named by their name alone.</summary>
    public static ImmutableArray<GuardKey> Named(LedgerEvent e) =>
        e switch
        {
            LicenceRecorded { Kind: { } kind, Number: { } number } l => Uscc.HasShape(l.Issuer ?? "")
                ? [LicenceTerms.Row(kind, number), IssuerTerm.Row(l.Issuer!)]
                : [LicenceTerms.Row(kind, number)],
            LicenceEnded { Kind: { } kind, Number: { } number } => [LicenceTerms.Row(kind, number)],
            _ => [],
        };

    static Decision Register(PartyRegistered e, Situation s)
    {
        // An organisation's address is its code, whatever the law of that day asked of one; a person has none.
        if (e.Kind is PartyNature.Person != e.Uscc is null || e.Uscc is { } code && !Uscc.HasShape(code))
            return Decision.Refuse(Refusal.Of("uscc-malformed", ("value", Bounds.Short(e.Uscc ?? ""))).At("uscc"));
        var facts = Inputs.None.And("uscc", e.Uscc);
        var judged = s.Rules.Judge(Trigger.RegisterParty, "", s.Jurisdiction, s.LawDay, facts);
        return Decision.Record(e).Judged(judged with { Refusals = [.. judged.Refusals.Select(r => r.At("uscc"))] });
    }

    /// <summary>What is overridden must be a warning that was given, of a rule that allows it.</summary>
    static Decision Confirm(PartyIdentityConfirmed e, PartyOnRoll party)
    {
        if (e.Evidence is null)
            return Decision.Refuse(new Refusal("evidence-missing").At("evidence"));
        var open = party.Doubts.Where(id => RuleSet.Current.Rules.Any(r => r.Id == id && r.Overridable)).ToArray();
        var wrong = (e.Overrides ?? []).Except(open).FirstOrDefault();
        return wrong is null
            ? Decision.Record(e)
            : Decision.Refuse(
                Refusal
                    .Of(
                        "value-malformed",
                        ("name", "overrides"),
                        ("value", Bounds.Short(wrong)),
                        ("expected", open.Length == 0 ? "–" : string.Join(", ", open))
                    )
                    .At("overrides")
            );
    }

    static Decision Grant(PartyRoleGranted e, string reference, PartyOnRoll party, Situation s)
    {
        if (e.Basis is null)
            return Decision.Refuse(new Refusal("role-basis-missing").At("basis"));
        if (s.Actor == reference)
            return Decision.Refuse(new Refusal("self-grant"));
        var term = new Term(e.ValidFrom, e.ValidTo);
        if (term.Backwards is { } backwards)
            return Decision.Refuse(backwards);
        return party.Roles.Any(t => t.Granted.Role == e.Role && t.EndedOn is null && t.Term.Meets(term))
            ? Decision.Refuse(new Refusal("wrong-state") { CurrentState = "held" })
            : Decision.Record(e);
    }

    static Decision Record(LicenceRecorded e, Guid stream, PartyOnRoll party, Situation s)
    {
        var term = new Term(e.ValidFrom, e.ValidTo);
        if (term.Backwards is { } backwards)
            return Decision.Refuse(backwards);
        var issuers = Named(e).Where(IssuerTerm.Is).Select(key => GuardChange.Read(key, s.Guard(key))).ToList();
        if (issuers.Any(i => IssuerTerm.Read(i.Expected)?.Issues(IssuerPurpose.Licence, s.LawDay) is not true))
            return Decision.Refuse(Refusal.Of("issuer-unknown", ("value", e.Issuer)).At("issuer"));
        var row = LicenceTerms.Row(e.Kind!.Value, e.Number!);
        var terms = LicenceTerms.Read(s.Guard(row));
        var mine = party.Licences.Where(l => l.Is(e.Kind, e.Number)).ToArray();
        if (mine.Any(l => l.Term.Meets(term)) || terms is not null && terms.Holder != stream)
            return Decision.Refuse(Refusal.Of("licence-overlap", ("value", e.Number)).At("number"));
        return Decision
            .Record(e)
            .Taking([
                new GuardChange(row, s.Guard(row), LicenceTerms.Text(stream, [.. mine, new(e, null)])),
                .. issuers,
            ]);
    }

    static Decision End(LicenceEnded e, Guid stream, PartyOnRoll party, Situation s)
    {
        var mine = party.Licences.Where(l => l.Is(e.Kind, e.Number)).ToArray();
        if (!mine.Any(l => l.EndedOn is null && (l.Term.To is not { } last || last >= s.LawDay)))
            return Decision.Refuse(
                new Refusal("wrong-state") { CurrentState = mine.Length == 0 ? "unknown" : "ended" }
            );
        var row = LicenceTerms.Row(e.Kind!.Value, e.Number!);
        var ended = mine.Select(l => l.EndedOn is null ? l with { EndedOn = s.LawDay } : l);
        return Decision.Record(e).Taking(new GuardChange(row, s.Guard(row), LicenceTerms.Text(stream, ended)));
    }
}
