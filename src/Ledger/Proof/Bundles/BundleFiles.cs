using System.Collections.Immutable;

namespace Ledger.Proof.Bundles;

/// <summary>The files of one bundle by name.</summary>
sealed class BundleFiles(ImmutableArray<BundleEntry> entries)
{
    readonly Dictionary<string, ReadOnlyMemory<byte>> byName = entries.ToDictionary(
        e => e.Name,
        e => e.Content,
        StringComparer.Ordinal
    );

    /// <summary>In their order.</summary>
    public ImmutableArray<BundleEntry> All => entries;

    /// <summary>One that every bundle has.</summary>
    public ReadOnlyMemory<byte> this[string name] => byName[name];

    /// <returns>Null where there is none.</returns>
    public ReadOnlyMemory<byte>? Find(string name)
    {
        // No ?: here: null would become empty bytes before it becomes no bytes.
        if (byName.TryGetValue(name, out var file))
            return file;
        return null;
    }

    /// <summary>Those of a folder, in their order.</summary>
    public IEnumerable<BundleEntry> In(string folder) =>
        entries.Where(e => e.Name.StartsWith(folder, StringComparison.Ordinal));

    /// <summary>The names of the files of a folder without their endings, each once.</summary>
    public SortedSet<string> NamesIn(string folder) =>
        new(In(folder).Select(e => e.Name[..e.Name.LastIndexOf('.')]), StringComparer.Ordinal);

    /// <summary>The numbers of the files of a folder, each once.</summary>
    public SortedSet<ulong> NumbersIn(string folder) =>
        [.. In(folder).Select(e => BundleName.NumberOf(e.Name[(folder.Length - 1)..])).OfType<ulong>()];
}
