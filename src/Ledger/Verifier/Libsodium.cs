using System.Reflection;
using System.Runtime.InteropServices;

namespace Ledger.Verifier;

/// <summary>The library for signatures, where this program carries it in itself: from memory, so that no file is
/// written on a machine that only verifies.</summary>
static partial class Libsodium
{
    const string Name = "libsodium.so";

    /// <summary>Loads it from the program; where it is not in it, it is found beside it as usual.</summary>
    public static void FromThisFile()
    {
        using var packed = Assembly.GetExecutingAssembly().GetManifestResourceStream(Name);
        if (packed is null)
            return;
        var memory = memfd_create(Name, 0);
        var path = $"/proc/self/fd/{memory.ToString(System.Globalization.CultureInfo.InvariantCulture)}";
        using (var file = new FileStream(path, FileMode.Open, FileAccess.Write))
            packed.CopyTo(file);
        var library = NativeLibrary.Load(path);
        NativeLibrary.SetDllImportResolver(
            typeof(NSec.Cryptography.SignatureAlgorithm).Assembly,
            (name, _, _) => name == "libsodium" ? library : 0
        );
    }

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int memfd_create(string name, uint flags);
}
