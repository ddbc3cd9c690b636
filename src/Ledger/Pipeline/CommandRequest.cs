using System.Collections.Immutable;
using Ledger.Kernel;

namespace Ledger.Pipeline;

/// <summary>A command with all that its envelope needs: who gives it, under which key, and when it happened.</summary>
/// <param name="Scope">Whose key space.</param>
/// <param name="Hash">What was said, to tell a repeat from a reuse.</param>
/// <param name="OccurredAt">As its caller says; where he says nothing, when it came.</param>
public sealed record CommandRequest(
    LedgerCommand Command,
    Acting By,
    string Scope,
    string Key,
    CommandHash Hash,
    DateTimeOffset OccurredAt
)
{
    /// <summary>What the ledger itself does: the key says which act it is, so that it is taken again and never
    /// twice.</summary>
    /// <param name="verb">Part of the command's hash: whose act it is.</param>
    public static CommandRequest OfSystem(
        Handles handles,
        string verb,
        string key,
        LedgerCommand command,
        DateTimeOffset at
    ) => new(command, Acting.System, Acting.System.Actor, key, handles.CommandHash(verb, key, []), at);

    /// <summary>The register that it comes from; present means <em>observed</em>.</summary>
    public string? Source { get; init; }

    /// <summary>Present when only the date is known.</summary>
    public Precision? Precision { get; init; }

    /// <summary>The day as it was given, where the instant alone would tell another one.</summary>
    public DateOnly? GivenDay { get; init; }

    /// <summary>Nobody said when it occurred: it occurs when it is decided, and after all that it rests on.</summary>
    public bool IsDatedHere { get; init; }
    public string Jurisdiction { get; init; } = Kernel.Jurisdiction.Sichuan;

    /// <summary>Division of the act, where the place of whoever acts does not tell it.</summary>
    public string? RegionCode { get; init; }

    /// <summary>Trace that caused it, for support.</summary>
    public string? Correlation { get; init; }

    /// <summary>The version its caller read of the stream that it is about; another one refuses.</summary>
    public long? IfMatch { get; init; }

    /// <summary>Why it comes long after it happened; null: nobody said.</summary>
    public string? LateReason { get; init; }

    /// <summary>Rules whose warnings its caller has read, by id.</summary>
    public ImmutableArray<string> Acknowledged { get; init; } = [];

    /// <summary>Deeds that parties signed for the act, compact JWS.</summary>
    public ImmutableArray<string> Deeds { get; init; } = [];
}
