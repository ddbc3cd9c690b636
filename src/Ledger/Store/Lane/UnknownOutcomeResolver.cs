using System.Collections.Immutable;
using System.Data.Common;

namespace Ledger.Store.Lane;

/// <summary>After an append without an answer: asks the log what became of it, until it says so or nobody has patience
/// any more (operations.md §2).</summary>
sealed class UnknownOutcomeResolver(IWriteLog log, TimeProvider clock)
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(5),
        Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Ends those that were not recorded, and those of which nobody knows.</summary>
    /// <returns>The recorded ones, to be answered once the house witness has heard of them.</returns>
    public async Task<List<(LaneItem Item, BatchEntryResult Judged)>> ResolveAsync(IReadOnlyList<LaneItem> items)
    {
        var known = await AskAsync([.. items.SelectMany(i => i.Command.Events).Select(e => e.Id)]);
        var recorded = new List<(LaneItem, BatchEntryResult)>();
        foreach (var item in items)
            if (Outcome(item, known) is WriteOutcome.Known outcome)
                recorded.Add((item, new(outcome, 0, outcome.Stream, outcome.Version)));
            else
                item.End(Outcome(item, known));
        return recorded;
    }

    /// <returns>Null: within the patience nobody could be asked, and the callers are told that nobody knows
    /// yet.</returns>
    async Task<Dictionary<Guid, KnownCommand>?> AskAsync(Guid[] ids)
    {
        using var patience = new CancellationTokenSource(Patience, clock);
        while (true)
            try
            {
                return await log.OutcomeAsync(ids, patience.Token);
            }
            catch (Exception error) when (error is DbException or IOException or TimeoutException)
            {
                // A server that starts again is back within moments.
                if (!await RestedAsync(patience.Token))
                    return null;
            }
            catch (OperationCanceledException)
            {
                return null;
            }
    }

    /// <returns>False: there is no patience left.</returns>
    async Task<bool> RestedAsync(CancellationToken patience)
    {
        try
        {
            await Task.Delay(Pause, clock, patience);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    static WriteOutcome Outcome(LaneItem item, Dictionary<Guid, KnownCommand>? known)
    {
        if (known is null)
            return new WriteOutcome.Unknown();
        var ids = item.Command.Events.Select(e => e.Id).ToImmutableArray();
        // Recorded by the lost append: its proof is made from the record, as for any repeat.
        return known.ContainsKey(ids[0])
            ? WriteOutcome.Known.Of(ids, known)
            : new WriteOutcome.Refused(new("unavailable"));
    }
}
