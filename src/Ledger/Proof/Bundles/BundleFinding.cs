namespace Ledger.Proof.Bundles;

/// <summary>Something that makes a bundle not valid, whatever the reader requires.</summary>
/// <param name="Code">A word: <c>zip</c>, <c>policy</c>, <c>registrars</c>, <c>manifest</c>, <c>manifest-hash</c>,
/// <c>text</c>, <c>bad-checkpoint</c>, <c>wrong-origin</c>, <c>consistency</c>, <c>bad-inclusion</c>,
/// <c>bad-signature</c>, <c>event-name</c>, <c>key-chain</c>, <c>no-head-map</c>, <c>head-map</c>,
/// <c>identifier-bound-twice</c>, <c>complete</c>, <c>linked</c>, <c>base</c>, <c>pin</c>,
/// <c>credential</c>.</param>
/// <param name="Detail">Which file, and what is wrong with it.</param>
public sealed record BundleFinding(string Code, string Detail);

/// <summary>What was found so far.</summary>
sealed class BundleFindings
{
    readonly List<BundleFinding> all = [];

    public IReadOnlyList<BundleFinding> All => all;

    public void Add(string code, string detail) => all.Add(new(code, detail));

    /// <summary>The step's value, or null and a finding where something is unfit.</summary>
    public T? Try<T>(string code, string what, Func<T> step)
        where T : class
    {
        try
        {
            return step();
        }
        catch (MalformedBundleException unfit)
        {
            Add(code, what.Length == 0 ? unfit.Message : $"{what}: {unfit.Message}");
            return null;
        }
    }
}
