using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Api.Cluster;

/// <summary>What the kernel says of a path: who owns it, who may do what, and which thing it is, whatever its name.</summary>
/// <param name="Owner">User id.</param>
/// <param name="Rights">The nine bits of owner, group and others, and the sticky bit.</param>
readonly record struct PathFacts(uint Owner, PathKind Kind, int Rights, (uint Major, uint Minor, ulong Inode) Identity)
{
    const int Here = -100,
        NoFollow = 0x100,
        Basic = 0x7ff;

    /// <summary>The path itself: a link is told as a link. Null where there is none, or none that we may see.</summary>
    public static PathFacts? Of(string path) => Of(path, NoFollow);

    /// <summary>What the path leads to.</summary>
    public static PathFacts? Behind(string path) => Of(path, 0);

    /// <summary>The user we act as.</summary>
    public static uint Me { get; } = geteuid();

    /// <summary>Without links; null where it leads nowhere.</summary>
    public static string? RealPath(string path)
    {
        var buffer = new byte[4097];
        return realpath(Text(path), buffer) == 0
            ? null
            : Encoding.UTF8.GetString(buffer, 0, Array.IndexOf(buffer, (byte)0));
    }

    /// <summary>Others than the owner may read it (the group too).</summary>
    public bool OthersRead => (Rights & 0b100_100) != 0;

    /// <summary>Others than the owner may do anything with it.</summary>
    public bool OthersMay => (Rights & 0b111_111) != 0;

    /// <summary>Others than the owner may put files of their own in the place of what lies in it.</summary>
    public bool OthersReplace => (Rights & 0b010_010) != 0 && (Rights & Sticky) == 0;

    const int Sticky = 0x200;

    static PathFacts? Of(string path, int flags)
    {
        var found = new byte[256];
        if (statx(Here, Text(path), flags, Basic, found) != 0)
            return null;
        var mode = BinaryPrimitives.ReadUInt16LittleEndian(found.AsSpan(28));
        return new(
            U32(20),
            (mode & 0xF000) switch
            {
                0x8000 => PathKind.File,
                0x4000 => PathKind.Folder,
                0xA000 => PathKind.Link,
                _ => PathKind.Other,
            },
            mode & 0x3FF,
            (U32(136), U32(140), BinaryPrimitives.ReadUInt64LittleEndian(found.AsSpan(32)))
        );

        uint U32(int at) => BinaryPrimitives.ReadUInt32LittleEndian(found.AsSpan(at));
    }

    static byte[] Text(string path) => Encoding.UTF8.GetBytes(path + "\0");

#pragma warning disable IDE1006 // Names of the C library.
    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int statx(int folder, byte[] path, int flags, uint wanted, [Out] byte[] found);

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern uint geteuid();

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern nint realpath(byte[] path, [Out] byte[] found);
#pragma warning restore IDE1006
}

/// <summary>What lies at a path.</summary>
enum PathKind
{
    File,
    Folder,
    Link,
    Other,
}
