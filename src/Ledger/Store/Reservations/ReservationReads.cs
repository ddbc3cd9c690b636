using System.Collections.Immutable;
using Ledger.Kernel;
using Ledger.Store.Lane;
using Ledger.Store.Postgres;

namespace Ledger.Store.Reservations;

/// <summary>
/// Reads reservations for callers. A row is a memory of what events said: an identifier is taken for an item's only
/// where the item's own events bear it, and for free only where no head map knows of a leaf that bound it. Both are
/// asked in the statement that reads the rows (<see cref="ReservationRows"/>), outside of the lane.
/// </summary>
sealed class ReservationReads(LedgerDatabase database, LogState state)
{
    readonly ReservationRows rows = new(database);

    /// <summary>Values of reservations; a reservation without a row is absent.</summary>
    /// <exception cref="BrokenLogException">A row contradicts what was recorded; the node is forked.</exception>
    public async Task<ImmutableDictionary<ReservationKey, string>> OfAsync(
        IReadOnlyList<ReservationKey> wanted,
        CancellationToken stop
    )
    {
        if (wanted.Count == 0)
            return ImmutableDictionary<ReservationKey, string>.Empty;
        byte[][] keys = [.. wanted.Select(database.Handles.Of)];
        var stored = await rows.OfAsync(
            [.. wanted.Select(k => k.Kind)],
            keys,
            [.. wanted.Select((k, i) => OfItem(k) ? Text(keys[i]) : null)],
            stop
        );
        var found = ImmutableDictionary.CreateBuilder<ReservationKey, string>();
        foreach (var (at, value, against) in stored)
        {
            if (against is { } leaf)
                throw Contradicted(
                    value is null
                        ? $"Leaf {leaf} bound identifier {Text(keys[at])} ({wanted[at].Kind}), and its row is gone."
                        : $"The row of identifier {Text(keys[at])} ({wanted[at].Kind}) leads to {value}, which does not bear it."
                );
            if (value is not null)
                found[wanted[at]] = value;
        }
        return found.ToImmutable();
    }

    static bool OfItem(ReservationKey key) =>
        ReservationKinds.IsAlias(key.Kind) && ReservationKinds.Of(key.Kind).BindsText;

    static string Text(byte[] key) => System.Buffers.Text.Base64Url.EncodeToString(key);

    /// <summary>Nothing may rest on reservations any more of which one is proved wrong.</summary>
    public BrokenLogException Contradicted(string what)
    {
        var detail = $"{what} Stop the service, see what audit says, then: rebuild reservations.";
        state.Break(LogFault.Forked, detail);
        return new(detail);
    }
}
