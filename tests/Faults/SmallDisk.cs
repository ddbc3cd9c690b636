using System.Diagnostics;

namespace Faults;

/// <summary>A disk in memory that can be filled; needs root.</summary>
sealed class SmallDisk : IAsyncDisposable
{
    const int Megabytes = 400;

    readonly string folder;

    SmallDisk(string folder) => this.folder = folder;

    string Ballast => Path.Combine(folder, "ballast");

    public static async Task<SmallDisk> MountAsync(string folder)
    {
        Directory.CreateDirectory(folder);
        await RunAsync("mount", "-t", "tmpfs", "-o", $"size={Megabytes}m,mode=755", "tmpfs", folder);
        return new(folder);
    }

    /// <summary>To the last byte.</summary>
    public void Fill()
    {
        var block = new byte[64 * 1024];
        using var file = new FileStream(Ballast, FileMode.Create, FileAccess.Write, FileShare.None, 0);
        try
        {
            while (true)
                file.Write(block);
        }
        catch (IOException)
        {
            // Full.
        }
    }

    public void Free() => File.Delete(Ballast);

    static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {process.ExitCode}");
    }

    public async ValueTask DisposeAsync() => await RunAsync("umount", "-l", folder);
}
