using System.Collections.Immutable;
using Ledger.Kernel;

namespace Ledger.Parties;

/// <summary>A party enters the roll (domain.md §4.1). Of a person nothing is kept but the market's word for it; names
/// and numbers of persons wait for the accounts that can erase them.</summary>
/// <param name="Party">A person, by its market's word; null: known by its code.</param>
/// <param name="Uscc">Unified social credit code of an organisation or state body.</param>
/// <param name="Name">Of an organisation or state body.</param>
/// <param name="Region">Division, six digits.</param>
public sealed record PartyRegistered(
    PartyNature? Kind,
    string? Uscc = null,
    string? Name = null,
    string? Region = null,
    PartyRef? Party = null
) : LedgerEvent
{
    public override LedgerEvent WithParties(Func<PartyRef, PartyRef> map) =>
        this with
        {
            Party = PartyRef.Map(Party, map),
        };
}

/// <summary>Somebody compared the party with its register or papers.</summary>
/// <param name="Evidence">Hash of what was compared.</param>
/// <param name="Overrides">Rules whose warning this answers, by id: only those that may be overridden.</param>
public sealed record PartyIdentityConfirmed(
    ConfirmationMethod? Method,
    string? Evidence = null,
    ImmutableArray<string>? Overrides = null
) : LedgerEvent;

/// <param name="Role">Code of domain.md §1, e.g. <c>APR</c>.</param>
/// <param name="Basis">Hash of the paper that it rests on.</param>
/// <param name="ValidTo">Last day; null: until it is ended.</param>
public sealed record PartyRoleGranted(
    string? Role,
    string? Basis = null,
    DateOnly? ValidFrom = null,
    DateOnly? ValidTo = null
) : LedgerEvent;

public sealed record PartyRoleEnded(string? Role, string? Reason = null) : LedgerEvent;

/// <summary>A permit that another body gave the party, for a term.</summary>
/// <param name="Issuer">The body that gave it.</param>
/// <param name="Scope">What it allows.</param>
/// <param name="ValidTo">Last day.</param>
public sealed record LicenceRecorded(
    LicenceKind? Kind,
    string? Number,
    string? Issuer = null,
    string? Scope = null,
    DateOnly? ValidFrom = null,
    DateOnly? ValidTo = null
) : LedgerEvent;

/// <summary>Withdrawn or given back: from this day on it allows nothing.</summary>
public sealed record LicenceEnded(LicenceKind? Kind, string? Number, string? Reason = null) : LedgerEvent;

public enum PartyNature
{
    Organisation,
    Person,
    StateBody,
}

public enum ConfirmationMethod
{
    Registry,
    Document,
    ESignature,
}

public enum LicenceKind
{
    RecyclerFiling,
    ScrapQualification,
    HazardousWaste,
    Accreditation,
    Appraiser,
    MarketFiling,
}

public static class PartyEvents
{
    public static ImmutableArray<EventLine> All { get; } =
    [
        EventLine.Of<PartyRegistered>("party-registered", PartyStreams.Party, "主体登记", "Party registered"),
        EventLine.Of<PartyIdentityConfirmed>(
            "party-identity-confirmed",
            PartyStreams.Party,
            "主体身份核验",
            "Identity confirmed"
        ),
        EventLine.Of<PartyRoleGranted>("party-role-granted", PartyStreams.Party, "授予角色", "Role granted"),
        EventLine.Of<PartyRoleEnded>("party-role-ended", PartyStreams.Party, "终止角色", "Role ended"),
        EventLine.Of<LicenceRecorded>("licence-recorded", PartyStreams.Party, "许可登记", "Licence recorded"),
        EventLine.Of<LicenceEnded>("licence-ended", PartyStreams.Party, "许可终止", "Licence ended"),
    ];
}
