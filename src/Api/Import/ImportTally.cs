using Ledger.Kernel;

namespace Api.Import;

/// <summary>Counts of an import (contract.md §2).</summary>
public sealed record ImportCounts(long Read, long Recorded, long Known, long Refused, long Skipped, long Events);

/// <summary>A refused row, for the file of rejected rows.</summary>
public sealed record Rejection(SourceRow Row, Refusal Refusal);

/// <summary>What became of the rows; reading and writing both count, on threads of their own.</summary>
sealed class ImportTally(Action<Rejection> reject)
{
    readonly Lock gate = new();
    readonly Dictionary<string, long> skips = [];
    ImportCounts counts = new(0, 0, 0, 0, 0, 0);

    public ImportCounts Counts => counts;

    /// <summary>Why rows were skipped, and how many.</summary>
    public IReadOnlyDictionary<string, long> Skips => skips;

    public void Refuse(SourceRow row, Refusal refusal)
    {
        lock (gate)
            reject(new(row, refusal));
        Count(c => c with { Refused = c.Refused + 1 }, "refused");
    }

    public void Skip(string reason)
    {
        lock (gate)
            skips[reason] = skips.GetValueOrDefault(reason) + 1;
        Count(c => c with { Skipped = c.Skipped + 1 }, "skipped");
    }

    public void Count(Func<ImportCounts, ImportCounts> change, string? outcome = null)
    {
        lock (gate)
            counts = change(counts);
        if (outcome is not null)
            Ledger.Telemetry.ImportRows.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
    }
}
