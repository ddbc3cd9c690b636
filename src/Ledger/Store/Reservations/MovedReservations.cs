using Ledger.Kernel;
using Ledger.Store.Postgres;

namespace Ledger.Store.Reservations;

/// <summary>Looks at the reservations of streams that moved: what their own events say must stand there. Rows that
/// several streams share are held against each one's part; what else they hold only an audit finds.</summary>
public sealed class MovedReservations(LedgerDatabase database)
{
    const int Page = 500;

    readonly LeafRows leaves = new(database);

    /// <param name="from">First leaf whose streams are looked at.</param>
    /// <param name="to">The first one that is not.</param>
    /// <returns>Streams of which a row does not fit, in order, each with what was found.</returns>
    public async Task<SortedDictionary<Guid, string>> WrongAsync(long from, long to, CancellationToken stop)
    {
        var wrong = new SortedDictionary<Guid, string>();
        foreach (var kind in ReservationSteps.Kinds)
        foreach (var page in (await leaves.MovedAsync(kind, from, to, stop)).Chunk(Page))
            await LookAsync(kind, page, wrong, stop);
        return wrong;
    }

    async Task LookAsync(StreamKind kind, Guid[] page, SortedDictionary<Guid, string> wrong, CancellationToken stop)
    {
        var comparison = new ReservationComparison(database, (what, stream) => wrong.TryAdd(stream ?? default, what));
        await using var moment = await ReservationMoment.OpenAsync(database, stop);
        var seq = await moment.SequenceAsync(stop);
        var made = (await comparison.StepsAsync(kind, page, seq, stop))
            .GroupBy(s => (s.Stream, s.Step.Kind, Key: Convert.ToHexStringLower(s.Step.Key)))
            .Select(g =>
                (
                    g.Key.Stream,
                    g.Key.Kind,
                    g.First().Step.Key,
                    Mine: g.Aggregate((string?)null, (row, s) => s.Step.After(row))
                )
            )
            .ToList();
        var stored = await moment.ValuesAsync([.. made.Select(m => (m.Kind, m.Key))], stop);
        for (var i = 0; i < made.Count; i++)
            if (!Fits(made[i].Kind, stored[i], made[i].Mine))
                wrong.TryAdd(
                    made[i].Stream,
                    ReservationAudit.Say(new(made[i].Kind, Proof.Hash.Read(made[i].Key), stored[i], made[i].Mine, null))
                );
    }

    static bool Fits(string kind, string? row, string? mine) =>
        ReservationKinds.Of(kind).Holds is not { } holds ? row == mine : mine is null || holds(row, mine);
}
