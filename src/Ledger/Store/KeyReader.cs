using Ledger.Keys;
using Ledger.Proof;
using Ledger.Store.Postgres;

namespace Ledger.Store;

/// <summary>Reads key chains: by party, and by the thumbprint of one of their keys.</summary>
public sealed class KeyReader(LedgerDatabase database, EventReader reader, WriteDoor door)
{
    /// <summary>Stream of the operator's keys.</summary>
    public Guid OperatorStream { get; } = OperatorKeys.StreamOf(database.Handles, database.Log.Origin);

    /// <summary>Stream of a party's keys.</summary>
    /// <param name="party">Its reference, or an organisation's code.</param>
    public Guid StreamOf(string party) => KeyCommand.StreamOf(party, database.Handles);

    /// <summary>The party as signatures name it: handle of its stream of keys.</summary>
    public Hash HandleOf(Guid stream) => Hash.Read(database.Handles.OfStream(stream));

    public async Task<Keychain> ChainAsync(Guid stream, CancellationToken stop) =>
        Keychain.Fold(await reader.StreamAsync(stream, stop));

    /// <summary>Whether the operator has registered this key for leaves, and has not revoked it.</summary>
    public async Task<bool> MaySignLeavesAsync(Ed25519Key key, CancellationToken stop)
    {
        var known = (await ChainAsync(OperatorStream, stop)).Find(key.Thumbprint);
        return known is { Revoked: null, Key.Purpose: KeyPurpose.Leaf };
    }

    /// <summary>The chain that holds a party's key, found by its thumbprint.</summary>
    /// <exception cref="Lane.BrokenLogException">The row leads to a chain that does not hold it.</exception>
    public async Task<(Guid Stream, Keychain Chain)?> FindAsync(string thumbprint, CancellationToken stop)
    {
        if (
            (await door.ReservationsAsync([KeyDecider.Reservation(thumbprint)], stop)).Values.FirstOrDefault()
            is not { } text
        )
            return null;
        if (Guid.TryParseExact(text, "D", out var stream))
        {
            var chain = await ChainAsync(stream, stop);
            if (chain.Find(thumbprint) is not null)
                return (stream, chain);
        }
        throw door.Contradicted($"The row of key {thumbprint} leads to {text}, which does not hold it.");
    }
}
