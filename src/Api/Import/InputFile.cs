using System.Runtime.InteropServices;
using System.Text;

namespace Api.Import;

/// <summary>A file cannot be opened: not there, no file, not ours to read. Exit 2, with what to do.</summary>
public sealed class NoFileException(string message) : Exception(message);

/// <summary>
/// Files by what they are, not by their names: a pipe would be waited for, a device read for ever, and two names may be
/// one file.
/// </summary>
public static class InputFile
{
    const int TypeMask = 0xF000,
        Regular = 0x8000,
        Folder = 0x4000;

    /// <summary>Device and number: equal for two names of one file.</summary>
    public readonly record struct Identity(uint Major, uint Minor, ulong Number);

    /// <summary>Opens a regular file for reading.</summary>
    /// <exception cref="NoFileException">It is not there, no regular file, or cannot be read.</exception>
    public static FileStream Open(string path)
    {
        Check(path);
        try
        {
            return new(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new NoFileException($"{path} cannot be read: {error.Message}");
        }
    }

    /// <summary>Says why a path names no file that could be read.</summary>
    /// <exception cref="NoFileException">It is not there, or no regular file.</exception>
    public static void Check(string path)
    {
        var (mode, _) = Status(path) ?? throw new NoFileException($"There is no file {path}.");
        switch (mode & TypeMask)
        {
            case Regular:
                return;
            case Folder:
                throw new NoFileException($"{path} is a folder; name a file in it.");
            default:
                throw new NoFileException(
                    $"{path} is a pipe, a socket or a device, which has no end that could be known. Save it as a file first."
                );
        }
    }

    /// <summary>Which file a path leads to, through links; null where there is none.</summary>
    public static Identity? Of(string path) => Status(path)?.Identity;

    public static bool IsFolder(string path) => Status(path) is { Mode: var mode } && (mode & TypeMask) == Folder;

    static (int Mode, Identity Identity)? Status(string path)
    {
        if (path.Length == 0 || path.Contains('\0', StringComparison.Ordinal))
            return null;
        var status = new Statx();
        return statx(CurrentFolder, Encoding.UTF8.GetBytes(path + '\0'), 0, TypeAndNumber, ref status) == 0
            ? (status.Mode, new(status.DeviceMajor, status.DeviceMinor, status.Number))
            : null;
    }

    const int CurrentFolder = -100;
    const uint TypeAndNumber = 0x101;

    /// <summary>The kernel's own record, the same on every architecture (statx(2)).</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    struct Statx
    {
        [FieldOffset(28)]
        public ushort Mode;

        [FieldOffset(32)]
        public ulong Number;

        [FieldOffset(136)]
        public uint DeviceMajor;

        [FieldOffset(140)]
        public uint DeviceMinor;
    }

    [DllImport("libc", EntryPoint = "statx")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    static extern int statx(int folder, byte[] path, int flags, uint mask, ref Statx status);
}
