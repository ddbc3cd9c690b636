namespace Ledger.Kernel;

/// <summary>A kind of reservation, and what may become of a row of it once it stands (domain.md §7).</summary>
/// <param name="Changes">Its value may become another one.</param>
/// <param name="Goes">It may be freed.</param>
/// <param name="BindsText">It binds an identifier: whoever takes it keeps the identifier's text in the vault.</param>
public sealed record ReservationKind(string Name, bool Changes = false, bool Goes = false, bool BindsText = false)
{
    /// <summary>A value that stays whatever comes; null: none does.</summary>
    public string? Final { get; init; }

    /// <summary>The only value from which a row may be freed; null: from any.</summary>
    public string? GoesFrom { get; init; }

    /// <summary>A row that names its holder, before the first <c>|</c>, keeps him and is never freed; one that names
    /// none never gets one.</summary>
    public bool KeepsHolder { get; init; }

    /// <summary>Its values are counts: whole numbers from 1.</summary>
    public bool Counts { get; init; }

    /// <summary>How a row tells the part of one stream where several streams share it: (row, what that stream's own
    /// events make of it). Null: a row is one stream's alone.</summary>
    public Func<string?, string, bool>? Holds { get; init; }

    /// <summary>It counts over several streams.</summary>
    public static bool HoldsCount(string? row, string mine) =>
        ReservationStep.Count(row) >= ReservationStep.Count(mine);

    /// <summary>It names one of several streams: what one has given back another may hold by now.</summary>
    public static bool HoldsName(string? row, string mine) => row == mine;
}
