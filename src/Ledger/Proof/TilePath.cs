using System.Globalization;

namespace Ledger.Proof;

/// <summary>Where a tile or a bundle of entries is served (C2SP tlog-tiles, proof.md §3):
/// <c>tile/&lt;L&gt;/&lt;N&gt;[.p/&lt;W&gt;]</c> or <c>tile/entries/&lt;N&gt;[.p/&lt;W&gt;]</c>.</summary>
/// <param name="Level">0 to 63; null for a bundle of entries.</param>
/// <param name="Number">Which one of its level.</param>
/// <param name="Width">1 to 256; 256 is the full one, whose path has no <c>.p</c>.</param>
public readonly record struct TilePath(int? Level, ulong Number, int Width)
{
    const string Start = "tile/",
        Entries = "entries",
        Part = ".p/";
    const ulong Group = 1000;

    /// <summary>The highest level that is named; a log of 2⁶³ leaves has tiles up to level 7.</summary>
    const ulong HighestLevel = 63;

    public bool IsFull => Width == Tile.Width;

    /// <summary>The full one, of which a partial one is the beginning.</summary>
    public TilePath Full => this with { Width = Tile.Width };

    /// <summary>The path, without a slash in front.</summary>
    public string Text =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Start}{(Level is { } level ? level.ToString(CultureInfo.InvariantCulture) : Entries)}/{NumberText}{(IsFull ? "" : Part + Width.ToString(CultureInfo.InvariantCulture))}"
        );

    /// <summary>Groups of three digits, all but the last with <c>x</c>.</summary>
    string NumberText
    {
        get
        {
            var text = (Number % Group).ToString("000", CultureInfo.InvariantCulture);
            for (var rest = Number / Group; rest > 0; rest /= Group)
                text = string.Create(CultureInfo.InvariantCulture, $"x{rest % Group:000}/{text}");
            return text;
        }
    }

    /// <summary>Reads exactly what <see cref="Text"/> writes.</summary>
    /// <returns>Null where the path is anything else.</returns>
    public static TilePath? Read(string path)
    {
        if (!path.StartsWith(Start, StringComparison.Ordinal))
            return null;
        var (whole, width) = (path, Tile.Width);
        if (path.LastIndexOf(Part, StringComparison.Ordinal) is > 0 and var part)
        {
            if (StrictNumber.Read(path.AsSpan(part + Part.Length)) is not (> 0 and < Tile.Width and var some))
                return null;
            (whole, width) = (path[..part], (int)some);
        }
        if (whole[Start.Length..].Split('/') is not [var level, .. { Length: > 0 } groups])
            return null;
        if (NumberOf(groups) is not { } number)
            return null;
        var found =
            level == Entries ? new TilePath(null, number, width)
            : StrictNumber.Read(level) is <= HighestLevel and var l ? new TilePath((int)l, number, width)
            : (TilePath?)null;
        // Written again it must be the same: a number has one path, without groups of zeros in front.
        return found?.Text == path ? found : null;
    }

    static ulong? NumberOf(ReadOnlySpan<string> groups)
    {
        var number = 0UL;
        for (var i = 0; i < groups.Length; i++)
        {
            var digits = i < groups.Length - 1 ? groups[i].AsSpan(Math.Min(1, groups[i].Length)) : groups[i];
            if (
                digits.Length != 3
                || !ulong.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
                || number > (ulong.MaxValue - value) / Group
            )
                return null;
            number = number * Group + value;
        }
        return number;
    }
}
