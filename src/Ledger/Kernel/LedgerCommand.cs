using System.Collections.Immutable;
using Ledger.Kernel.Identifiers;

namespace Ledger.Kernel;

/// <summary>Something that somebody wants recorded. Each module has a closed union of its own; ids and times are
/// arguments: deciders make none.</summary>
public abstract record LedgerCommand
{
    /// <summary>The same command with each of its parties mapped (see <see cref="LedgerEvent.WithParties"/>).</summary>
    public virtual LedgerCommand WithParties(Func<PartyRef, PartyRef> map) => this;

    /// <summary>Whether whoever gives it has looked again at what every rule warns of.</summary>
    public virtual bool IsConfirmed => false;

    /// <summary>Where it happens: at the site of whoever acts, unless it is about a place itself.</summary>
    public virtual ActPlace PlaceOf(Acting by) => new(by.Site, SiteCode.FindDivision(by.Site));

    /// <summary>Identifiers that it may bind; their text goes into the vault beside the event that binds
    /// them.</summary>
    public virtual ImmutableArray<Identifier> Texts => [];

    /// <summary>Numbers and words of it that only the vault may know.</summary>
    public virtual ImmutableArray<VaultText> Secrets => [];

    /// <summary>A secret that may be missing.</summary>
    protected static ImmutableArray<VaultText> Secret<T>(string name, string? value)
        where T : LedgerEvent => value is null ? [] : [new(name, value, typeof(T))];
}

/// <summary>A place as events tell it.</summary>
/// <param name="Site">Code of a market or station, or another place that the actor names.</param>
/// <param name="Region">Division, six digits.</param>
public sealed record ActPlace(string? Site, string? Region);

/// <summary>A text that goes into the vault with an event.</summary>
/// <param name="Name">Its name among the event's disclosures.</param>
/// <param name="With">The kind of event that it stands beside.</param>
public sealed record VaultText(string Name, string Value, Type With);

/// <summary>Who acts, as stated (contract.md §3).</summary>
/// <param name="Role">Code of domain.md §1.</param>
public sealed record Acting(string Actor, string Role, string? Site = null, string? SecondActor = null)
{
    /// <summary>Whether he acts in one of these roles.</summary>
    public bool Is(Roles roles) => RoleTable.IsOneOf(Role, roles);

    /// <summary>Whether he stands at a market's desk: only its clerks do, whoever else names it.</summary>
    public bool IsDeskOf(string? market) => market is not null && Is(Roles.Clk) && Site == market;

    /// <summary>The party that he is: an organisation by its code, a person by a market's word in full; null: his word
    /// is nobody's on the roll.</summary>
    public PartyRef? Party =>
        Uscc.HasShape(Actor) ? PartyRef.Organisation(Actor)
        : Actor.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash && MarketCode.IsWellFormed(Actor[..slash])
            ? PartyText.At(Actor, slash)
        : null;

    /// <summary>The second of two persons; null: he acts alone. Nobody is asked in which role a second one
    /// acts: what the roll says of him counts.</summary>
    public Acting? Second => SecondActor is { } second ? new(second, "") : null;

    public static Acting Local { get; } = new("local", "ADM");

    /// <summary>The ledger itself: by the calendar, or as a consequence.</summary>
    public static Acting System { get; } = new("system", "SYS");
}

/// <summary>A union has a command that its decider does not decide: a fault of the module.</summary>
public sealed class UnknownCommandException(LedgerCommand command)
    : InvalidOperationException($"No decision is made on {command.GetType().Name}.");
