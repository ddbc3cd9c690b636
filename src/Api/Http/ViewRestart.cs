using Ledger.Store;
using Marten.Events.Daemon.Coordination;
using Projections;

namespace Api.Http;

/// <summary>
/// Starts a view again that stands still although there is something to see. Marten restarts an agent that it knows to
/// be paused; one that lost its way to the database while the server restarted can stand for ever as running. Only the
/// node that runs the view does so; the other one would take it over.
/// </summary>
sealed class ViewRestart(
    LedgerNode node,
    IProjectionCoordinator coordinator,
    Settings.TimeLimits limits,
    ILogger<ViewRestart> log
) : Sweep(node, log, TimeSpan.FromSeconds(2), "Views that stand still could not be started again")
{
    /// <summary>Before readiness says that it stands still.</summary>
    readonly ViewWatch watch = new(limits.Standing / 2, node.Clock);

    protected override async Task LookAsync(CancellationToken stop)
    {
        var places = await ViewPlaces.ReadAsync(Node.Database, stop);
        var standing = watch.See(places);
        if (standing.Count == 0)
            return;
        var daemon = coordinator.DaemonForMainDatabase();
        // The other node runs them.
        if (daemon.CurrentAgents().Count == 0)
            return;
        if (places.Marked < places.Newest)
        {
            Log.LogWarning(
                "Events after {Marked} of {Newest} are not seen by any view; the look for them is started again",
                places.Marked,
                places.Newest
            );
            await daemon.RestartHighWaterAgentAsync(stop);
        }
        watch.Forget(standing);
        foreach (var view in standing)
            if (
                daemon.CurrentAgents().FirstOrDefault(a => a.Name.Name == Registry.Shard(Registry.Find(view)!))
                is { } agent
            )
            {
                Log.LogWarning("The view {View} stands still at {Place}; it is started again", view, places.Views[view]);
                await daemon.StopAgentAsync(agent.Name);
                await daemon.StartAgentAsync(agent.Name, stop);
            }
    }
}
