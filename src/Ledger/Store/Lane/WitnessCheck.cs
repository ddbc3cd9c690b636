using Ledger.Proof;

namespace Ledger.Store.Lane;

/// <summary>Compares the house witness's last tree with the stored one: at the start, at every take-over, and each
/// minute (proof.md §4).</summary>
public static class WitnessCheck
{
    /// <param name="size">Of the stored tree; null: asked of the database.</param>
    /// <returns>Null where the stored tree continues what the house witness has seen.</returns>
    public static async Task<Broken?> FaultAsync(
        TreeReader tree,
        IHouseWitness houseWitness,
        ulong? size,
        CancellationToken stop
    )
    {
        if (await houseWitness.LastAsync(stop) is not { } seen)
            return null;
        var stored = size ?? await tree.SizeAsync(stop);
        if (stored < seen.Size)
            // The house witness may have moved after the database was read.
            stored = await tree.SizeAsync(stop);
        if (stored < seen.Size)
            return new(
                LogFault.RolledBack,
                $"The database holds {stored} leaves, the house witness has seen {seen.Size}: an older copy was restored, or commits were lost."
            );
        var root = await tree.RootAsync(seen.Size, stop);
        return root == seen.Root
            ? null
            : new(
                LogFault.Forked,
                $"The first {seen.Size} leaves have the root {root}, the house witness has seen {seen.Root}."
            );
    }

    /// <summary>The house witness refused a head: whether the tree that it has seen or the stored one shows
    /// why.</summary>
    /// <returns>The proven fault.</returns>
    /// <exception cref="TimeoutException">Nothing shows that the log does not fit: to be asked again.</exception>
    public static async Task<Broken> RefusedAsync(
        TreeReader tree,
        IHouseWitness houseWitness,
        (ulong Size, Hash Root) head,
        string reason,
        CancellationToken stop
    )
    {
        if (await FaultAsync(tree, houseWitness, null, stop) is { } fault)
            return fault;
        return await tree.RootAsync(head.Size, stop) is var stored && stored != head.Root
            ? new(
                LogFault.Forked,
                $"The first {head.Size} leaves have the root {stored}, {head.Root} was committed: the house witness refused it ({reason})."
            )
            : throw new TimeoutException($"The house witness refused size {head.Size}: {reason}");
    }
}
