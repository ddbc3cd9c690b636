using System.Security.Cryptography;
using Api.Cluster;

namespace Api.Settings;

/// <summary>One key in one file: readable by its owner alone from its first byte on, whole or not there, on disk before
/// anything rests on it.</summary>
static class KeyFile
{
    const UnixFileMode Own = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <exception cref="NeededException">There is none.</exception>
    public static byte[] Read(string path) =>
        File.Exists(path)
            ? File.ReadAllBytes(path)
            : throw new NeededException($"The key file {path} is missing. Restore it from its second copy.");

    /// <summary>Makes it where there is none.</summary>
    public static void Make(string path, Func<byte[]> make)
    {
        if (File.Exists(path))
            return;
        var folder = Path.GetDirectoryName(path)!;
        Directory.CreateDirectory(folder, Own | UnixFileMode.UserExecute);
        // Written whole under another name first: a crash must not leave half a key.
        var half = $"{path}.{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6))}";
        using (
            var file = new FileStream(
                half,
                new FileStreamOptions
                {
                    Mode = FileMode.CreateNew,
                    Access = FileAccess.Write,
                    UnixCreateMode = Own,
                }
            )
        )
        {
            file.Write(make());
            file.Flush(flushToDisk: true);
        }
        try
        {
            File.Move(half, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another process was first: its key stands.
            File.Delete(half);
        }
        PathFacts.Settle(folder);
    }

    /// <summary>Puts one in the place of another.</summary>
    public static void Replace(string next, string present)
    {
        File.Move(next, present, overwrite: true);
        PathFacts.Settle(Path.GetDirectoryName(present)!);
    }
}
