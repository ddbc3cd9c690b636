namespace Ledger.Proof.Bundles;

/// <summary>The registrars that a reader lists, <c>&lt;name&gt; &lt;thumbprint&gt;</c> a line (proof.md §6): whose word
/// on a key counts for him.</summary>
public static class Registrars
{
    /// <summary>Reads the file; blank lines and lines that begin with # are passed over.</summary>
    /// <param name="error">What is wrong with which line; null where nothing is.</param>
    /// <returns>Thumbprints; null where something is wrong.</returns>
    public static IReadOnlySet<Hash>? Read(ReadOnlySpan<byte> file, out PolicyError? error)
    {
        var (names, found) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<Hash>());
        if (StrictText.Read(file) is not { } text)
        {
            error = new(0, "no UTF-8 text of at most 2^20 bytes, without mark and CR, that ends with a line feed");
            return null;
        }
        var line = 0;
        foreach (var row in text[..^1].Split('\n'))
        {
            line++;
            var words = row.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            if (words is [] or [['#', ..], ..])
                continue;
            error =
                words is not [var name, var thumbprint] || StrictBase64.ReadUrlHash(thumbprint) is not { } hash
                    ? new(line, "not \"<name> <thumbprint>\"")
                : names.Add(name) && found.Add(hash) ? null
                : new(line, "a registrar that stands above already");
            if (error is not null)
                return null;
        }
        error = null;
        return found;
    }
}
