using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Ledger.Kernel;
using Ledger.Proof;
using Ledger.Store;
using Ledger.Store.Lane;
using Ledger.Store.Vault;
using Ledger.Store.Witness;

namespace Api.Settings;

/// <summary>
/// The keys of a data folder, each in a file of its own that only its owner may read; never in the database
/// (operations.md §1). They are made at the first start alone: whether it is the first only the database can tell
/// (<see cref="LedgerFiles"/>).
/// </summary>
static class KeyFiles
{
    const string FirstKek = "kek-1",
        KekPrefix = "kek-";

    /// <summary>The folder of the keys in a data folder.</summary>
    public static string Folder(string data) => Path.Combine(data, "keys");

    /// <summary>Files without which no ledger opens.</summary>
    public static IEnumerable<string> Needed(string data)
    {
        var keys = Folder(data);
        return [.. MadeBy.Keys.Select(name => Path.Combine(keys, name)), Kek(keys)];
    }

    /// <summary>What makes each of the keys that has one name for ever.</summary>
    static readonly Dictionary<string, Func<byte[]>> MadeBy = new(StringComparer.Ordinal)
    {
        ["log"] = () => Encoding.ASCII.GetBytes(NoteSigner.Skey(Origin(), Random()) + "\n"),
        ["kh"] = Random,
        ["kl"] = Random,
        ["leaf"] = Random,
    };

    /// <summary>A key-encryption key that is there; else the one of the first generation, which then is
    /// missing.</summary>
    static string Kek(string keys) =>
        Directory.Exists(keys)
        && Directory.EnumerateFiles(keys).FirstOrDefault(p => Generation(p) is not null) is { } one
            ? one
            : Path.Combine(keys, FirstKek);

    /// <summary>Makes the keys that a new ledger does not have yet; those that are there stay.</summary>
    public static void Make(string data)
    {
        var keys = Folder(data);
        foreach (var (name, make) in MadeBy)
            KeyFile.Make(Path.Combine(keys, name), make);
        KeyFile.Make(Kek(keys), Random);
    }

    /// <summary>Reads all keys.</summary>
    /// <param name="data">The data folder.</param>
    /// <exception cref="NeededException">A key file is missing or not whole.</exception>
    public static LedgerKeys Read(string data)
    {
        var keys = Folder(data);
        var (name, key) = LogKey(data);
        return new(
            new Handles(Secret(keys, "kh")),
            new LogIdentity(new NoteSigner(name, key), Secret(keys, "kl")),
            new Ed25519Key(Secret(keys, "leaf")),
            Ring(keys)
        );
    }

    /// <summary>The name of the log that the folder signs for; null where its key is missing.</summary>
    public static string? LogName(string data) =>
        File.Exists(Path.Combine(Folder(data), "log")) ? LogKey(data).Name : null;

    static (string Name, Ed25519Key Key) LogKey(string data)
    {
        var path = Path.Combine(Folder(data), "log");
        return NoteSigner.ReadSkey(Encoding.ASCII.GetString(KeyFile.Read(path)).TrimEnd('\n'))
            ?? throw new NeededException($"The key file {path} holds no note key. Restore it from its second copy.");
    }

    /// <summary>The key of a witness's folder.</summary>
    public static string WitnessKey(string folder) => Path.Combine(folder, "key");

    /// <summary>Makes the key of a new witness.</summary>
    public static void MakeWitness(string folder) => KeyFile.Make(WitnessKey(folder), Random);

    /// <summary>The house witness of a folder; on another volume than the database it finds a rollback of that
    /// volume.</summary>
    public static WitnessHost Witness(string folder, LogIdentity log, TimeProvider clock)
    {
        var key = new Ed25519Key(Secret(folder, "key"));
        var cosigner = new Cosigner($"local-witness/{log.Origin}", key);
        return new([NoteVerifier.Read(log.Signer.Vkey)!], cosigner, folder, clock);
    }

    /// <summary>A witness of others' logs. Its key has one name for ever: given at its first start, else made from
    /// the key.</summary>
    /// <exception cref="ArgumentException">Two logs have one key, or the folder's key has another name.</exception>
    /// <exception cref="NeededException">The folder holds what a witness has seen, but not its key or name.</exception>
    public static WitnessHost Witness(
        string folder,
        IReadOnlyCollection<NoteVerifier> logs,
        string? name,
        TimeProvider clock
    )
    {
        var named = Path.Combine(folder, "name");
        foreach (var path in (string[])[WitnessKey(folder), named])
            if (!File.Exists(path) && WitnessHost.HasSeen(folder))
                throw new NeededException(
                    $"The folder {folder} holds what a witness has seen, but {path} is missing. Nothing was made in its place: put it back from its second copy."
                );
        MakeWitness(folder);
        var key = new Ed25519Key(Secret(folder, "key"));
        var own = $"witness.local/{Convert.ToHexStringLower(SHA256.HashData(key.PublicKey))[..12]}";
        KeyFile.Make(named, () => Encoding.UTF8.GetBytes(name ?? own));
        var kept = Encoding.UTF8.GetString(KeyFile.Read(named));
        return name is null || name == kept
            ? new(logs, new Cosigner(kept, key), folder, clock)
            : throw new ArgumentException($"The key in {folder} is named {kept}, and a key has one name only.");
    }

    /// <summary>The reader's policy as this installation would suggest it: only the self-run witness, which is worth
    /// nothing to a stranger.</summary>
    public static string Policy(LogIdentity log, IHouseWitness houseWitness) =>
        $"# One self-run witness: it shows the form. A reader brings a policy of witnesses that he trusts.\nlog {log.Signer.Vkey}\nwitness local {houseWitness.Vkey}\nquorum local\n";

    /// <summary>The key for leaves as it lies in the folder now; null where there is none, or others may read
    /// it.</summary>
    public static Ed25519Key? Leaf(string folder) =>
        Path.Combine(Folder(folder), "leaf") is var path
        && File.Exists(path)
        && KeyRights.Fault(path) is null
        && KeyFile.Read(path) is { Length: Ed25519Key.SeedSize } seed
            ? new(seed)
            : null;

    /// <summary>The key that will sign leaves next: made once, so that a rotation that was cut off goes on with
    /// it.</summary>
    public static Ed25519Key NextLeaf(string folder)
    {
        KeyFile.Make(Path.Combine(Folder(folder), NextName), Random);
        return new(Secret(Folder(folder), NextName));
    }

    /// <summary>Puts the next leaf key in the place of the present one, which is kept under its thumbprint.</summary>
    public static void SwitchLeaf(string folder, string retired)
    {
        var keys = Folder(folder);
        var leaf = Path.Combine(keys, "leaf");
        KeyFile.Make(Path.Combine(keys, $"leaf.{retired}"), () => KeyFile.Read(leaf));
        KeyFile.Replace(Path.Combine(keys, NextName), leaf);
    }

    const string NextName = "leaf.next";

    static VaultKeys Ring(string keys) =>
        new(
            Directory
                .EnumerateFiles(keys)
                .Where(p => Generation(p) is not null)
                .ToDictionary(p => Generation(p)!.Value, p => Secret(keys, Path.GetFileName(p)))
        );

    static int? Generation(string path) =>
        Path.GetFileName(path) is var name
        && name.StartsWith(KekPrefix, StringComparison.Ordinal)
        && int.TryParse(name[KekPrefix.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var generation)
            ? generation
            : null;

    /// <summary>Stable for ever once it is made: given by <c>LEDGER_ORIGIN</c>, else a name of its own.</summary>
    static string Origin() =>
        Environment.GetEnvironmentVariable("LEDGER_ORIGIN") is { Length: > 0 } given
            ? NoteKey.IsName(given)
                ? given
                : throw new NeededException($"LEDGER_ORIGIN “{given}” is no name of a log: no blank, no plus sign.")
            : $"ledger.local/trade-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6))}";

    static byte[] Random() => RandomNumberGenerator.GetBytes(32);

    static byte[] Secret(string folder, string name)
    {
        var path = Path.Combine(folder, name);
        var key = KeyFile.Read(path);
        return key.Length == 32
            ? key
            : throw new NeededException(
                $"The key file {path} has {key.Length} bytes instead of 32. Restore it from its second copy."
            );
    }
}
