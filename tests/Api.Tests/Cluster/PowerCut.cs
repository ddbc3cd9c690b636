using System.Diagnostics;
using System.Globalization;

namespace Api.Tests.Cluster;

static class PowerCut
{
    /// <summary>Kills a server and its children as a power cut would; they are ours, named by the lock file.</summary>
    public static async Task OfAsync(string pg)
    {
        var id = int.Parse(File.ReadLines(Path.Combine(pg, "postmaster.pid")).First(), CultureInfo.InvariantCulture);
        using var postmaster = Process.GetProcessById(id);
        postmaster.Kill(entireProcessTree: true);
        await postmaster.WaitForExitAsync(TestContext.Current.CancellationToken);
    }
}
