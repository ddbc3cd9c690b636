using Ledger.DataWipe;
using Ledger.Goods;
using Ledger.Store;
using Projections;
using Projections.Regulator;

namespace Api.Jobs;

/// <summary>
/// Lets incidents reach their attestations: an open one suspends what is in its scope, also what is attested later; a
/// closed one settles what it suspended. A step that was cut off is taken again: its key says which it is.
/// </summary>
sealed class IncidentSweep(LedgerNode node, ILogger<IncidentSweep> log)
    : Sweep(node, log, TimeSpan.FromSeconds(1), "An incident could not be carried to what it reaches")
{
    const int Page = 500;

    readonly ReachQuery reach = new(node.Database);

    /// <summary>How far log and view had come when there was nothing left to do.</summary>
    Freshness? settled;

    /// <summary>Where neither log nor view has moved, nothing new can be reached: no incident is read.</summary>
    protected override async Task LookAsync(CancellationToken stop)
    {
        var now = await Freshness.OfAsync(Node.Database, new AttestationsView(), stop);
        if (now != settled && await SweepAsync(stop) == 0)
            settled = now;
    }

    /// <returns>How many attestations were found to be reached.</returns>
    async Task<int> SweepAsync(CancellationToken stop)
    {
        var reached = 0;
        foreach (var incident in await Node.Reader.AllAsync(WipeStreams.Incident, Incident.Fold, stop))
            try
            {
                reached += await CarryAsync(incident, stop);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                // One that cannot be read now, e.g. while its view is made anew, keeps no other waiting.
                Log.LogError(error, "Incident {Incident} could not be carried to what it reaches", incident.Id);
                reached++;
            }
        return reached;
    }

    async Task<int> CarryAsync(Incident incident, CancellationToken stop)
    {
        var reached = 0;
        // One that was true reaches all of its scope, also what it had not come to when it was closed.
        if (incident.Outcome is null or IncidentOutcome.Confirmed)
            foreach (var found in await reach.ToSuspendAsync(incident, Page, stop))
            {
                reached++;
                await RecordAsync(
                    new SuspendWipe(incident.Id, found.Attestation, incident.Reported.Finding),
                    found,
                    $"{incident.Id}/{found.ItemId}/{found.Attestation}/suspend",
                    stop
                );
            }
        if (incident.Outcome is { } outcome)
            foreach (var found in await reach.SuspendedAsync(incident, Page, stop))
            {
                reached++;
                await RecordAsync(
                    new SettleWipe(incident.Id, found.Attestation, outcome, incident.Reported.Finding),
                    found,
                    $"{incident.Id}/{found.ItemId}/{found.Attestation}/settle",
                    stop
                );
            }
        return reached;
    }

    Task RecordAsync(ItemCommand command, ReachEntry found, string key, CancellationToken stop) =>
        ActAsync("INCIDENT", key, command with { Item = found.ItemId }, null, found.Division, stop);
}
