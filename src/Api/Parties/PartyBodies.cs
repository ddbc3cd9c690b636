namespace Api;

/// <summary>Registers a party.</summary>
/// <param name="Kind"><c>organisation</c>, <c>state-body</c> or <c>person</c>.</param>
/// <param name="Uscc">Unified social credit code; of organisations and state bodies.</param>
/// <param name="Name">Of organisations and state bodies; never of a person.</param>
/// <param name="Ref">The market's word for a person, <c>MK-510100-0007/K-118</c>.</param>
/// <param name="Region">Division, six digits.</param>
public sealed record PartyBody(
    string Kind,
    string? Uscc = null,
    string? Name = null,
    string? Ref = null,
    string? Region = null,
    string? OccurredAt = null
);

/// <summary>Confirms who a party is.</summary>
/// <param name="Method"><c>registry</c>, <c>document</c> or <c>e-signature</c>.</param>
/// <param name="Evidence">SHA-256 of what was compared.</param>
/// <param name="Overrides">Ids of rules whose warning this answers.</param>
public sealed record ConfirmationBody(
    string Method,
    string? Evidence = null,
    IReadOnlyList<string>? Overrides = null,
    string? OccurredAt = null
);

/// <summary>Confirms that a market's word stands for the organisation.</summary>
/// <param name="Word">The market's word, <c>MK-510100-0007/BANK-1</c>; a market's own desk may leave its code
/// out.</param>
/// <param name="Evidence">SHA-256 of what was compared.</param>
public sealed record PartyNameBody(string Word, string? Evidence = null, string? OccurredAt = null);

/// <summary>Grants a role.</summary>
/// <param name="Role">Code of the role, e.g. <c>APR</c>.</param>
/// <param name="Basis">SHA-256 of the paper that it rests on.</param>
/// <param name="ValidFrom">First day; absent: the day of the grant.</param>
/// <param name="ValidTo">Last day; absent: until it is ended.</param>
public sealed record RoleBody(
    string Role,
    string? Basis = null,
    string? ValidFrom = null,
    string? ValidTo = null,
    string? OccurredAt = null
);

/// <summary>Records a licence.</summary>
/// <param name="Kind"><c>recycler-filing</c>, <c>scrap-qualification</c>, <c>hazardous-waste</c>, <c>accreditation</c>,
/// <c>appraiser</c> or <c>market-filing</c>.</param>
/// <param name="Issuer">The body that gave it.</param>
/// <param name="ValidTo">Last day.</param>
public sealed record PartyLicenceBody(
    string Kind,
    string Number,
    string Issuer,
    string ValidFrom,
    string ValidTo,
    string? Scope = null,
    string? OccurredAt = null
);

/// <summary>Ends a licence before its term.</summary>
public sealed record LicenceEndBody(string Kind, string Number, string Reason, string? OccurredAt = null);

/// <summary>A party as it stands today.</summary>
/// <param name="Ref">Its code, or its market's word.</param>
/// <param name="State"><c>registered</c> or <c>confirmed</c>.</param>
/// <param name="Names">What markets call it, as far as it was confirmed.</param>
/// <param name="OpenDoubts">Rules that warned of it and that no confirmation has answered.</param>
public sealed record PartyView(
    string Ref,
    string Kind,
    string? Name,
    string? Region,
    string? RegionName,
    string State,
    IReadOnlyList<string> Names,
    IReadOnlyList<string> OpenDoubts,
    IReadOnlyList<RoleView> Roles,
    IReadOnlyList<LicenceView> Licences,
    long Version
);

/// <param name="State"><c>held</c>, <c>not-yet</c>, <c>expired</c> or <c>ended</c>.</param>
public sealed record RoleView(string Role, string State, DateOnly? ValidFrom, DateOnly? ValidTo);

/// <param name="State"><c>valid</c>, <c>not-yet</c>, <c>expired</c> or <c>ended</c>.</param>
public sealed record LicenceView(
    string Kind,
    string Number,
    string State,
    string? Issuer,
    string? Scope,
    DateOnly? ValidFrom,
    DateOnly? ValidTo
);
