using Ledger.Kernel;
using Ledger.Proof;
using Ledger.Store.Lane;
using Ledger.Store.Vault;

namespace Ledger.Store;

/// <summary>Every key of a running ledger; none of them lies in the database or a backup of it (operations.md
/// §5).</summary>
/// <param name="handles">Kh: pseudonyms and ids.</param>
/// <param name="log">The log key and Kl.</param>
/// <param name="leaf">The operator's key for leaves, custody <c>service</c>.</param>
/// <param name="vault">Keys that wrap subject keys.</param>
public sealed class LedgerKeys(Handles handles, LogIdentity log, Ed25519Key leaf, VaultKeys vault)
{
    volatile SigningKey present = new(leaf, new(leaf));

    public Handles Handles => handles;
    public LogIdentity Log => log;
    public VaultKeys Vault => vault;

    /// <summary>URL of the issuing organisation: the operator of this log.</summary>
    public string Iss => $"https://{log.Origin}";

    /// <summary>The key that signs leaves now.</summary>
    public Ed25519Key Leaf => present.Key;

    public LeafSigner LeafSigner => present.Signer;

    /// <summary>Signs leaves with another key from now on; leaves that are being signed keep theirs.</summary>
    public void Rotate(Ed25519Key next) => present = new(next, new(next));

    sealed record SigningKey(Ed25519Key Key, LeafSigner Signer);
}
