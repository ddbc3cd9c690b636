using Ledger;
using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Pipeline;

namespace Support;

/// <summary>A command on one item, decided by its module as the pipeline would, without a store: on the item's history
/// and on the reservations that the module names, and on nothing else.</summary>
public static class ItemDecisions
{
    /// <summary>The reservations that a command rests on, in the order in which they are named.</summary>
    /// <param name="rows">Rows that there are.</param>
    public static Dictionary<ReservationKey, string?> Reservations(
        ItemCommand command,
        ItemHistory history,
        Situation s,
        IReadOnlyDictionary<ReservationKey, string>? rows = null
    ) => Read(command, history, s, rows).Reservations;

    public static Decision Decide(
        ItemCommand command,
        ItemHistory history,
        Situation s,
        IReadOnlyDictionary<ReservationKey, string>? rows = null
    )
    {
        var (read, reservations) = Read(command, history, s, rows);
        return Modules
            .Of(command)
            .Decide(
                Of(command, history),
                read,
                s with
                {
                    Reservations = reservations,
                    Handles = s.Handles ?? TestLedger.Handles,
                }
            )[0]
            .Decision;
    }

    static ItemCommand Of(ItemCommand command, ItemHistory history) => command with { Item = history.Id };

    static (StreamsRead Read, Dictionary<ReservationKey, string?> Reservations) Read(
        ItemCommand command,
        ItemHistory history,
        Situation s,
        IReadOnlyDictionary<ReservationKey, string>? rows
    )
    {
        var read = new StreamsRead();
        read.Add(history.Id, history.Events, history);
        var named = s with { Handles = s.Handles ?? TestLedger.Handles };
        return (read, NeedsOf.Read(Of(command, history), named, read, _ => [], rows));
    }
}

/// <summary>Reads what a module names for a command until it names nothing new, as the pipeline does.</summary>
public static class NeedsOf
{
    /// <param name="read">Takes the streams.</param>
    /// <param name="events">Of a stream.</param>
    /// <param name="rows">Reservations that there are.</param>
    /// <returns>The reservations that were named, in their order.</returns>
    public static Dictionary<ReservationKey, string?> Read(
        LedgerCommand command,
        Situation s,
        StreamsRead read,
        Func<Guid, IReadOnlyList<StoredEvent>> events,
        IReadOnlyDictionary<ReservationKey, string>? rows
    )
    {
        var reservations = new Dictionary<ReservationKey, string?>();
        for (var isNew = true; isNew; )
        {
            isNew = false;
            foreach (
                var need in Deciding
                    .Needs(s.By, s)
                    .Concat(Modules.Of(command).Needs(command, read, s with { Reservations = reservations }))
                    .ToList()
            )
                switch (need)
                {
                    case Need.Stream { Id: var id } when !read.Has(id):
                        read.Add(id, events(id));
                        isNew = true;
                        break;
                    case Need.Reservation { Key: var key }:
                        isNew |= reservations.TryAdd(key, rows?.GetValueOrDefault(key));
                        break;
                }
        }
        return reservations;
    }
}
