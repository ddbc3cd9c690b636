using Ledger.Proof;
using Ledger.Proof.Bundles;

namespace Ledger.Tests.Proof.Bundles;

/// <summary>A bundle that somebody changed and packed again, with a manifest that fits: what is refused is then refused
/// for the change.</summary>
static class Repacked
{
    public static BundleEntry[] Files(byte[] zip)
    {
        var (entries, fault) = BundleZip.Read(zip);
        Assert.Null(fault);
        return [.. entries];
    }

    public static byte[] Without(byte[] zip, string prefix) =>
        Pack(Files(zip).Where(e => !e.Name.StartsWith(prefix, StringComparison.Ordinal)));

    public static byte[] With(byte[] zip, string name, Func<byte[], byte[]> change) =>
        Pack(Files(zip).Select(e => e.Name == name ? new(name, change(e.Content.ToArray())) : e));

    public static byte[] WithManifest(byte[] zip, Func<BundleManifest, byte[]> change) =>
        BundleZip.Write([
            .. Files(zip)
                .Select(e =>
                    e.Name == BundleName.Manifest ? new(e.Name, change(BundleManifest.Read(e.Content.Span)!)) : e
                ),
        ]);

    static byte[] Pack(IEnumerable<BundleEntry> entries)
    {
        BundleEntry[] files = [.. entries];
        var listed = files.Where(f => BundleName.IsListed(f.Name)).ToArray();
        var events = listed.Count(f => f.Name.StartsWith(BundleName.Events, StringComparison.Ordinal));
        var manifest = BundleManifest.Read(files[0].Content.Span)! with
        {
            Events = (ulong)(events + 1) / 2,
            Disclosed = BundleWriter.DisclosedIn(listed),
            Files = System.Collections.Immutable.ImmutableSortedDictionary.ToImmutableSortedDictionary(
                listed,
                f => f.Name,
                f => Hash.Of(f.Content.Span).ToHex(),
                StringComparer.Ordinal
            ),
        };
        files[0] = new(BundleName.Manifest, manifest.ToJson());
        return BundleZip.Write(files);
    }
}
