using Ledger.Credit;
using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Parties;
using Ledger.Store;
using Ledger.Trading;
using Projections.Market;
using Projections.Regulator;

namespace Api.Jobs;

/// <summary>What turns by the calendar alone (rules.md §1.7): listings and credit signals that have had their last day,
/// vehicles that reach their scrap limit.
/// It looks every minute, so that a missed day is caught up; the events carry the day of the law, and their keys say
/// which they are. Readers never wait for it.</summary>
sealed class DailySweep(LedgerNode node, ILogger<DailySweep> log)
    : Sweep(node, log, TimeSpan.FromMinutes(1), "What ran out could not be ended")
{
    const int Page = 500;

    DateOnly? signals;

    protected override bool Waits => false;

    protected override async Task LookAsync(CancellationToken stop)
    {
        var today = ShanghaiDay.Of(Node.Pipeline.Now);
        foreach (var listing in await new OverdueListings(Node.Database).ReadAsync(today, Page, stop))
            await ActAsync(
                "SWEEP",
                $"expire/{listing.ListingId}/{Instants.Text(listing.EndsOn)}",
                new ExpireListing(listing.ListingId) { Item = listing.ItemId },
                ShanghaiDay.Start(listing.EndsOn.AddDays(1)),
                listing.Division,
                stop
            );
        foreach (var limit in await new ReachedLimits(Node.Database).ReadAsync(today, Page, stop))
            await ActAsync(
                "SWEEP",
                $"scrap-limit/{limit.ItemId}/{Instants.Text(limit.LimitDate)}",
                new NoteScrapLimit { Item = limit.ItemId },
                Later(ShanghaiDay.Start(limit.LimitDate), limit.LastAt),
                limit.Division,
                stop
            );
        // Asked of every party: once a day is enough.
        if (signals == today)
            return;
        await ExpireSignalsAsync(today, stop);
        signals = today;
    }

    /// <summary>Ends signals that have had their last day; each event carries the day of the law.</summary>
    async Task ExpireSignalsAsync(DateOnly today, CancellationToken stop)
    {
        await foreach (var page in Node.Reader.PagesAsync(PartyStreams.Party, Page, stop))
        foreach (var (party, events) in await Node.Reader.StreamsAsync(page, long.MaxValue, stop))
        foreach (var signal in CreditFile.Fold(events).Signals)
            if (
                signal.Shared.ExpiresOn is { } last
                && last < today
                && signal.State is SignalState.Live or SignalState.Objected
            )
                await ActAsync(
                    "EXPIRE",
                    $"expire/{signal.Id}/{Instants.Text(last)}",
                    new ExpireSignal(party, signal.Id),
                    ShanghaiDay.Start(last.AddDays(1)),
                    null,
                    stop
                );
    }
}
