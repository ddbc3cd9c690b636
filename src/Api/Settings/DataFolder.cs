using System.Globalization;
using System.Security.Cryptography;
using Ledger.Kernel;
using Ledger.Store;

namespace Api.Settings;

/// <summary>The data folder: its form, and the key Kh that lives outside the database.</summary>
static class DataFolder
{
    /// <summary>Opens the folder, or makes it.</summary>
    /// <exception cref="NeededException">The folder is of another form, or its key cannot be read.</exception>
    public static Handles Open(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            var format = Path.Combine(folder, "format");
            if (!File.Exists(format))
            {
                if (
                    Directory.Exists(Path.Combine(folder, "pg"))
                    && File.Exists(Path.Combine(folder, "pg", "PG_VERSION"))
                    && !File.Exists(KeyFile(folder))
                )
                    throw new NeededException(
                        $"The data folder {folder} holds a database but no key file. Restore keys/kh from its second copy."
                    );
                File.WriteAllText(format, LedgerDatabase.Format.ToString(CultureInfo.InvariantCulture) + "\n");
            }
            var found = File.ReadAllText(format).Trim();
            if (found != LedgerDatabase.Format.ToString(CultureInfo.InvariantCulture))
                throw new NeededException(
                    $"The data folder {folder} is of form {found}; this version reads form {LedgerDatabase.Format}. Use another folder (--data), or the version that wrote it."
                );
            return new(Key(folder));
        }
        catch (Exception error) when (error is UnauthorizedAccessException or IOException)
        {
            throw new NeededException($"The data folder {folder} cannot be used: {error.Message}");
        }
    }

    static string KeyFile(string folder) => Path.Combine(folder, "keys", "kh");

    static byte[] Key(string folder)
    {
        var path = KeyFile(folder);
        if (!File.Exists(path))
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
                file.Write(RandomNumberGenerator.GetBytes(32));
                file.Flush(flushToDisk: true);
            }
            try
            {
                File.Move(half, path, overwrite: false);
            }
            catch (IOException)
            {
                File.Delete(half);
            }
        }
        var key = File.ReadAllBytes(path);
        return key.Length == 32
            ? key
            : throw new NeededException(
                $"The key file {path} has {key.Length} bytes instead of 32. Restore it from its second copy."
            );
    }
}

/// <summary>Something needed is missing or down: exit 3, with a sentence for the person who started us.</summary>
public sealed class NeededException(string message) : Exception(message);
