using System.Collections.Immutable;
using Ledger.Kernel;
using Ledger.Kernel.Identifiers;
using Ledger.Rules;

namespace Ledger.Parties;

/// <summary>Registers parties, confirms who they are, grants roles and records licences, each for its term.</summary>
public static class PartyDecider
{
    public static CommandKind Commands { get; } =
        CommandKind.Of<PartyCommand>(
            (c, _, s) =>
                [
                    Need.Of(PartyCommand.StreamOf(c.Party, s.Ids)),
                    .. Named(c).Select(Need.Of),
                    .. RoleGrants.NamesRegulator(c, s.By)
                        ? [Need.Of(PartyStreams.RollOf(s.Ids))]
                        : ImmutableArray<Need>.Empty,
                ],
            Decide
        );

    static ImmutableArray<StreamDecision> Decide(PartyCommand c, StreamsRead read, Situation s)
    {
        var stream = PartyCommand.StreamOf(c.Party, s.Ids);
        var roll = PartyStreams.RollOf(s.Ids);
        var namesFirst = RoleGrants.NamesRegulator(c, s.By) && read.Version(roll) == 0;
        var decision = RoleGrants.Refuses(c, s.By, namesFirst) is { } forbidden
            ? Decision.Refuse(forbidden)
            : Decide(c, stream, read.State(stream, PartyOnRoll.Fold), s);
        var decided = new StreamDecision(stream, PartyStreams.Party, decision);
        return namesFirst && !decision.IsRefused
            ? [decided, new(roll, PartyStreams.Roll, Decision.Record(new FirstRegulatorNamed(c.Party)))]
            : [decided];
    }

    /// <param name="stream">Of the party.</param>
    static Decision Decide(PartyCommand c, Guid stream, PartyOnRoll? party, Situation s) =>
        (c, party) switch
        {
            (RegisterParty, not null) => Decision.Refuse(Refusal.Of("party-exists", ("value", Bounds.Short(c.Party)))),
            (RegisterParty r, null) => Register(new(r.Kind, r.Uscc, r.Name, r.Region, r.Person), s),
            (_, null) => Decision.Refuse(Refusal.Of("party-not-found", ("value", Bounds.Short(c.Party)))),
            (ConfirmIdentity x, _) => Confirm(new(x.Method, x.Evidence, x.Overrides), party),
            (NameParty n, _) => Name(n, stream, party, s),
            (GrantRole g, _) => Grant(new(g.Role, g.Basis, g.ValidFrom, g.ValidTo), g.Party, party, s),
            (EndRole r, _) => party.Roles.Any(t => t.Granted.Role == r.Role && t.Term.Holds(s.LawDay))
                ? Decision.Record(new PartyRoleEnded(r.Role, r.Reason))
                : Decision.Refuse(new Refusal("wrong-state") { CurrentState = "not-held" }),
            (RecordLicence l, _) => Record(l, stream, party, s),
            (EndLicence l, _) => End(l, stream, party, s),
            _ => throw new UnknownCommandException(c),
        };

    /// <summary>Which reservations the decision reads. An issuer of the country is named by its code, and then it must
    /// be known; others are named by their name alone.</summary>
    static ImmutableArray<ReservationKey> Named(PartyCommand c) =>
        c switch
        {
            RecordLicence l => Uscc.HasShape(l.Issuer)
                ? [LicenceTerms.Row(l.Kind, l.Number), IssuerTerm.Row(l.Issuer)]
                : [LicenceTerms.Row(l.Kind, l.Number)],
            EndLicence l => [LicenceTerms.Row(l.Kind, l.Number)],
            NameParty { Word.Subject: { } word } => [NameOf(word)],
            _ => [],
        };

    static Decision Register(PartyRegistered e, Situation s)
    {
        // An organisation's address is its code, whatever the law of that day asked of one; a person has none.
        if (e.Kind is PartyNature.Person != e.Uscc is null || e.Uscc is { } code && !Uscc.HasShape(code))
            return Decision.Refuse(Refusal.Of("uscc-malformed", ("value", Bounds.Short(e.Uscc ?? ""))).At("uscc"));
        var facts = Inputs.None.And("uscc", e.Uscc);
        var judged = s.Rules.Judge(Trigger.RegisterParty, "", s.Jurisdiction, s.LawDay, facts);
        return Decision
            .Record(e)
            .WithVerdicts(judged with { Refusals = [.. judged.Refusals.Select(r => r.At("uscc"))] });
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

    /// <summary>Which party a word stands for: the stream of that party.</summary>
    internal static ReservationKey NameOf(Guid word) => new("name", $"{word}");

    /// <summary>A market says what its own words mean; a person has one word.</summary>
    static Decision Name(NameParty c, Guid stream, PartyOnRoll party, Situation s)
    {
        if (party.Registered.Kind is PartyNature.Person)
            return Decision.Refuse(Refusal.Of("uscc-malformed", ("value", Bounds.Short(c.Party))).At("ref"));
        if (s.By.Is(Roles.Clk) && s.By.Site != c.Market)
            return Decision.Refuse(Refusal.Of("not-of-this-market", ("market", c.Market)));
        // A code is nobody's word: it says itself whose it is.
        if (c.Word.Scope == PartyRef.Organisations)
            return Decision.Refuse(new Refusal("name-of-another-party").At("word"));
        if (c.Evidence is null)
            return Decision.Refuse(new Refusal("evidence-missing").At("evidence"));
        var row = NameOf(c.Word.Subject!.Value);
        return s.ReservationOf(row) switch
        {
            null => Decision
                .Record(new PartyNamed(c.Word, c.File, c.Evidence))
                .Taking(new ReservationChange(row, null, $"{stream}")),
            var holder when holder == $"{stream}" => Decision.Record(),
            _ => Decision.Refuse(new Refusal("name-of-another-party").At("word")),
        };
    }

    static Decision Grant(PartyRoleGranted e, string reference, PartyOnRoll party, Situation s)
    {
        if (e.Basis is null)
            return Decision.Refuse(new Refusal("role-basis-missing").At("basis"));
        if (s.By.Actor == reference)
            return Decision.Refuse(new Refusal("self-grant"));
        if (RoleGrants.Refuses(e.Role, party.Registered.Kind) is { } misplaced)
            return Decision.Refuse(misplaced);
        var term = new Term(e.ValidFrom, e.ValidTo);
        if (term.Backwards is { } backwards)
            return Decision.Refuse(backwards);
        return party.Roles.Any(t => t.Granted.Role == e.Role && t.EndedOn is null && t.Term.Meets(term))
            ? Decision.Refuse(new Refusal("wrong-state") { CurrentState = "held" })
            : Decision.Record(e);
    }

    static Decision Record(RecordLicence c, Guid stream, PartyOnRoll party, Situation s)
    {
        var e = new LicenceRecorded(c.Kind, c.Number, c.Issuer, c.Scope, c.ValidFrom, c.ValidTo);
        var term = new Term(e.ValidFrom, e.ValidTo);
        if (term.Backwards is { } backwards)
            return Decision.Refuse(backwards);
        if (
            Named(c)
                .Where(IssuerTerm.Is)
                .Any(key => IssuerTerm.Read(s.ReservationOf(key))?.Issues(IssuerPurpose.Licence, s.LawDay) is not true)
        )
            return Decision.Refuse(Refusal.Of("issuer-not-found", ("value", e.Issuer)).At("issuer"));
        var row = LicenceTerms.Row(c.Kind, c.Number);
        var terms = LicenceTerms.Read(s.ReservationOf(row));
        var mine = party.Licences.Where(l => l.Is(e.Kind, e.Number)).ToArray();
        if (mine.Any(l => l.Term.Meets(term)) || terms is not null && terms.Holder != stream)
            return Decision.Refuse(Refusal.Of("licence-overlap", ("value", e.Number)).At("number"));
        return Decision
            .Record(e)
            .Taking(
                new ReservationChange(row, s.ReservationOf(row), LicenceTerms.Text(stream, [.. mine, new(e, null)]))
            );
    }

    static Decision End(EndLicence c, Guid stream, PartyOnRoll party, Situation s)
    {
        var mine = party.Licences.Where(l => l.Is(c.Kind, c.Number)).ToArray();
        if (!mine.Any(l => l.EndedOn is null && (l.Term.To is not { } last || last >= s.LawDay)))
            return Decision.Refuse(
                new Refusal("wrong-state") { CurrentState = mine.Length == 0 ? "unknown" : "ended" }
            );
        var row = LicenceTerms.Row(c.Kind, c.Number);
        var ended = mine.Select(l => l.EndedOn is null ? l with { EndedOn = s.LawDay } : l);
        return Decision
            .Record(new LicenceEnded(c.Kind, c.Number, c.Reason))
            .Taking(new ReservationChange(row, s.ReservationOf(row), LicenceTerms.Text(stream, ended)));
    }
}
