using Ledger.Kernel;

namespace Ledger.Parties;

/// <summary>Whether whoever acts has his role today: authorities, lenders and exporters are on the roll, where it was
/// granted; anybody else is taken at his word until accounts exist, unless the roll has ended it.</summary>
static class ActingRole
{
    /// <summary>What must be read to know.</summary>
    public static IEnumerable<Need> Needs(Acting by, Situation s) =>
        new[] { by, by.Second }
            .OfType<Acting>()
            .Where(IsAsked)
            .Select(each => Need.Of(PartyCommand.StreamOf(each.Actor, s.Ids)));

    /// <summary>Why he may not act in it; null: he may. The day is that of recording: an act of last year is recorded
    /// by those who may today.</summary>
    public static Refusal? Refuses(Acting by, StreamsRead read, Situation s)
    {
        if (!IsAsked(by))
            return null;
        var today = ShanghaiDay.Of(s.Now);
        var party = read.State(PartyCommand.StreamOf(by.Actor, s.Ids), PartyOnRoll.Fold);
        var terms = party?.Roles.Where(r => r.Granted.Role == by.Role).ToArray() ?? [];
        return terms.Any(t => t.Term.Holds(today)) || terms.Length == 0 && !by.Is(Roles.Granted)
            ? null
            : Refusal.Of("role-not-held", ("role", by.Role), ("actor", Bounds.Short(by.Actor)), ("day", today));
    }

    /// <summary>As which parties he acts.</summary>
    /// <param name="known">Those whom the vault knows by what he is called.</param>
    public static ActingParty Self(Acting? by, IEnumerable<PartyRef> known, StreamsRead read, Situation s)
    {
        if (by is null || !IsAsked(by))
            return ActingParty.Nobody;
        var stream = PartyCommand.StreamOf(by.Actor, s.Ids);
        var party = read.Has(stream) ? read.State(stream, PartyOnRoll.Fold) : null;
        var named = party?.Names ?? [];
        return new(
            [.. known, .. named.Select(n => n.Party).OfType<PartyRef>()],
            [stream, .. named.Select(n => n.File).OfType<Guid>()]
        )
        {
            Held = party?.Held(ShanghaiDay.Of(s.Now)) ?? Roles.None,
        };
    }

    /// <summary>Nobody stands on the roll but under the code of an organisation or a market's word for a person;
    /// whoever runs the installation is not on it.</summary>
    static bool IsAsked(Acting by) => !by.Is(Roles.Adm | Roles.Sys) && (by.Is(Roles.Granted) || by.Party is not null);
}
