using Ledger.Kernel;
using Ledger.Proof;
using Ledger.Store.Lane;
using Ledger.Store.Vault;

namespace Ledger.Store;

/// <summary>Every key of a running ledger; none of them lies in the database or a backup of it (reliability.md
/// §7.4).</summary>
/// <param name="Handles">Kh: pseudonyms and ids.</param>
/// <param name="Log">The log key and Kl.</param>
/// <param name="Leaf">The operator's key for leaves, custody <c>service</c>.</param>
/// <param name="Vault">Keys that wrap subject keys.</param>
public sealed record LedgerKeys(Handles Handles, LogIdentity Log, Ed25519Key Leaf, KeyRing Vault)
{
    /// <summary>URL of the issuing organisation: the operator of this log.</summary>
    public string Iss => $"https://{Log.Origin}";

    public LeafSigner LeafSigner { get; } = new(Leaf);
}
