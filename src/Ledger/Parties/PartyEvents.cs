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

/// <summary>A market's word was compared with the organisation that it stands for: what was recorded under the word
/// is the organisation's to answer.</summary>
/// <param name="Party">The market's word.</param>
/// <param name="File">The stream of the word on the roll.</param>
/// <param name="Evidence">Hash of what was compared.</param>
public sealed record PartyNamed(PartyRef? Party, Guid? File, string? Evidence) : LedgerEvent
{
    public override LedgerEvent WithParties(Func<PartyRef, PartyRef> map) =>
        this with
        {
            Party = PartyRef.Map(Party, map),
        };
}

/// <summary>The operator or the regulator granted the party a role: it holds it on the days of the term.</summary>
/// <param name="Role">Code of domain.md §1, e.g. <c>APR</c>.</param>
/// <param name="Basis">Hash of the paper that it rests on.</param>
/// <param name="ValidTo">Last day; null: until it is ended.</param>
public sealed record PartyRoleGranted(
    string? Role,
    string? Basis = null,
    DateOnly? ValidFrom = null,
    DateOnly? ValidTo = null
) : LedgerEvent;

/// <summary>The operator or the regulator ended a role of the party: from this day on it is not held.</summary>
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

/// <summary>The operator put the first regulator on the roll: from now on authorities are granted by regulators
/// alone.</summary>
/// <param name="Uscc">Unified social credit code of the state body.</param>
public sealed record FirstRegulatorNamed(string? Uscc) : LedgerEvent;

/// <summary>What a party is: an organisation, a natural person or a state body.</summary>
public enum PartyNature
{
    Organisation,
    Person,
    StateBody,
}

/// <summary>What a party was compared with: a public register, papers, or its electronic signature.</summary>
public enum ConfirmationMethod
{
    Registry,
    Document,
    ESignature,
}

/// <summary>Kind of licence that another body gives a party.</summary>
public enum LicenceKind
{
    /// <summary>Filing of a recycler (回收备案).</summary>
    RecyclerFiling,

    /// <summary>Qualification to scrap vehicles (报废回收资质).</summary>
    ScrapQualification,

    /// <summary>Permit for hazardous waste (危险废物许可).</summary>
    HazardousWaste,

    /// <summary>Of an inspector or a laboratory.</summary>
    Accreditation,
    Appraiser,
    MarketFiling,
}

/// <summary>Catalogue lines of parties, their roles and licences; <see cref="EventCatalog"/> gathers them.</summary>
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
        EventLine.Of<PartyNamed>("party-named", PartyStreams.Party, "主体代称确认", "Word of a party confirmed"),
        EventLine.Of<PartyRoleGranted>("party-role-granted", PartyStreams.Party, "授予角色", "Role granted"),
        EventLine.Of<PartyRoleEnded>("party-role-ended", PartyStreams.Party, "终止角色", "Role ended"),
        EventLine.Of<FirstRegulatorNamed>(
            "first-regulator-named",
            PartyStreams.Roll,
            "指定首个监管部门",
            "First regulator named"
        ),
        EventLine.Of<LicenceRecorded>("licence-recorded", PartyStreams.Party, "许可登记", "Licence recorded"),
        EventLine.Of<LicenceEnded>("licence-ended", PartyStreams.Party, "许可终止", "Licence ended"),
    ];
}
