using Ledger.Proof;
using Ledger.Store.Lane;

namespace Store.Tests.Simulation;

/// <summary>A house witness in memory: it takes a checkpoint that continues the last one, and nothing else.</summary>
sealed class InMemoryWitness(Faults faults) : IHouseWitness
{
    (ulong Size, Hash Root)? last;

    public string Vkey => "simulated";

    /// <summary>The largest tree it has taken.</summary>
    public (ulong Size, Hash Root)? Last => last;

    public async Task<(ulong Size, Hash Root)?> LastAsync(CancellationToken stop)
    {
        await faults.CallAsync(stop);
        return last;
    }

    public Task<CosignedHead?> NewestAsync(CancellationToken stop) => throw new NotSupportedException();

    public async Task<HouseWitnessAnswer> AdvanceAsync(
        ulong old,
        string checkpoint,
        IReadOnlyList<Hash> proof,
        CancellationToken stop
    )
    {
        await faults.CallAsync(stop);
        var (size, root) = Read(checkpoint);
        var (at, stored) = last ?? (0, Merkle.EmptyRoot);
        if (old != at)
            return new HouseWitnessAnswer.At(at);
        if (size < at || (at > 0 && !Merkle.VerifyConsistency(at, size, stored, root, [.. proof])))
            return new HouseWitnessAnswer.Refused("The proof does not fit.");
        last = (size, root);
        // The answer may be lost after it was stored.
        await faults.CallAsync(stop);
        return new HouseWitnessAnswer.Stored("");
    }

    /// <summary>Size and root of a signed checkpoint.</summary>
    public static (ulong Size, Hash Root) Read(string note)
    {
        var checkpoint = Checkpoint.Read(SignedNote.Read(note)!.Text)!;
        return (checkpoint.Size, checkpoint.Root);
    }
}
