using Ledger.Kernel;
using Ledger.Parties;

namespace Ledger.Store;

/// <summary>Parties, their roles and licences, on the stream that holds their credit file too.</summary>
public sealed class PartyDesk(EventReader reader, WriteDoor door, StreamDesk streams, CreditDesk credit)
{
    public async Task<PartyOnRoll?> PartyAsync(string reference, CancellationToken stop) =>
        PartyOnRoll.Fold(await reader.StreamAsync(credit.StreamOf(reference), stop));

    /// <summary>An act on a party.</summary>
    /// <param name="reference">Its code, or its market's word.</param>
    public Task<Answer> RecordAsync(string reference, LedgerEvent e, StreamOrder order, CancellationToken stop)
    {
        var stream = credit.StreamOf(reference);
        return streams.RecordAsync(
            Noun.Party,
            stream,
            order,
            async (history, read) =>
            {
                var guards = await door.GuardsAsync(PartyDecider.Named(e), stop);
                var situation = read.Situation(guards);
                return PartyDecider.Decide(e, reference, stream, PartyOnRoll.Fold(history), situation);
            },
            stop
        );
    }

    /// <summary>Every registered party.</summary>
    public Task<List<PartyOnRoll>> AllAsync(CancellationToken stop) =>
        reader.AllAsync(Noun.Party, PartyOnRoll.Fold, stop);
}
