using System.Globalization;
using Api.Cluster;

namespace Api.Settings;

/// <summary>Whether keys are ours alone. A key that others can read is theirs too, and one that others can replace says
/// nothing: neither is used (operations.md §1).</summary>
static class KeyRights
{
    /// <exception cref="NeededException">Others can read or replace a key, and it is no demo.</exception>
    public static void Check(LedgerSettings settings)
    {
        var faults = Faults(settings.Data, settings.Witness).ToList();
        if (faults.Count == 0)
            return;
        var said = string.Join('\n', faults);
        if (!settings.Demo)
            throw new NeededException($"{said}\nKeys that others can read or replace are not used.");
        Console.Error.WriteLine($"{said}\nUsed all the same, since this is a demo.");
    }

    /// <summary>The same of a witness that stands for itself.</summary>
    public static void CheckWitness(string folder)
    {
        if (WitnessFaults(folder).ToList() is { Count: > 0 } faults)
            throw new NeededException(
                $"{string.Join('\n', faults)}\nKeys that others can read or replace are not used."
            );
    }

    /// <summary>What is wrong with a key file, with the command that mends it; null where nothing is.</summary>
    public static string? Fault(string path) =>
        PathFacts.Of(path) switch
        {
            null => null,
            { Kind: not PathKind.File } => $"{path} is not a file of its own (a link?). Put the key file itself there.",
            { Owner: var owner } when owner != PathFacts.Me => Foreign(path, owner),
            { OthersMay: true } found =>
                $"Other users of this machine have rights to the key {path} ({Mode(found)}). Mend it with: chmod 600 {path}",
            _ => null,
        };

    static IEnumerable<string> Faults(string data, string witness)
    {
        var keys = KeyFiles.Folder(data);
        var files = Directory.Exists(keys)
            ? Directory.EnumerateFileSystemEntries(keys).Where(IsKey).Order(StringComparer.Ordinal)
            : Enumerable.Empty<string>();
        return (string[])
            [
                .. Folder(data, mayBeAnothers: true),
                .. Folder(keys, mayBeAnothers: false),
                .. files.Select(Fault).OfType<string>(),
                .. WitnessFaults(witness),
            ];
    }

    static bool IsKey(string path) =>
        Path.GetFileName(path) is var name
        && (
            name is "kh" or "kl" or "log"
            || name.StartsWith("leaf", StringComparison.Ordinal)
            || name.StartsWith("kek-", StringComparison.Ordinal)
        );

    static IEnumerable<string> WitnessFaults(string folder) =>
        [.. Folder(folder, mayBeAnothers: false), .. new[] { Fault(KeyFiles.WitnessKey(folder)) }.OfType<string>()];

    static IEnumerable<string> Folder(string path, bool mayBeAnothers)
    {
        if (PathFacts.Behind(path) is not { } found)
            yield break;
        if (!mayBeAnothers && found.Owner != PathFacts.Me)
            yield return Foreign(path, found.Owner);
        if (found.OthersReplace)
            yield return $"Other users of this machine can replace what lies in {path} ({Mode(found)}). Mend it with: chmod go-w {path}";
    }

    static string Foreign(string path, uint owner) =>
        $"{path} belongs to another user (id {owner.ToString(CultureInfo.InvariantCulture)}), not to {Environment.UserName}. Run as that user, or mend it with: chown {Environment.UserName} {path}";

    static string Mode(PathFacts found) => $"mode {Convert.ToString(found.Rights & 0x1ff, 8)}";
}
