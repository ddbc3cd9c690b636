using System.Collections.Immutable;
using Ledger.Kernel;

namespace Ledger.Exports;

/// <summary>The closed union of what can be recorded of an exporter.</summary>
/// <param name="Code">Unified social credit code.</param>
public abstract record ExporterCommand(string Code) : LedgerCommand
{
    /// <summary>The stream of an exporter: its code under the key, so that every node names it alike.</summary>
    public static Guid StreamOf(string code, Handles handles) => handles.EntityId("exporter", "exporter", code);
}

/// <inheritdoc cref="ExporterFiled"/>
public sealed record FileExporter(
    string Code,
    string Name,
    string? ConditionsVersion = null,
    bool? FixedOffice = null,
    bool? DisplaySite = null,
    bool? TradeExperience = null,
    ImmutableArray<string>? Documents = null
) : ExporterCommand(Code);

/// <inheritdoc cref="ExporterApproved"/>
public sealed record ApproveExporter(string Code, string IssuingBody, DateOnly? ValidTo, bool? OnIntegrityList)
    : ExporterCommand(Code);

/// <summary>Asks to suspend an approved exporter: it drafts, fills, applies for and declares no batch
/// meanwhile.</summary>
/// <param name="Basis">Hash of the order.</param>
public sealed record SuspendExporter(string Code, string Reason, string? Basis = null) : ExporterCommand(Code);

/// <summary>Asks to end the suspension of an exporter.</summary>
/// <param name="Basis">Hash of the order.</param>
public sealed record ReinstateExporter(string Code, string Reason, string? Basis = null) : ExporterCommand(Code);

/// <summary>Asks to take an exporter off the register.</summary>
/// <param name="Basis">Hash of the order.</param>
public sealed record RemoveExporter(string Code, string Reason, string? Basis = null) : ExporterCommand(Code);
