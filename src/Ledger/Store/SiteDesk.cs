using Ledger.Goods;
using Ledger.Kernel;
using Ledger.Markets;
using Ledger.Parties;

namespace Ledger.Store;

/// <summary>Acts on markets and registration stations: the code is their natural identity.</summary>
public sealed class SiteDesk(LedgerDatabase database, EventReader reader, WriteDoor door, StreamDesk streams)
{
    /// <param name="liveDeals">Deals that go on there, where it is to be closed.</param>
    public Task<Answer> RecordAsync(
        LedgerEvent e,
        string code,
        StreamOrder order,
        CancellationToken stop,
        int liveDeals = 0
    )
    {
        var stream = StreamOf(code);
        return streams.RecordAsync(
            EventCatalog.Of(e).Noun,
            stream,
            At(code, order),
            async (history, read) =>
            {
                var guards = await door.GuardsAsync(MarketDecider.Named(code), stop);
                // A market is never opened twice: what was opened before we looked has its row, which leads here.
                var row = guards.GetValueOrDefault(ItemGuards.Market(code));
                if (row is null ? history.Any(h => h.Event is MarketOpened) : row != $"{stream}")
                    throw door.Contradicted($"The row of market {code} is {row ?? "gone"}, its stream is {stream}.");
                var situation = read.Situation();
                return MarketDecider.Decide(e, code, stream, guards, situation.OccurredAt, situation.Now, liveDeals);
            },
            stop
        );
    }

    /// <summary>An act on who stands at a market's desks.</summary>
    /// <param name="onRoll">Where the person's roles stand; null: nobody has registered one.</param>
    public Task<Answer> StaffAsync(
        LedgerEvent e,
        string market,
        Guid? onRoll,
        StreamOrder order,
        CancellationToken stop
    ) =>
        streams.RecordAsync(
            [StreamOf(market)],
            At(market, order),
            async (read, subjects) =>
            {
                await door.Vault.AddAsync(subjects, StreamDesk.Words([e]), [], stop);
                var known = e.WithParties(subjects.IdOf);
                var stands = Market.Fold(await read.OfAsync(StreamOf(market), stop));
                var roll = onRoll is { } person ? PartyOnRoll.Fold(await read.OfAsync(person, stop)) : null;
                var decision = StaffDecider.Decide(known, market, stands, roll, read.Situation());
                return [new(StreamOf(market), Noun.Market, decision)];
            },
            stop
        );

    /// <summary>A market as it stands; null where there is none.</summary>
    public async Task<Market?> MarketAsync(string code, CancellationToken stop) =>
        Market.Fold(await reader.StreamAsync(StreamOf(code), stop));

    /// <summary>The stream of a market or station: its code under the key, so that every node names it alike.</summary>
    public Guid StreamOf(string code)
    {
        var kind = StationCode.IsWellFormed(code) ? "station" : "market";
        return database.Handles.EntityId(kind, kind, code);
    }

    /// <summary>The opening of a market, as an import decides it among its rows.</summary>
    public DecidedCommand Opening(Decision decision, string code, StreamOrder order) =>
        StreamDesk.Command([new(StreamOf(code), Noun.Market, decision)], [new(StreamOf(code), 0)], At(code, order));

    /// <summary>Such an act happens at the place that it is about.</summary>
    static StreamOrder At(string code, StreamOrder order) =>
        order with
        {
            Site = code,
            RegionCode = SiteCode.FindDivision(code),
        };
}
