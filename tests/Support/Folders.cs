using System.Diagnostics;

namespace Support;

/// <summary>Folders as they lie: owners and modes are part of what is tested, and .NET copies neither.</summary>
public static class Folders
{
    /// <summary>Copies what is in a folder into another one, which is made where it is missing.</summary>
    public static async Task CopyAsync(string from, string to)
    {
        Directory.CreateDirectory(to);
        using var copy = Process.Start("cp", ["-a", $"{from}/.", to]);
        await copy.WaitForExitAsync();
        if (copy.ExitCode != 0)
            throw new IOException($"{from} could not be copied to {to}.");
    }
}
