using Ledger.Goods;
using Ledger.Store;

namespace Api.Http;

/// <summary>What the ledger itself records of an item: by the calendar, or because an incident reaches it. The key says
/// which act it is, so that one that was cut off is taken again and never twice.</summary>
static class SystemActs
{
    /// <param name="isDatedHere">No law says when: it occurs when it is decided.</param>
    /// <param name="verb">Part of the command's hash: whose act it is.</param>
    /// <returns>Refused where the item has moved meanwhile: the view will say so.</returns>
    public static Task<Answer> RecordAsync(
        this LedgerNode node,
        string verb,
        string key,
        ItemCommand command,
        Guid item,
        DateTimeOffset at,
        string? division,
        CancellationToken stop,
        bool isDatedHere = false
    ) =>
        node.Desk.RecordAsync(
            new(
                command,
                item,
                Acting.System,
                Acting.System.Actor,
                key,
                node.Database.Handles.CommandHash(verb, key, []),
                at
            )
            {
                RegionCode = division,
                IsDatedHere = isDatedHere,
            },
            null,
            stop
        );

    /// <summary>Never before what is known of the item already: what sorts too early has no effect.</summary>
    public static DateTimeOffset Later(DateTimeOffset at, DateTimeOffset newest) => at > newest ? at : newest;
}
