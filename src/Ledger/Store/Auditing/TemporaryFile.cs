using Microsoft.Win32.SafeHandles;

namespace Ledger.Store.Auditing;

/// <summary>A file without a name, which goes when the process goes, however that ends.</summary>
static class TemporaryFile
{
    public static SafeFileHandle Open()
    {
        var path = Path.GetTempFileName();
        var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Delete);
        File.Delete(path);
        return file;
    }
}
