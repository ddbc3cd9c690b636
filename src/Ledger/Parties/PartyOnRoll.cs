using System.Collections.Immutable;
using Ledger.Kernel;

namespace Ledger.Parties;

/// <summary>A role for a term, or until it was ended.</summary>
/// <param name="EndedOn">First day on which it is held no more; null: it was not ended.</param>
public sealed record RoleTerm(PartyRoleGranted Granted, DateOnly? EndedOn)
{
    public Term Term => new Term(Granted.ValidFrom, Granted.ValidTo).Until(EndedOn);
}

/// <summary>A licence for a term, or until it was ended.</summary>
/// <param name="EndedOn">First day on which it allows nothing; null: it was not ended.</param>
public sealed record Licence(LicenceRecorded Recorded, DateOnly? EndedOn)
{
    public bool Is(LicenceKind? kind, string? number) => Recorded.Kind == kind && Recorded.Number == number;

    /// <summary>The days on which it allows what it says.</summary>
    public Term Term => new Term(Recorded.ValidFrom, Recorded.ValidTo).Until(EndedOn);
}

/// <summary>A party as its stream tells it: who it is, what it may do, and until when. Its credit file is folded from
/// the same stream apart.</summary>
public sealed record PartyOnRoll(
    PartyRegistered Registered,
    ImmutableArray<string> Doubts,
    PartyIdentityConfirmed? Confirmed,
    ImmutableArray<RoleTerm> Roles,
    ImmutableArray<Licence> Licences,
    ImmutableArray<PartyNamed> Names,
    long Version
)
{
    public static PartyOnRoll? Fold(IEnumerable<StoredEvent> history)
    {
        PartyOnRoll? party = null;
        foreach (var e in history)
            party =
                e.Event is PartyRegistered registered ? new(registered, Warned(e), null, [], [], [], e.Version)
                : party is null ? null
                : Next(party, e) with { Version = e.Version };
        return party;
    }

    /// <summary>Rules that warned of it when it was registered, and that nobody has answered.</summary>
    public IEnumerable<string> OpenDoubts =>
        Doubts.Except(Confirmed?.Overrides is { IsDefault: false } answered ? answered : []);

    /// <summary>Whether it holds one of these roles on a day.</summary>
    public bool Holds(Roles roles, DateOnly day) =>
        Roles.Any(t => t.Term.Holds(day) && RoleTable.IsOneOf(t.Granted.Role, roles));

    /// <summary>All roles that it holds on a day.</summary>
    public Roles Held(DateOnly day) =>
        Roles
            .Where(t => t.Term.Holds(day))
            .Aggregate(Kernel.Roles.None, (all, t) => all | RoleTable.Find(t.Granted.Role ?? "")?.Role ?? all);

    static PartyOnRoll Next(PartyOnRoll party, StoredEvent e)
    {
        var day = e.Envelope.When.Day;
        return e.Event switch
        {
            PartyIdentityConfirmed confirmed => party with { Confirmed = confirmed },
            PartyRoleGranted granted => party with { Roles = party.Roles.Add(new(granted, null)) },
            PartyRoleEnded ended => party with
            {
                Roles =
                [
                    .. party.Roles.Select(r =>
                        r.Granted.Role == ended.Role && r.EndedOn is null ? r with { EndedOn = day } : r
                    ),
                ],
            },
            PartyNamed named => party with { Names = party.Names.Add(named) },
            LicenceRecorded recorded => party with { Licences = party.Licences.Add(new(recorded, null)) },
            LicenceEnded ended => party with
            {
                Licences =
                [
                    .. party.Licences.Select(l =>
                        l.Is(ended.Kind, ended.Number) && l.EndedOn is null ? l with { EndedOn = day } : l
                    ),
                ],
            },
            _ => party,
        };
    }

    static ImmutableArray<string> Warned(StoredEvent e) =>
        e.Envelope.Verdicts.IsDefault
            ? []
            : [.. e.Envelope.Verdicts.Where(v => v.Result is Rules.Result.Hit).Select(v => v.RuleId)];
}
