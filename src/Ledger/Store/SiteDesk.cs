using Ledger.Kernel;
using Ledger.Markets;
using Ledger.Rules;
using Ledger.Store.Lane;

namespace Ledger.Store;

/// <summary>Who states an act on a market or station, and under which key.</summary>
public sealed record SiteOrder(Acting By, string Scope, string Key, CommandHash Hash, DateTimeOffset OccurredAt);

/// <summary>Acts on markets and registration stations: the code is their natural identity.</summary>
public sealed class SiteDesk(LedgerDatabase database, EventReader reader, WriteDoor door, CommandDesk desk)
{
    public async Task<Answer> RecordAsync(LedgerEvent e, string code, SiteOrder order, CancellationToken stop)
    {
        var (noun, stream) = (EventCatalog.Of(e).Noun, StreamOf(code));
        for (var round = 0; round < CommandDesk.Rounds; round++)
        {
            if (await desk.ReplayAsync(order.Scope, order.Key, order.Hash, stop) is { } before)
                return before;
            var tips = new ChainTips();
            await reader.StreamsAsync([stream], tips, stop);
            var guards = await door.GuardsAsync(MarketDecider.Named(code), stop);
            var decision = MarketDecider.Decide(e, code, stream, guards, order.OccurredAt, desk.Now);
            if (decision.IsRefused)
                return await desk.ReplayAsync(order.Scope, order.Key, order.Hash, stop)
                    ?? new Answer.Refused(decision.Refusals);
            if (decision.Events.IsEmpty)
                return new Answer.Recorded([], stream, tips[stream].N);
            var command = Command(decision, noun, code, tips[stream].N, order);
            if (await desk.WriteAsync(command, tips, await door.Vault.OpenAsync([], stop), stop) is { } answer)
                return answer;
        }
        return new Answer.Refused([new("too-contended")]);
    }

    /// <summary>The stream of a market or station: its code under the key, so that every node names it alike.</summary>
    public Guid StreamOf(string code) =>
        StationCode.IsWellFormed(code)
            ? database.Handles.EntityId("station", "station", code)
            : database.Handles.EntityId("market", "market", code);

    /// <param name="version">Of the stream as it was decided on.</param>
    public DecidedCommand Command(Decision decision, Noun noun, string code, long version, SiteOrder order)
    {
        var stream = StreamOf(code);
        var envelope = new Envelope(order.Key, order.OccurredAt, order.By.Actor, order.By.Role, RuleSet.Current.Version)
        {
            Site = code,
            SecondActor = order.By.SecondActor,
            RegionCode = noun is Noun.Station ? StationCode.DivisionOf(code) : MarketCode.DivisionOf(code),
        };
        return new(order.Scope, order.Key, order.Hash)
        {
            Expects = [new(stream, version)],
            Guards = decision.Guards,
            Appends = [.. decision.Events.Select(e => new Append(stream, noun, e, envelope))],
        };
    }
}
