using Ledger.Proof;
using Ledger.Store.Postgres;

namespace Ledger.Store.Auditing;

/// <summary>How to audit.</summary>
/// <param name="From">Multiple of 256: what lies left of it is taken from the full tiles, and their root is held
/// against the heads.</param>
/// <param name="AllSignatures">Every leaf's; otherwise a sample, the newest, and those about keys.</param>
/// <param name="Published">The publisher's folder; null: none.</param>
public sealed record AuditScope(ulong From, bool AllSignatures, string? Published)
{
    /// <summary>Records that a sort holds in memory, some 100 bytes each; the others lie in a temporary file.</summary>
    public int Held { get; init; } = 1 << 17;
}

/// <summary>A further step of an audit, over what the store does not know of.</summary>
public interface IAuditStep
{
    /// <param name="progress">Takes a short line for the person who waits.</param>
    Task RunAsync(Findings findings, Action<string> progress, CancellationToken stop);
}

/// <summary>
/// Re-derives the log and all that follows from it out of the stored rows, and names each place that does not fit
/// (proof.md §11). It reads only, page by page, and works on a log that must not be written any more.
/// </summary>
/// <param name="houseWitness">What the house witness has seen; asked before the database, which is never behind
/// it.</param>
/// <param name="further">Steps of others, after its own.</param>
public sealed class Audit(
    LedgerDatabase database,
    Func<CancellationToken, Task<HouseWitnessWord>> houseWitness,
    IReadOnlyList<IAuditStep> further,
    Action<string> progress
)
{
    readonly Findings findings = new();

    /// <exception cref="ArgumentOutOfRangeException">From is no multiple of 256, or larger than the log.</exception>
    public async Task<AuditReport> RunAsync(AuditScope scope, CancellationToken stop)
    {
        if (scope.From % Tile.Width != 0)
            throw new ArgumentOutOfRangeException(nameof(scope), "An audit starts at a multiple of 256.");
        await using var reads = await AuditReads.OpenAsync(database.Connections, stop);
        var seen = await houseWitness(stop);
        if (await reads.NewestAsync(stop) is not { } newest)
        {
            findings.Add(FindingKinds.Head, "The log has no head.");
            return new(0, seen.Newest?.Note, findings.All(), findings.Skipped);
        }
        var size = newest.Head.Size;
        if (scope.From > size)
            throw new ArgumentOutOfRangeException(nameof(scope), $"The log has {size} leaves.");
        if (newest.Outside > 0)
            findings.Add(
                FindingKinds.Head,
                $"{newest.Outside} leaves stand behind the newest head, which is of size {size}.",
                newest.FirstOutside
            );
        if (newest.TilesOutside > 0)
            findings.Add(FindingKinds.Tile, $"{newest.TilesOutside} tiles stand behind what {size} leaves fill.");
        var heads = new HeadsOfTree(database.Log, findings);
        var witness = new HouseWitnessAudit(seen, heads, findings);
        await witness.LookAtLaneAsync(reads, database.Log.Origin, stop);
        witness.LookAtSize(size);
        using (var pass = new LogPass(new(database, reads, scope, size, findings, progress), heads, witness))
            await pass.RunAsync(stop);
        await new Chains(reads, database.Handles, findings).LookAtStreamsAsync(stop);
        await new VaultAudit(database, findings).LookAsync(n => progress($"vault: {n} disclosures"), stop);
        foreach (var step in further)
            await step.RunAsync(findings, progress, stop);
        return new(size, heads.NewestNote ?? seen.Newest?.Note, findings.All(), findings.Skipped)
        {
            Notes = findings.Notes,
        };
    }
}
