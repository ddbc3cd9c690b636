using System.Globalization;
using Ledger.Store;

namespace Api.Settings;

/// <summary>The data folder: its form, and the keys that live outside the database.</summary>
static class DataFolder
{
    /// <summary>Opens the folder, or makes it.</summary>
    /// <exception cref="NeededException">The folder is of another form, or a key cannot be read.</exception>
    public static LedgerKeys Open(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            var format = Path.Combine(folder, "format");
            if (!File.Exists(format))
            {
                if (
                    File.Exists(Path.Combine(folder, "pg", "PG_VERSION"))
                    && !File.Exists(Path.Combine(folder, "keys", "kh"))
                )
                    throw new NeededException(
                        $"The data folder {folder} holds a database but no key file. Restore keys/ from its second copy."
                    );
                File.WriteAllText(format, LedgerDatabase.Format.ToString(CultureInfo.InvariantCulture) + "\n");
            }
            var found = File.ReadAllText(format).Trim();
            return found == LedgerDatabase.Format.ToString(CultureInfo.InvariantCulture)
                ? KeyFiles.Open(folder)
                : throw new NeededException(
                    $"The data folder {folder} is of form {found}; this version reads form {LedgerDatabase.Format}. Use another folder (--data), or the version that wrote it."
                );
        }
        catch (Exception error) when (error is UnauthorizedAccessException or IOException)
        {
            throw new NeededException($"The data folder {folder} cannot be used: {error.Message}");
        }
    }
}

/// <summary>Something needed is missing or down: exit 3, with a sentence for the person who started us.</summary>
public sealed class NeededException(string message) : Exception(message);
