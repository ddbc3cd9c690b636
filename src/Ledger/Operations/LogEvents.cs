using System.Collections.Immutable;
using Ledger.Kernel;

namespace Ledger.Operations;

/// <summary>How many events each stream has, and each identifier bindings, as one root over leaves 0..TreeSize−1
/// (proof.md §7).</summary>
/// <param name="MapSize">Entries in the map.</param>
/// <param name="MapRoot">Base64url of 32 bytes.</param>
public sealed record HeadMapped(long TreeSize, long MapSize, string MapRoot) : LedgerEvent;

/// <summary>The first fact of a log that takes the place of another one (proof.md §4, "way back").</summary>
public sealed record LogContinued(string OldOrigin, string LastNote, long RestoredSize, string Reason) : LedgerEvent;

/// <summary>A further key under which this origin's checkpoints are signed.</summary>
public sealed record LogKeyChanged(string Vkey, string? Reason = null) : LedgerEvent;

/// <summary>Which law the ledger applies from then on: two persons have read the set, and what is uncertain in
/// it.</summary>
/// <param name="Version">SHA-256 of the set's canonical bytes, in hex.</param>
/// <param name="Changes">Ids of rules that are new, changed or gone since the set before.</param>
/// <param name="Provisional">Ids of rules that block although their text is still to be read again
/// (<c>sure†</c>).</param>
public sealed record RulesetActivated(
    string? Version,
    DateTimeOffset? From = null,
    ImmutableArray<string>? Changes = null,
    ImmutableArray<string>? Provisional = null
) : LedgerEvent;

/// <summary>A view, or the reservations, was held against the events it is made of.</summary>
/// <param name="FromLeaf">First leaf whose items were compared.</param>
/// <param name="ToLeaf">The first one that was not.</param>
/// <param name="Mismatches">Items whose rows did not fit.</param>
/// <param name="List">SHA-256 of their ids, in hex, joined by commas.</param>
/// <param name="Rebuilt">Whether their rows were made anew.</param>
public sealed record ReconciliationRun(
    string? Projection,
    long? FromLeaf = null,
    long? ToLeaf = null,
    long? Mismatches = null,
    string? List = null,
    bool? Rebuilt = null
) : LedgerEvent;

/// <summary>Catalogue lines of what the ledger records of itself; <see cref="EventCatalog"/> gathers them.</summary>
public static class LogEvents
{
    /// <summary>They stood with the proof until that became an assembly of its own.</summary>
    public static ImmutableArray<EventLine> All { get; } = [.. Lines().Select(line => line.FirstIn("Ledger.Proof"))];

    static EventLine[] Lines() =>
        [
            EventLine.Of<HeadMapped>("head-map", LogStreams.Log, "链头映射", "Head map"),
            EventLine.Of<LogContinued>("log-continued", LogStreams.Log, "日志续接", "Log continued"),
            EventLine.Of<LogKeyChanged>("log-key", LogStreams.Log, "日志密钥变更", "Log key changed"),
            EventLine.Of<RulesetActivated>("ruleset-activated", LogStreams.Log, "规则集启用", "Rule set activated"),
            EventLine.Of<ReconciliationRun>("reconciliation-run", LogStreams.Log, "视图核对", "Reconciliation run"),
        ];
}
