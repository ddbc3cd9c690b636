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
/// The keys of a data folder, each in a file of its own that only its owner may read; made at the first start, never
/// in the database (reliability.md §7.4).
/// </summary>
static class KeyFiles
{
    /// <summary>Reads all keys, and makes those of a new folder.</summary>
    /// <param name="folder">The data folder.</param>
    /// <exception cref="NeededException">A key file is not whole.</exception>
    public static LedgerKeys Open(string folder)
    {
        var keys = Path.Combine(folder, "keys");
        var log = NoteSigner.ReadSkey(
            Encoding
                .ASCII.GetString(
                    File(
                        Path.Combine(keys, "log"),
                        () => Encoding.ASCII.GetBytes(NoteSigner.Skey(Origin(), Random()) + "\n")
                    )
                )
                .TrimEnd('\n')
        );
        if (log is not var (name, logKey))
            throw new NeededException($"The key file {keys}/log holds no note key. Restore it from its second copy.");
        return new(
            new Handles(Secret(keys, "kh")),
            new LogIdentity(new NoteSigner(name, logKey), Secret(keys, "kl")),
            new Ed25519Key(Secret(keys, "leaf")),
            Ring(keys)
        );
    }

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
    public static WitnessHost Witness(
        string folder,
        IReadOnlyCollection<NoteVerifier> logs,
        string? name,
        TimeProvider clock
    )
    {
        var key = new Ed25519Key(Secret(folder, "key"));
        var own = $"witness.local/{Convert.ToHexStringLower(SHA256.HashData(key.PublicKey))[..12]}";
        var kept = Encoding.UTF8.GetString(
            File(Path.Combine(folder, "name"), () => Encoding.UTF8.GetBytes(name ?? own))
        );
        return name is null || name == kept
            ? new(logs, new Cosigner(kept, key), folder, clock)
            : throw new ArgumentException($"The key in {folder} is named {kept}, and a key has one name only.");
    }

    /// <summary>The reader's policy as this installation would suggest it: only the self-run witness, which is worth
    /// nothing to a stranger.</summary>
    public static string Policy(LogIdentity log, IHouseWitness guard) =>
        $"# One self-run witness: it shows the form. A reader brings a policy of witnesses that he trusts.\nlog {log.Signer.Vkey}\nwitness local {guard.Vkey}\nquorum local\n";

    /// <summary>The key for leaves as it lies in the folder now; null where there is none.</summary>
    public static Ed25519Key? Leaf(string folder) =>
        Path.Combine(folder, "keys", "leaf") is var path
        && System.IO.File.Exists(path)
        && System.IO.File.ReadAllBytes(path) is { Length: Ed25519Key.SeedSize } seed
            ? new(seed)
            : null;

    /// <summary>The key that will sign leaves next: made once, so that a rotation that was cut off goes on with
    /// it.</summary>
    public static Ed25519Key NextLeaf(string folder) => new(Secret(Path.Combine(folder, "keys"), NextName));

    /// <summary>Puts the next leaf key in the place of the present one, which is kept under its thumbprint.</summary>
    public static void SwitchLeaf(string folder, string retired)
    {
        var keys = Path.Combine(folder, "keys");
        var leaf = Path.Combine(keys, "leaf");
        File(Path.Combine(keys, $"leaf.{retired}"), () => System.IO.File.ReadAllBytes(leaf));
        System.IO.File.Move(Path.Combine(keys, NextName), leaf, overwrite: true);
    }

    const string NextName = "leaf.next";

    static KeyRing Ring(string keys)
    {
        Secret(keys, "kek-1");
        var generations = new Dictionary<int, byte[]>();
        foreach (var path in Directory.EnumerateFiles(keys, "kek-*"))
            if (
                int.TryParse(
                    Path.GetFileName(path)["kek-".Length..],
                    NumberStyles.None,
                    CultureInfo.InvariantCulture,
                    out var generation
                )
            )
                generations[generation] = Secret(keys, Path.GetFileName(path));
        return new(generations);
    }

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
        var key = File(path, Random);
        return key.Length == 32
            ? key
            : throw new NeededException(
                $"The key file {path} has {key.Length} bytes instead of 32. Restore it from its second copy."
            );
    }

    static byte[] File(string path, Func<byte[]> make)
    {
        if (!System.IO.File.Exists(path))
        {
            Directory.CreateDirectory(
                Path.GetDirectoryName(path)!,
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
            );
            // Written whole under another name first: a crash must not leave half a key.
            var half = $"{path}.{Environment.ProcessId}";
            using (
                var file = new FileStream(
                    half,
                    new FileStreamOptions
                    {
                        Mode = FileMode.CreateNew,
                        Access = FileAccess.Write,
                        UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
                    }
                )
            )
            {
                file.Write(make());
                file.Flush(flushToDisk: true);
            }
            try
            {
                System.IO.File.Move(half, path, overwrite: false);
            }
            catch (IOException)
            {
                System.IO.File.Delete(half);
            }
        }
        return System.IO.File.ReadAllBytes(path);
    }
}
