using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Ledger.Proof.Bundles;

/// <summary>The few wire names that mean something to a verifier. He has them from proof.md and domain.md, not from the
/// ledger's own lists: what those say later does not change what a bundle says.</summary>
static class KnownEvents
{
    public const string HeadMap = "head-map.v1",
        KeyRegistered = "key-registered.v1",
        KeyRevoked = "key-revoked.v1",
        LinkedFactNoted = "linked-fact-noted.v1",
        WipeAttested = "wipe-attested.v1",
        CreditSignalShared = "credit-signal-shared.v1";

    /// <summary>Who has to sign these: both sides. Deeds of other events need only be valid.</summary>
    public static FrozenDictionary<string, ImmutableArray<string>> Roles { get; } =
        new Dictionary<string, ImmutableArray<string>>(StringComparer.Ordinal)
        {
            ["custody-transferred.v1"] = ["from", "to"],
            ["deal-agreed.v1"] = ["seller", "buyer"],
        }.ToFrozenDictionary(StringComparer.Ordinal);
}
