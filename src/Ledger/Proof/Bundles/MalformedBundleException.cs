using System.Diagnostics.CodeAnalysis;

namespace Ledger.Proof.Bundles;

/// <summary>Something in a bundle is not in form or not where it belongs. It ends the reading of that one thing, and
/// becomes a finding there.</summary>
sealed class MalformedBundleException(string why) : Exception(why)
{
    /// <exception cref="MalformedBundleException">The condition does not hold.</exception>
    public static void Unless([DoesNotReturnIf(false)] bool condition, string why)
    {
        if (!condition)
            throw new MalformedBundleException(why);
    }
}
