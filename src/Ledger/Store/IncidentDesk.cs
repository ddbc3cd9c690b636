using Ledger.DataWipe;
using Ledger.Kernel;
using Ledger.Rules;
using Ledger.Store.Lane;

namespace Ledger.Store;

/// <summary>Incidents of recovered data: reported and closed, each on a stream of its own.</summary>
public sealed class IncidentDesk(EventReader reader, WriteDoor door, CommandDesk desk)
{
    public Task<Answer> ReportAsync(RecoveryIncidentReported e, SiteOrder order, CancellationToken stop) =>
        RecordAsync(e.IncidentId!.Value, order, _ => e, stop);

    public Task<Answer> CloseAsync(IncidentClosed e, SiteOrder order, CancellationToken stop) =>
        RecordAsync(e.IncidentId!.Value, order, _ => e, stop);

    public async Task<Incident?> FindAsync(Guid incident, CancellationToken stop) =>
        Incident.Fold(await reader.StreamAsync(incident, stop));

    /// <summary>Every incident there is, with the place of its newest event.</summary>
    public async Task<List<Incident>> AllAsync(CancellationToken stop)
    {
        var all = new List<Incident>();
        await foreach (var page in reader.PagesAsync(Noun.Incident, 500, stop))
            all.AddRange(
                (await reader.StreamsAsync(page, long.MaxValue, stop)).Values.Select(Incident.Fold).OfType<Incident>()
            );
        return all;
    }

    async Task<Answer> RecordAsync(
        Guid stream,
        SiteOrder order,
        Func<Incident?, LedgerEvent> said,
        CancellationToken stop
    )
    {
        for (var round = 0; round < CommandDesk.Rounds; round++)
        {
            if (await desk.ReplayAsync(order.Scope, order.Key, order.Hash, stop) is { } before)
                return before;
            var tips = new ChainTips();
            var incident = Incident.Fold(
                (await reader.StreamsAsync([stream], tips, stop)).GetValueOrDefault(stream) ?? []
            );
            var e = said(incident);
            var decision = await DecideAsync(e, incident, stop);
            if (decision.IsRefused)
                return new Answer.Refused(decision.Refusals);
            var command = Command(stream, incident?.Version ?? 0, decision, order);
            if (await desk.WriteAsync(command, tips, await door.Vault.OpenAsync([], stop), stop) is { } answer)
                return answer;
        }
        return new Answer.Refused([new("too-contended")]);
    }

    async Task<Decision> DecideAsync(LedgerEvent e, Incident? incident, CancellationToken stop)
    {
        if (e is RecoveryIncidentReported reported)
            return IncidentDecider.Report(reported, await door.GuardsAsync(IncidentDecider.Tools(reported), stop));
        var closed = (IncidentClosed)e;
        return incident is null
            ? Decision.Refuse(Refusal.Of("incident-unknown", ("value", closed.IncidentId)))
            : IncidentDecider.Close(
                closed,
                incident,
                await door.GuardsAsync(IncidentDecider.Tools(incident.Reported), stop)
            );
    }

    static DecidedCommand Command(Guid stream, long version, Decision decision, SiteOrder order)
    {
        var envelope = new Envelope(order.Key, order.OccurredAt, order.By.Actor, order.By.Role, RuleSet.Current.Version)
        {
            Site = order.By.Site,
            SecondActor = order.By.SecondActor,
        };
        return new(order.Scope, order.Key, order.Hash)
        {
            Expects = [new(stream, version)],
            Guards = decision.Guards,
            Appends = [.. decision.Events.Select(e => new Append(stream, Noun.Incident, e, envelope))],
        };
    }
}
