using System.Diagnostics;
using Ledger.Store;
using Ledger.Supervision;
using Projections;
using Projections.Regulator;

namespace Api.Http;

/// <summary>What the alerts show becomes a suspicion, once for each pattern and item: an authority takes it up or
/// dismisses it.</summary>
sealed class SuspicionSweep(LedgerNode node, ILogger<SuspicionSweep> log) : BackgroundService
{
    static readonly TimeSpan Look = TimeSpan.FromSeconds(2);

    /// <summary>It looks for a twentieth of its time at most.</summary>
    const int Rest = 20;

    readonly SuspicionQuery suspects = new(node.Database);

    /// <summary>Suspicions that are on record; null before the first look.</summary>
    HashSet<Guid>? known;

    /// <summary>How far the view had come when there was nothing left to do.</summary>
    long settled = -1;

    long resting;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var tick = new PeriodicTimer(Look, node.Clock);
        while (await tick.WaitForNextTickAsync(stoppingToken))
            try
            {
                if (node.State.IsGood)
                    await LookAsync(stoppingToken);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                // What was not raised is found again at the next tick.
                log.LogError(error, "A suspicion could not be raised");
            }
    }

    async Task LookAsync(CancellationToken stop)
    {
        var began = Stopwatch.GetTimestamp();
        var now = (await Freshness.OfAsync(node.Database, Registry.Find("alerts")!, stop)).Sequence;
        if (now == settled || began < resting)
            return;
        known ??= await node.Cases.IdsAsync(stop);
        var all = true;
        foreach (var suspect in await suspects.ReadAsync(stop))
        {
            var id = node.Cases.StreamOf(suspect.Pattern, suspect.Item);
            if (known.Contains(id))
                continue;
            if (await RaiseAsync(suspect, id, stop) is Answer.Recorded)
                known.Add(id);
            else
                all = false;
        }
        if (all)
            settled = now;
        resting = began + Rest * (Stopwatch.GetTimestamp() - began);
    }

    Task<Answer> RaiseAsync(SuspectItem suspect, Guid id, CancellationToken stop)
    {
        var key = $"suspicion/{id}";
        return node.Cases.RecordAsync(
            id,
            new SuspicionRaised(suspect.Pattern, [new(suspect.Item)], [.. suspect.Events]),
            known: false,
            new(
                Acting.System,
                Acting.System.Actor,
                key,
                node.Database.Handles.CommandHash("SUSPICION", key, []),
                node.Desk.Now
            )
            {
                RegionCode = suspect.Division,
            },
            stop
        );
    }
}
