using System.Collections.Immutable;
using Ledger.Kernel;

namespace Ledger.Parties;

/// <summary>The closed union of what can be recorded of a party on the roll.</summary>
/// <param name="Party">What it is called: an organisation's code, or the market's word for a person.</param>
public abstract record PartyCommand(string Party) : LedgerCommand
{
    /// <summary>The stream of a party: its reference under the key, so that it betrays none.</summary>
    public static Guid StreamOf(string party, Handles handles) => handles.EntityId("party", "party", party);
}

/// <summary>Asks to put a party on the roll; refused where it stands there already.</summary>
/// <param name="Uscc">Unified social credit code of an organisation or state body.</param>
/// <param name="Name">Of an organisation or state body.</param>
/// <param name="Region">Division, six digits.</param>
/// <param name="Person">A person, by its market's word; null: known by its code.</param>
public sealed record RegisterParty(
    string Party,
    PartyNature Kind,
    string? Uscc = null,
    string? Name = null,
    string? Region = null,
    PartyRef? Person = null
) : PartyCommand(Party)
{
    public override LedgerCommand WithParties(Func<PartyRef, PartyRef> map) =>
        this with
        {
            Person = PartyRef.Map(Person, map),
        };
}

/// <summary>Asks to record that somebody compared the party with its register or papers; evidence is needed.</summary>
/// <param name="Evidence">Hash of what was compared.</param>
/// <param name="Overrides">Rules whose warning this answers, by id.</param>
public sealed record ConfirmIdentity(
    string Party,
    ConfirmationMethod Method,
    string? Evidence = null,
    ImmutableArray<string>? Overrides = null
) : PartyCommand(Party);

/// <summary>Asks to record that a market's word stands for this organisation, by two persons who compared them; refused
/// where the word is another party's.</summary>
/// <param name="Word">The market's word, e.g. <c>MK-510100-0007/BANK-1</c>.</param>
/// <param name="File">The stream of the word on the roll.</param>
/// <param name="Market">Whose word it is.</param>
/// <param name="Evidence">Hash of what was compared.</param>
public sealed record NameParty(string Party, PartyRef Word, Guid File, string Market, string? Evidence = null)
    : PartyCommand(Party)
{
    public override LedgerCommand WithParties(Func<PartyRef, PartyRef> map) => this with { Word = map(Word) };
}

/// <summary>Asks to grant the party a role for a term; no party grants one to itself.</summary>
/// <param name="Role">Code of domain.md §1.</param>
/// <param name="Basis">Hash of the paper that it rests on.</param>
/// <param name="ValidTo">Last day; null: until it is ended.</param>
public sealed record GrantRole(
    string Party,
    string Role,
    string? Basis = null,
    DateOnly? ValidFrom = null,
    DateOnly? ValidTo = null
) : PartyCommand(Party);

/// <summary>Asks to end a role that the party holds.</summary>
public sealed record EndRole(string Party, string Role, string Reason) : PartyCommand(Party);

/// <summary>Asks to record a licence of the party; refused where its number is another party's, or terms
/// overlap.</summary>
/// <param name="Issuer">The body that gave it: its code, or its name.</param>
/// <param name="Scope">What it allows.</param>
/// <param name="ValidTo">Last day.</param>
public sealed record RecordLicence(
    string Party,
    LicenceKind Kind,
    string Number,
    string Issuer,
    string? Scope = null,
    DateOnly? ValidFrom = null,
    DateOnly? ValidTo = null
) : PartyCommand(Party);

/// <summary>Asks to end a licence before its term.</summary>
public sealed record EndLicence(string Party, LicenceKind Kind, string Number, string Reason) : PartyCommand(Party);

/// <summary>The closed union of what can be recorded of an issuer of credentials or licences.</summary>
/// <param name="Org">Its unified social credit code.</param>
public abstract record IssuerCommand(string Org) : LedgerCommand
{
    /// <summary>The stream of an issuer.</summary>
    public static Guid StreamOf(string org, Handles handles) => handles.EntityId("issuer", "issuer", org);
}

/// <inheritdoc cref="IssuerRegistered"/>
public sealed record RegisterIssuer(
    string Org,
    string Name,
    ImmutableArray<IssuerPurpose> Purposes,
    string? Accreditation = null,
    ImmutableArray<string>? Keys = null,
    DateTimeOffset? From = null,
    DateTimeOffset? To = null
) : IssuerCommand(Org);

/// <summary>Asks, by two persons, to suspend an issuer until it is registered again.</summary>
/// <param name="Basis">Hash of the order.</param>
public sealed record SuspendIssuer(string Org, string Reason, string? Basis = null) : IssuerCommand(Org);

/// <summary>Asks, by two persons, to revoke an issuer.</summary>
/// <param name="Since">From when on its word counts for nothing; null: from now on.</param>
public sealed record RevokeIssuer(string Org, DateTimeOffset? Since, string Reason) : IssuerCommand(Org);
