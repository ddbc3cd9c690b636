using Ledger.Kernel;
using Ledger.Keys;
using Ledger.Proof;
using Ledger.Rules;
using Ledger.Store.Lane;
using Ledger.Store.Postgres;
using Ledger.Store.Vault;

namespace Ledger.Store;

/// <summary>The chain of the operator's keys. Leaf 0 of a log registers the key that the operator signs leaves with
/// (proof.md §6).</summary>
static class OperatorKeys
{
    /// <summary>The stream of the operator's keys.</summary>
    public static Guid StreamOf(Handles handles, string origin) => handles.EntityId("keys", "operator", origin);

    /// <summary>Records the operator's key as leaf 0, where the log is empty; a repeat records nothing.</summary>
    public static async Task RegisterAsync(
        LedgerDatabase database,
        CommitLane lane,
        PersonalVault vault,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var keys = database.Keys;
        var now = Instants.Cut(clock.GetUtcNow());
        var stream = StreamOf(keys.Handles, keys.Log.Origin);
        var jwk = Jwk.OfEd25519(keys.Leaf.PublicKey);
        var thumbprint = jwk.Thumbprint.ToBase64Url();
        var registered = new KeyRegistered(
            thumbprint,
            new("Ed25519", "OKP", System.Buffers.Text.Base64Url.EncodeToString(keys.Leaf.PublicKey)),
            KeyPurpose.Leaf,
            KeyCustody.Service,
            now.ToUnixTimeSeconds()
        );
        var command = new DecidedCommand(
            "operator",
            $"key/{thumbprint}",
            keys.Handles.CommandHash("KEY", thumbprint, [])
        )
        {
            Expects = [new(stream, 0)],
            Appends =
            [
                new(
                    stream,
                    KeyStreams.Keys,
                    registered,
                    new(thumbprint, now, "operator", "ADM", RuleSet.Current.Version)
                ),
            ],
        };
        var sealedCommand = new Sealer(keys).Seal(command, new(), await vault.OpenAsync([], stop), now);
        var outcome = (await lane.WriteAsync([sealedCommand], patient: true, stop))[0];
        if (outcome is WriteOutcome.Unknown or WriteOutcome.Refused { Refusal.Code: "unavailable" })
            throw new TimeoutException("The operator's key could not be registered: the database is away.");
        if (outcome is not (WriteOutcome.Appended or WriteOutcome.Known))
            throw new BrokenLogException($"The operator's key could not be registered: {outcome}.");
    }
}
