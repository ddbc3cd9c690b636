using System.Globalization;
using System.Text.RegularExpressions;

namespace Ledger.Proof.Bundles;

/// <summary>Which names the files of a bundle have, and in which order they stand (proof.md §10).</summary>
static partial class BundleName
{
    public const string Manifest = "manifest.json",
        Policy = "policy.txt",
        Checkpoint = "checkpoint.txt",
        Report = "report.html",
        HeadMap = "headmap/leaf",
        HeadMapMember = "headmap/member.json",
        Notes = "notes/",
        Consistency = "consistency/",
        Events = "events/",
        Linked = "linked/",
        Keys = "keys/",
        Credentials = "credentials/",
        HeadMaps = "headmap/",
        Identifiers = "ids/",
        Leaf = ".sdjwt",
        Proof = ".tlog-proof";

    /// <summary>Names in the manifest: all others.</summary>
    public static bool IsListed(string name) => name is not (Manifest or Report);

    public static string Note(ulong size) => Invariant($"{Notes}{size}.txt");

    public static string ConsistencyFrom(ulong size) => Invariant($"{Consistency}{size}.txt");

    /// <summary>Without its ending.</summary>
    public static string Event(ulong n) => Events + Number(n);

    /// <summary>Of an event of another stream, without its ending.</summary>
    public static string LinkedTo(Guid jti) => Linked + jti.ToString("D");

    /// <summary>Folder of a key's chain; its member is beside it.</summary>
    public static string Key(Hash thumbprint) => Keys + thumbprint.ToBase64Url();

    public static string Number(ulong n) => n.ToString("0000", CultureInfo.InvariantCulture);

    /// <summary>The number of a note, a consistency proof or an event; null for other names.</summary>
    public static ulong? NumberOf(string name)
    {
        var file = name[(name.IndexOf('/') + 1)..];
        var digits = file[..Math.Max(file.IndexOf('.'), 0)];
        return ulong.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    /// <summary>Sorts as a bundle does.</summary>
    public static int Compare(string left, string right)
    {
        var (a, b) = (PlaceOf(left), PlaceOf(right));
        var order = (a.Kind, a.Number).CompareTo((b.Kind, b.Number));
        return order != 0 ? order : string.CompareOrdinal(left, right);
    }

    /// <summary>What is wrong with the names of a bundle: one unknown, twice or out of its order, one
    /// missing.</summary>
    /// <returns>Null where nothing is.</returns>
    public static string? FaultIn(IReadOnlyList<string> names)
    {
        for (var i = 0; i < names.Count; i++)
        {
            if (PlaceOf(names[i]).Kind < 0)
                return $"{names[i]} is no name of a bundle's file";
            if (i > 0 && Compare(names[i - 1], names[i]) >= 0)
                return $"{names[i]} stands twice or in another order than the format's";
        }
        foreach (var name in (ReadOnlySpan<string>)[Manifest, Policy, Checkpoint])
            if (!names.Contains(name))
                return $"{name} is missing";
        return null;
    }

    static (int Kind, ulong Number) PlaceOf(string name) =>
        name switch
        {
            Manifest => (0, 0),
            Policy => (1, 0),
            Checkpoint => (2, 0),
            HeadMap + Leaf or HeadMap + Proof or HeadMapMember => (9, 0),
            Report => (11, 0),
            _ when Note().IsMatch(name) && NumberOf(name) is { } size => (name[0] == 'n' ? 3 : 4, size),
            _ when Event().IsMatch(name) && NumberOf(name) is > 0 and var n => (5, n),
            _ when LinkedEvent().IsMatch(name) => (6, 0),
            _ when KeyMember().IsMatch(name) => (7, 0),
            _ when KeyLeaf().Match(name) is { Success: true } key && key.Groups[1].Value != "0000" => (7, 0),
            _ when Credential().IsMatch(name) => (8, 0),
            _ when Identifier().IsMatch(name) => (10, 0),
            _ => (-1, 0),
        };

    static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?:notes|consistency)/(?:0|[1-9][0-9]{0,19})\.txt\z", RegexOptions.CultureInvariant)]
    private static partial Regex Note();

    [GeneratedRegex(@"^events/(?:[0-9]{4}|[1-9][0-9]{4,18})\.(?:sdjwt|tlog-proof)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Event();

    [GeneratedRegex(
        @"^linked/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.(?:sdjwt|tlog-proof)\z",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex LinkedEvent();

    [GeneratedRegex(@"^keys/[A-Za-z0-9_-]{43}\.json\z", RegexOptions.CultureInvariant)]
    private static partial Regex KeyMember();

    [GeneratedRegex(
        @"^keys/[A-Za-z0-9_-]{43}/([0-9]{4}|[1-9][0-9]{4,18})\.(?:sdjwt|tlog-proof)\z",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex KeyLeaf();

    [GeneratedRegex(@"^credentials/[0-9a-f]{64}\.sdjwt\z", RegexOptions.CultureInvariant)]
    private static partial Regex Credential();

    [GeneratedRegex(@"^ids/[0-9a-f]{64}\.json\z", RegexOptions.CultureInvariant)]
    private static partial Regex Identifier();
}
