using System.Collections.Immutable;
using Ledger.Kernel;

namespace Ledger.Markets;

/// <summary>What somebody wants recorded of a market or registration station; it happens at that place.</summary>
/// <param name="Code">Of the market or station: its natural identity.</param>
public abstract record SiteCommand(string Code) : LedgerCommand
{
    public override ActPlace PlaceOf(Acting by) => new(Code, SiteCode.FindDivision(Code));
}

/// <summary>The closed union of what can be asked of a market.</summary>
public abstract record MarketCommand(string Code) : SiteCommand(Code)
{
    /// <summary>The stream of a market: its code under the key, so that every node names it alike.</summary>
    public static Guid StreamOf(string code, Handles handles) => handles.EntityId("market", "market", code);
}

/// <summary>The closed union of what can be asked of a registration station (登记服务站).</summary>
public abstract record StationCommand(string Code) : SiteCommand(Code)
{
    /// <summary>The stream of a station: its code under the key, so that every node names it alike.</summary>
    public static Guid StreamOf(string code, Handles handles) => handles.EntityId("station", "station", code);
}

/// <summary>Asks to open a market; refused where its code is taken.</summary>
/// <param name="OperatorUscc">Unified social credit code of whoever runs it.</param>
/// <param name="Categories">Codes of the goods that are traded there.</param>
public sealed record OpenMarket(
    string Code,
    string? Name = null,
    string? OperatorUscc = null,
    ImmutableArray<string>? Categories = null,
    MarketMode? Mode = null,
    string? FilingNo = null
) : MarketCommand(Code)
{
    /// <summary>What else another register says of it.</summary>
    public ExtraFields? Facts { get; init; }

    /// <summary>As another register reports it.</summary>
    public static OpenMarket Observed(string code, MarketOpened said) =>
        new(code, said.Name, said.OperatorUscc, said.Categories, said.Mode, said.FilingNo) { Facts = said.Facts };
}

/// <summary>Asks to suspend a market: nothing is listed there until it is reinstated.</summary>
/// <param name="Basis">Hash of the order.</param>
public sealed record SuspendMarket(string Code, string Reason, string? Basis = null) : MarketCommand(Code);

/// <summary>Asks to end the suspension of a market.</summary>
/// <param name="Basis">Hash of the order.</param>
public sealed record ReinstateMarket(string Code, string Reason, string? Basis = null) : MarketCommand(Code);

/// <summary>Asks that an entry of a market needs a reason after so many hours.</summary>
public sealed record SetLateEntryHours(string Code, int Hours) : MarketCommand(Code);

/// <summary>Asks to close a market for ever; refused while deals go on there.</summary>
/// <param name="LiveDeals">Deals that go on there: it is not closed over them.</param>
/// <param name="Basis">Hash of the order.</param>
public sealed record CloseMarket(string Code, string Reason, string? Basis, int LiveDeals) : MarketCommand(Code);

/// <summary>Asks to authorise a registration station for a term; a later authorisation replaces the one
/// before.</summary>
/// <param name="ValidTo">Last Shanghai day; null: no end is set.</param>
public sealed record AuthoriseStation(
    string Code,
    string Name,
    string Authority,
    ImmutableArray<string>? Services,
    DateOnly? ValidFrom,
    DateOnly? ValidTo
) : StationCommand(Code);

/// <summary>Asks to suspend a station: it takes no papers and transfers no vehicle until it is authorised
/// again.</summary>
/// <param name="Basis">Hash of the order.</param>
public sealed record SuspendStation(string Code, string Reason, string? Basis = null) : StationCommand(Code);

/// <summary>Somebody stands at a desk of a market, or no more.</summary>
/// <param name="Roll">The stream of the person, where its roles stand.</param>
public abstract record StaffCommand(string Code, PartyRef Person, Guid Roll, string Desk) : SiteCommand(Code);

/// <summary>Asks to record that a person stands at a desk; refused where one of the roles was ended on the
/// roll.</summary>
/// <param name="Roles">Codes of domain.md §1.</param>
public sealed record AssignStaff(string Code, PartyRef Person, Guid Roll, string Desk, ImmutableArray<string> Roles)
    : StaffCommand(Code, Person, Roll, Desk)
{
    public override LedgerCommand WithParties(Func<PartyRef, PartyRef> map) => this with { Person = map(Person) };
}

/// <summary>Asks to record that a person no longer stands at a desk.</summary>
public sealed record RemoveStaff(string Code, PartyRef Person, Guid Roll, string Desk, string Reason)
    : StaffCommand(Code, Person, Roll, Desk)
{
    public override LedgerCommand WithParties(Func<PartyRef, PartyRef> map) => this with { Person = map(Person) };
}
