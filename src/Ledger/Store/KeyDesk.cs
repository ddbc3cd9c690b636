using System.Text;
using Ledger.Kernel;
using Ledger.Parties;
using Ledger.Proof;

namespace Ledger.Store;

/// <summary>The keys of parties: registering and revoking them (proof.md §6).</summary>
public sealed class KeyDesk(
    LedgerDatabase database,
    EventReader reader,
    WriteDoor door,
    CommandDesk desk,
    StreamDesk streams
)
{
    /// <summary>What stands.</summary>
    public KeyReader Chains { get; } = new(database, reader, door);

    public Task<Answer> RegisterAsync(Guid stream, KeyRegistered key, StreamOrder order, CancellationToken stop) =>
        streams.RecordAsync(
            Noun.Keys,
            stream,
            order,
            async (history, _) =>
                KeyDecider.Register(
                    key,
                    Keychain.Fold(history),
                    stream,
                    Chains.HandleOf(stream),
                    await door.GuardsAsync([KeyDecider.Guard(key.Thumbprint)], stop)
                ),
            stop
        );

    public Task<Answer> RevokeAsync(Guid stream, KeyRevoked revoked, StreamOrder order, CancellationToken stop) =>
        streams.RecordAsync(
            Noun.Keys,
            stream,
            order,
            (history, _) => Task.FromResult(KeyDecider.Revoke(revoked, Keychain.Fold(history))),
            stop
        );

    /// <summary>Registers the operator's next key for leaves; a repeat records nothing. Signed, as every leaf, with the
    /// key that this node was opened with.</summary>
    public Task<Answer> RegisterLeafKeyAsync(Jwk next, CancellationToken stop)
    {
        var thumbprint = next.Thumbprint.ToBase64Url();
        var hash = database.Handles.CommandHash("KEY", thumbprint, Encoding.UTF8.GetBytes("leaf"));
        var key = new KeyRegistered(
            thumbprint,
            KeyDecider.Write(next),
            KeyPurpose.Leaf,
            KeyCustody.Service,
            desk.Now.ToUnixTimeSeconds()
        );
        var order = new StreamOrder(new("operator", "ADM"), "operator", $"key/{thumbprint}", hash, desk.Now)
        {
            IsDatedHere = true,
        };
        return RegisterAsync(Chains.OperatorStream, key, order, stop);
    }
}
