using System.Collections.Immutable;
using Ledger.Kernel;

namespace Ledger.Proof;

/// <summary>How many events each stream has, and each identifier bindings, as one root over leaves 0..TreeSize−1
/// (proof.md §7).</summary>
/// <param name="MapSize">Entries in the map.</param>
/// <param name="MapRoot">Base64url of 32 bytes.</param>
public sealed record HeadMapped(long TreeSize, long MapSize, string MapRoot) : LedgerEvent;

/// <summary>The first fact of a log that takes the place of another one (proof.md §4, "way back").</summary>
public sealed record LogContinued(string OldOrigin, string LastNote, long RestoredSize, string Reason) : LedgerEvent;

/// <summary>A further key under which this origin's checkpoints are signed.</summary>
public sealed record LogKeyChanged(string Vkey, string? Reason = null) : LedgerEvent;

public static class LogEvents
{
    public static ImmutableArray<EventLine> All { get; } =
    [
        EventLine.Of<HeadMapped>("head-map", Noun.Log, "链头映射", "Head map"),
        EventLine.Of<LogContinued>("log-continued", Noun.Log, "日志续接", "Log continued"),
        EventLine.Of<LogKeyChanged>("log-key", Noun.Log, "日志密钥变更", "Log key changed"),
    ];
}

/// <summary>The log's own stream, as its type is declared.</summary>
public sealed record Log;
