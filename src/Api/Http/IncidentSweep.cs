using Ledger.DataWipe;
using Ledger.Goods;
using Ledger.Store;
using Projections.Regulator;

namespace Api.Http;

/// <summary>
/// Lets incidents reach their attestations: an open one suspends what is in its scope, also what is attested later; a
/// closed one settles what it suspended. A step that was cut off is taken again: its key says which it is.
/// </summary>
sealed class IncidentSweep(LedgerNode node, ILogger<IncidentSweep> log) : BackgroundService
{
    static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    const int Page = 500;

    static readonly Acting Self = new("system", "SYS");

    readonly ReachQuery reach = new(node.Database);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var tick = new PeriodicTimer(Look, node.Clock);
        while (await tick.WaitForNextTickAsync(stoppingToken))
            try
            {
                if (node.State.IsGood)
                    await SweepAsync(stoppingToken);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                // What was not reached is found again at the next tick.
                log.LogError(error, "An incident could not be carried to what it reaches");
            }
    }

    internal async Task SweepAsync(CancellationToken stop)
    {
        foreach (var incident in await node.Incidents.AllAsync(stop))
        {
            // One that was true reaches all of its scope, also what it had not come to when it was closed.
            if (incident.Outcome is null or IncidentOutcome.Confirmed)
                foreach (var found in await reach.ToSuspendAsync(incident, Page, stop))
                    await RecordAsync(
                        new SuspendWipe(incident.Id, found.Attestation, incident.Reported.Finding),
                        found,
                        $"{incident.Id}/{found.ItemId}/{found.Attestation}/suspend",
                        stop
                    );
            if (incident.Outcome is { } outcome)
                foreach (var found in await reach.SuspendedAsync(incident, Page, stop))
                    await RecordAsync(
                        new SettleWipe(incident.Id, found.Attestation, outcome, incident.Reported.Finding),
                        found,
                        $"{incident.Id}/{found.ItemId}/{found.Attestation}/settle",
                        stop
                    );
        }
    }

    /// <summary>Refused where the attestation has moved meanwhile: the view will say so.</summary>
    Task RecordAsync(ItemCommand command, ReachEntry found, string key, CancellationToken stop) =>
        node.Desk.RecordAsync(
            new(
                command,
                found.ItemId,
                Self,
                "system",
                key,
                node.Database.Handles.CommandHash("INCIDENT", key, []),
                // After all that is known of the item: clocks differ, and what sorts too early has no effect.
                found.Newest > node.Desk.Now
                    ? found.Newest
                    : node.Desk.Now
            )
            {
                RegionCode = found.Division,
            },
            null,
            stop
        );
}
