using Ledger.Kernel;
using Ledger.Rules;
using Ledger.Store.Lane;

namespace Ledger.Store;

/// <summary>Who states a command on a stream that is no item, when it happened, and under which key.</summary>
public sealed record StreamOrder(Acting By, string Scope, string Key, CommandHash Hash, DateTimeOffset OccurredAt)
{
    /// <summary>Where it happened: whoever acts is there, unless it is about a place itself.</summary>
    public string? Site { get; init; } = By.Site;
    public string? RegionCode { get; init; }
}

/// <summary>Commands on one stream that is no item (keys, markets, stations, incidents): answered from record where
/// they are a repeat, decided on what stands, written, and decided once again where that has moved.</summary>
public sealed class StreamDesk(EventReader reader, WriteDoor door, CommandDesk desk)
{
    /// <param name="decide">From the stream's events, oldest first.</param>
    public async Task<Answer> RecordAsync(
        Noun noun,
        Guid stream,
        StreamOrder order,
        Func<IReadOnlyList<Recorded>, Task<Decision>> decide,
        CancellationToken stop
    )
    {
        for (var round = 0; round < CommandDesk.Rounds; round++)
        {
            if (await desk.ReplayAsync(order.Scope, order.Key, order.Hash, stop) is { } before)
                return before;
            var tips = new ChainTips();
            var history = (await reader.StreamsAsync([stream], tips, stop)).GetValueOrDefault(stream) ?? [];
            var decision = await decide(history);
            // A twin of this request may have won meanwhile: then its answer is ours, not the refusal it causes.
            if (decision.IsRefused)
                return await desk.ReplayAsync(order.Scope, order.Key, order.Hash, stop)
                    ?? new Answer.Refused(decision.Refusals);
            var version = tips[stream].N;
            if (decision.Events.IsEmpty)
                return new Answer.Recorded([], stream, version);
            var subjects = await door.Vault.OpenAsync([], stop);
            if (
                await desk.WriteAsync(Command(noun, stream, version, decision, order), tips, subjects, stop) is
                { } answer
            )
                return answer;
        }
        return new Answer.Refused([new("too-contended")]);
    }

    /// <param name="version">Of the stream as it was decided on.</param>
    public static DecidedCommand Command(Noun noun, Guid stream, long version, Decision decision, StreamOrder order)
    {
        var envelope = new Envelope(order.Key, order.OccurredAt, order.By.Actor, order.By.Role, RuleSet.Current.Version)
        {
            Site = order.Site,
            SecondActor = order.By.SecondActor,
            RegionCode = order.RegionCode,
        };
        return new(order.Scope, order.Key, order.Hash)
        {
            Expects = [new(stream, version)],
            Guards = decision.Guards,
            Appends = [.. decision.Events.Select(e => new Append(stream, noun, e, envelope))],
        };
    }
}
