using Ledger.Proof;

namespace Ledger.Store.Lane;

/// <summary>
/// The house witness: a witness of our own, on another volume than the database, that stores each head before anything
/// signed for it leaves the process (proof.md §4). It never goes back, so a restored database is found out.
/// </summary>
public interface IHouseWitness
{
    /// <summary>Its key, as <c>proof.lane</c> names it: a node that reaches another house witness does not
    /// start.</summary>
    string Vkey { get; }

    /// <summary>The largest tree it stored of the log; null before the first.</summary>
    Task<(ulong Size, Hash Root)?> LastAsync(CancellationToken stop);

    /// <summary>The same tree with its note: under the log's line stands the house witness's own.</summary>
    Task<CosignedHead?> NewestAsync(CancellationToken stop);

    /// <summary>Stores a checkpoint durably, or says why not.</summary>
    Task<HouseWitnessAnswer> AdvanceAsync(
        ulong old,
        string checkpoint,
        IReadOnlyList<Hash> proof,
        CancellationToken stop
    );
}

/// <summary>How the house witness answered.</summary>
public abstract record HouseWitnessAnswer
{
    private HouseWitnessAnswer() { }

    /// <summary>Stored; with its cosignature line.</summary>
    public sealed record Stored(string Cosignature) : HouseWitnessAnswer;

    /// <summary>It stands at another size than was assumed.</summary>
    public sealed record At(ulong Size) : HouseWitnessAnswer;

    /// <summary>What it was given does not continue what it has.</summary>
    public sealed record Refused(string Reason) : HouseWitnessAnswer;
}
