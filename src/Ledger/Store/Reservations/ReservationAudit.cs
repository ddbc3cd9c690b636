using Ledger.Store.Auditing;
using Ledger.Store.Postgres;

namespace Ledger.Store.Reservations;

/// <summary>A further step of an audit: every reservation is what the events give; rows that are missing, that differ
/// and that nobody made are named.</summary>
/// <param name="held">Records that its sort holds in memory, some 110 bytes each.</param>
public sealed class ReservationAudit(LedgerDatabase database, int held = 1 << 17) : IAuditStep
{
    /// <summary>Rows cannot be told from events of which some are not what was logged.</summary>
    static readonly string[] Events =
    [
        FindingKinds.LeafMissing,
        FindingKinds.LeafHash,
        FindingKinds.EventDiffers,
        FindingKinds.EventWithoutLeaf,
        FindingKinds.LeafWithoutEvent,
    ];

    public async Task RunAsync(Findings findings, Action<string> progress, CancellationToken stop)
    {
        if (findings.Has(Events))
        {
            findings.Skip("Reservations are not compared: the events that they are made of do not fit the log.");
            return;
        }
        void Tell(string what, Guid? stream) =>
            findings.Add(new(FindingKinds.Reservation, $"Reservation {what}.") { Stream = stream });
        var comparison = new ReservationComparison(database, Tell);
        await using var moment = await ReservationMoment.OpenAsync(database, stop);
        // The rows are read first; what then takes long holds no snapshot.
        using var sort = await comparison.SortedAsync(moment, held, () => moment.EndAsync(stop), progress, stop);
        foreach (var row in sort.Differences())
            Tell(Say(row), row.Stream);
    }

    /// <summary>What a row should be, in one clause.</summary>
    internal static string Say(ReservationDifference row) =>
        $"{row.Kind} {row.Key.ToBase64Url()} "
        + (
            row.Stored is null ? $"is missing: the events give {row.Made}"
            : row.Made is null ? $"is {row.Stored}, the events give none"
            : $"is {row.Stored}, the events give {row.Made}"
        );
}
