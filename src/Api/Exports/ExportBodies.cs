namespace Api;

/// <summary>Files as an exporter.</summary>
/// <param name="Code">Unified social credit code.</param>
/// <param name="Documents">SHA-256 of each document that is filed.</param>
public sealed record ExporterBody(
    string Code,
    string Name,
    bool FixedOffice,
    bool DisplaySite,
    bool TradeExperience,
    string? ConditionsVersion = null,
    IReadOnlyList<string>? Documents = null,
    string? OccurredAt = null
);

/// <param name="ValidTo">Last day; absent: no end is set.</param>
/// <param name="OnIntegrityList">Whether it is on the list of dishonest conduct; absent: not looked.</param>
public sealed record ExporterApprovalBody(
    string IssuingBody,
    string? ValidTo = null,
    bool? OnIntegrityList = null,
    string? OccurredAt = null
);

/// <summary>Drafts a batch for one licence.</summary>
/// <param name="HsCode">Four to ten digits.</param>
/// <param name="Destination">ISO 3166-1, two letters.</param>
public sealed record BatchBody(
    string Exporter,
    string HsCode,
    string Destination,
    string? Port = null,
    string? OccurredAt = null
);

/// <summary>Puts an item into a batch, with the four fields as the application will say them.</summary>
/// <param name="Item">Its id, or any identifier in the form <c>kind:value</c>.</param>
public sealed record BatchItemBody(
    string Item,
    string HsCode,
    string? Make = null,
    string? Model = null,
    string? FirstRegistered = null,
    string? PendingExportOn = null,
    string? OccurredAt = null
);

/// <param name="ProhibitionsChecked">An officer confirmed that no other prohibition applies.</param>
public sealed record LicenceApplicationBody(bool ProhibitionsChecked = false, string? OccurredAt = null);

/// <param name="ValidUntil">Last day on which customs take it.</param>
public sealed record LicenceBody(string LicenceNo, string IssuingBody, string ValidUntil, string? OccurredAt = null);

public sealed record LicenceRefusalBody(IReadOnlyList<string> Reasons, string? OccurredAt = null);

/// <param name="DeclarationNo">Kept in the vault.</param>
public sealed record CustomsBody(int Count, string? DeclarationNo = null, string? OccurredAt = null);

/// <summary>An inspection before export.</summary>
/// <param name="Standard">E.g. <c>WM/T 8-2022</c>.</param>
public sealed record ExportInspectionBody(
    string Standard,
    bool Passed,
    string InspectedOn,
    string? Accreditation = null,
    IReadOnlyList<FindingBody>? Findings = null,
    string? OccurredAt = null
);

/// <summary>The maker's 《售后维修服务确认书》.</summary>
/// <param name="Destination">ISO 3166-1, two letters.</param>
/// <param name="Vehicle">The identifier it names, <c>kind:value</c>.</param>
/// <param name="Seal">SHA-256 of the sealed document.</param>
public sealed record AfterSaleBody(
    string Maker,
    string Destination,
    string Vehicle,
    string Seal,
    IReadOnlyList<string>? Outlets = null,
    string? OccurredAt = null
);

/// <summary>The police note 转让待出口.</summary>
/// <param name="TempPlate">The temporary plate; kept in the vault.</param>
public sealed record ExportNoteBody(
    string AnnotatedOn,
    string? TempPlate = null,
    string? TempPlateUntil = null,
    string? InsuranceUntil = null,
    string? OccurredAt = null
);

public sealed record DepartureBody(string ExportedOn, string? Port = null, string? OccurredAt = null);

public sealed record ReimportBody(string ImportedOn, string? OccurredAt = null);

/// <param name="Country">ISO 3166-1, two letters.</param>
/// <param name="Registry">Who says so.</param>
public sealed record DestinationBody(
    string Country,
    string RegisteredOn,
    string? Registry = null,
    long? OdometerKm = null,
    string? OccurredAt = null
);
