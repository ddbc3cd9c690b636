using Ledger.Kernel;
using Ledger.Parties;

namespace Ledger.Store;

/// <summary>Issuers of credentials and licences, each on a stream of its own, by its code.</summary>
public sealed class IssuerDesk(LedgerDatabase database, EventReader reader, WriteDoor door, StreamDesk streams)
{
    Guid StreamOf(string org) => database.Handles.EntityId("issuer", "issuer", org);

    public Task<Answer> RecordAsync(string org, LedgerEvent e, StreamOrder order, CancellationToken stop) =>
        streams.RecordAsync(
            Noun.Issuer,
            StreamOf(org),
            order,
            async (history, read) =>
            {
                var guards = await door.GuardsAsync(IssuerDecider.Named(e, org), stop);
                var holder = database.Handles.EntityId("party", "party", org);
                return IssuerDecider.Decide(e, org, Issuer.Fold(history), holder, read.Situation(guards));
            },
            stop
        );

    public async Task<Issuer?> FindAsync(string org, CancellationToken stop) =>
        Issuer.Fold(await reader.StreamAsync(StreamOf(org), stop));

    public Task<List<Issuer>> AllAsync(CancellationToken stop) => reader.AllAsync(Noun.Issuer, Issuer.Fold, stop);
}
