namespace Ledger.Kernel;

/// <summary>What a reservation across streams is about (domain.md §7). The store keys the row by the text's handle,
/// never by the text.</summary>
/// <param name="Kind"><c>alias:vin</c>, <c>cars</c>, <c>invoice</c>, <c>alias:market</c> …</param>
public sealed record ReservationKey(string Kind, string Text);

/// <summary>A reservation's new value, and the value the decision rests on; the write door checks it again under its
/// lock.</summary>
/// <param name="Expected">Null: no row yet.</param>
/// <param name="New">Null: the row is freed. As expected: the row was only read.</param>
public sealed record ReservationChange(ReservationKey Key, string? Expected, string? New)
{
    /// <summary>What a step makes of a row as it stands; null: the row stays as it is.</summary>
    public static ReservationChange? By(ReservationKey key, string? row, ReservationEffect effect, string value = "") =>
        ReservationStep.After(row, effect, value) is var after && after == row ? null : new(key, row, after);
}
