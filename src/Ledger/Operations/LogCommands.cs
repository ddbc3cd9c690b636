using System.Collections.Immutable;
using Ledger.Kernel;

namespace Ledger.Operations;

/// <summary>The closed union of what the ledger records of itself.</summary>
public abstract record LogCommand : LedgerCommand
{
    /// <summary>Where activations of rule sets stand.</summary>
    public static Guid RulesetsOf(Handles handles) => handles.EntityId("log", "rulesets", "");

    /// <summary>Where head maps stand: the log's own chain.</summary>
    /// <param name="origin">Of the log.</param>
    public static Guid MapsOf(Handles handles, string origin) => handles.EntityId("log", "", origin);

    /// <summary>Where comparisons of views stand.</summary>
    public static Guid ReconciliationsOf(Handles handles) => handles.EntityId("log", "reconciliations", "");
}

/// <summary>Asks, by two persons, to record which rule set the ledger applies; refused unless it is the one that
/// runs.</summary>
/// <param name="Version">The set that two persons have read: the one that runs.</param>
/// <param name="From">Null: from when it occurs.</param>
/// <param name="Changes">Ids of rules that are new, changed or gone.</param>
public sealed record ActivateRuleset(string Version, DateTimeOffset? From, ImmutableArray<string> Changes) : LogCommand;

/// <inheritdoc cref="HeadMapped"/>
/// <param name="Origin">Of the log that is mapped.</param>
public sealed record LogHeadMap(string Origin, long TreeSize, long MapSize, string MapRoot) : LogCommand;

/// <summary>What a comparison of all views came to.</summary>
public sealed record RecordReconciliation(ImmutableArray<Reconciliation> Runs) : LogCommand;

/// <inheritdoc cref="ReconciliationRun"/>
public sealed record Reconciliation(
    string Projection,
    long FromLeaf,
    long ToLeaf,
    long Mismatches,
    string List,
    bool Rebuilt
);
