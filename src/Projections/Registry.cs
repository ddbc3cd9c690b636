using JasperFx.Events.Projections;
using Ledger;
using Ledger.Store;
using Marten;
using Marten.Services.Json.Transformations;
using Projections.Market;
using Projections.Regulator;

namespace Projections;

/// <summary>Every view in one screen.</summary>
public static class Registry
{
    public static IReadOnlyList<View> Views { get; } =
    [
        new WhatIsForSale(),
        new WhatWasSold(),
        new WhatIsWiped(),
        new WhatHappened(),
        new WhatWasAttested(),
        new WhatIsOdd(),
        new WhatStandsHere(),
        new WhatStationsDo(),
        new WhatReachesItsLimit(),
    ];

    public static View? Find(string name) => Views.FirstOrDefault(v => v.Name == name);

    /// <summary>Each view is a shard of its own: one that stops on a bad event does not stop the others.</summary>
    public static void Register(StoreOptions options, LedgerDatabase database)
    {
        foreach (var view in Views)
            options.Projections.Add(
                new ViewProjection(view, new(database)),
                ProjectionLifecycle.Async,
                Shard(view),
                // One page at a time: what comes while it is written is the next page, however much it is. Marten would
                // load each commit as a page of its own meanwhile, and a view behind would stay behind.
                o => (o.BatchSize, o.MaximumHopperSize) = (2000, 1)
            );
    }

    /// <summary>Events as the daemon takes them: those of the catalogue, unread. It needs to know of which stream they
    /// are, not what they say.</summary>
    public static void Unread(StoreOptions options)
    {
        foreach (var line in EventCatalog.All)
            options.Events.Upcast<UnreadEvent>(
                line.WireName,
                new JsonTransformation(
                    (_, _, _) => UnreadEvent.Instance,
                    (_, _, _, _) => ValueTask.FromResult<object>(UnreadEvent.Instance)
                )
            );
    }

    /// <summary>The daemon's name for a view.</summary>
    public static string Shard(View view) => view.Name;
}

/// <summary>Stands for what an event says.</summary>
sealed record UnreadEvent
{
    public static UnreadEvent Instance { get; } = new();
}
