using System.Globalization;
using Ledger.Store.Postgres;

namespace Api.Settings;

/// <summary>The data folder and its form.</summary>
static class DataFolder
{
    static readonly string Format = LedgerDatabase.Format.ToString(CultureInfo.InvariantCulture);

    /// <summary>Whether anything of a ledger lies in a folder.</summary>
    public static bool Exists(string folder) =>
        File.Exists(Path.Combine(folder, "format"))
        || Directory.Exists(KeyFiles.Folder(folder))
        || Directory.Exists(Path.Combine(folder, "pg"));

    /// <summary>Makes the folder where it is not, holds its form against ours, and its keys against others'
    /// rights.</summary>
    /// <exception cref="NeededException">It cannot be used, is of another form, or its keys are not ours
    /// alone.</exception>
    public static void Prepare(LedgerSettings settings)
    {
        var folder = settings.Data;
        try
        {
            Directory.CreateDirectory(folder);
            var format = Path.Combine(folder, "format");
            if (!File.Exists(format))
                File.WriteAllText(format, Format + "\n");
            var found = File.ReadAllText(format).Trim();
            if (found != Format)
                throw new NeededException(
                    $"The data folder {folder} is of form {found}; this version reads form {Format}. Use another folder (--data), or the version that wrote it."
                );
            KeyRights.Check(settings);
        }
        catch (Exception error) when (error is UnauthorizedAccessException or IOException)
        {
            throw new NeededException($"The data folder {folder} cannot be used: {error.Message}");
        }
    }
}

/// <summary>Something needed is missing or down: exit 3, with a sentence for the person who started us.</summary>
public sealed class NeededException(string message) : Exception(message);
