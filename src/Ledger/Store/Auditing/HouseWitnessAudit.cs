using Ledger.Proof;
using Ledger.Store.Lane;
using Ledger.Store.Postgres;

namespace Ledger.Store.Auditing;

/// <summary>What the house witness has cosigned of a log, newest first.</summary>
/// <param name="Vkey">Its key, as <c>proof.lane</c> must name it.</param>
/// <param name="Newest">Null before the first checkpoint.</param>
public sealed record HouseWitnessWord(string Vkey, CosignedHead? Newest);

/// <summary>Step 4, the house witness: the stored tree continues what the house witness has seen.</summary>
sealed class HouseWitnessAudit(HouseWitnessWord houseWitness, HeadsOfTree heads, Findings findings)
{
    /// <summary>The size whose root is wanted; null: none.</summary>
    public ulong? Size => houseWitness.Newest?.Size;

    public void LookAtSize(ulong stored)
    {
        if (houseWitness.Newest is { } seen && stored < seen.Size)
            findings.Add(
                FindingKinds.RolledBack,
                $"The database holds {stored} leaves, the house witness has seen {seen.Size}: an older copy was restored, or commits were lost.",
                stored
            );
    }

    /// <param name="root">Of the stored leaves up to the house witness's size.</param>
    public void LookAtRoot(in Hash root)
    {
        var seen = houseWitness.Newest!;
        if (root != seen.Root)
            findings.Add(
                FindingKinds.Forked,
                $"The first {seen.Size} leaves have the root {root}, the house witness has seen {seen.Root}.",
                seen.Size == 0 ? null : seen.Size - 1
            );
        heads.LookAtNote(seen.Size, seen.Note, seen.Root);
    }

    /// <summary>The house witness stands left of where the audit starts: its root comes out of the full
    /// tiles.</summary>
    public async Task LookLeftOfAsync(ulong from, TreeReader tree, CancellationToken stop)
    {
        if (Size is not { } size || size >= from)
            return;
        try
        {
            LookAtRoot(await tree.RootAsync(size, stop));
        }
        catch (BrokenLogException error)
        {
            findings.Add(FindingKinds.Forked, $"The root of size {size} cannot be recomputed: {error.Message}");
        }
    }

    /// <summary>The lane's row names this log and this house witness.</summary>
    public async Task LookAtLaneAsync(AuditReads reads, string origin, CancellationToken stop)
    {
        if (await reads.LaneAsync(stop) is not var (log, vkey))
            findings.Add(FindingKinds.Head, "The log has no lane row.");
        else if ((log, vkey) != (origin, houseWitness.Vkey))
            findings.Add(
                FindingKinds.Head,
                $"The lane's row names the log {log} and the house witness {vkey}; this node signs for {origin} and reaches {houseWitness.Vkey}."
            );
    }
}
