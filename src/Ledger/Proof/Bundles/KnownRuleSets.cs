using System.Collections.Frozen;

namespace Ledger.Proof.Bundles;

/// <summary>The rule sets that a verifier knows by name, SHA-256 of their canonical bytes, and what each says of
/// evidence that nobody told. What the rules say of everything else a bundle shows as it was judged.</summary>
static class KnownRuleSets
{
    /// <summary>True: what nobody told of a wipe is unknown, and costs a level; false: it counted as good.</summary>
    public static FrozenDictionary<string, bool> AsTold { get; } =
        new Dictionary<string, bool>(StringComparer.Ordinal)
        {
            ["bba9bcbab167f70974cf31818870bcc852fd2e3a1aa3e9d911df27521d29cd14"] = false,
            ["24fddda1df66368a143960019f1e86cdbe1b9a636cbdf0600cb2a391c9490824"] = true,
            ["0523393759bc7237af025df74027fd4ae1b46cbdfc4110d46dc3b766aad063e5"] = true,
        }.ToFrozenDictionary(StringComparer.Ordinal);
}
