using System.Collections.Immutable;
using System.Globalization;

namespace Ledger.Proof;

/// <summary>The form that requests to witnesses and <c>.tlog-proof</c> files share: header lines, the last of them
/// hashes, a blank line, a signed checkpoint.</summary>
static class ProofText
{
    /// <summary>No proof about trees of up to 2⁶⁴−1 leaves is longer.</summary>
    public const int MostHashes = 63;

    /// <summary>Splits at the first blank line.</summary>
    /// <returns>Null where there is none.</returns>
    public static (string[] Header, string Note)? Split(string text)
    {
        var split = text.IndexOf("\n\n", StringComparison.Ordinal);
        return split < 0 ? null : (text[..split].Split('\n'), text[(split + 2)..]);
    }

    /// <returns>Null where there are too many or one is not 32 bytes of strict b64.</returns>
    public static ImmutableArray<Hash>? Hashes(ReadOnlySpan<string> lines)
    {
        if (lines.Length > MostHashes)
            return null;
        var hashes = ImmutableArray.CreateBuilder<Hash>(lines.Length);
        foreach (var line in lines)
        {
            if (StrictBase64.ReadHash(line) is not { } hash)
                return null;
            hashes.Add(hash);
        }
        return hashes.MoveToImmutable();
    }

    /// <summary>A size or an index, in decimal.</summary>
    public static string Number(ulong number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>One line a hash.</summary>
    public static string Lines(ImmutableArray<Hash> hashes) => string.Concat(hashes.Select(h => h.ToBase64() + "\n"));
}
