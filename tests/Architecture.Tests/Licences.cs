using System.Text.Json;
using System.Xml.Linq;
using Support;

namespace Architecture.Tests;

public sealed class Licences
{
    static readonly string[] Allowed =
    [
        "MIT",
        "Apache-2.0",
        "BSD-2-Clause",
        "BSD-3-Clause",
        "ISC",
        "PostgreSQL",
        "MS-PL",
        "0BSD",
    ];

    /// <summary>Packages that carry a file or an address instead of an SPDX word; each was read once.</summary>
    static readonly HashSet<string> Read = new(StringComparer.OrdinalIgnoreCase)
    {
        "Google.Protobuf", // BSD-3-Clause
        "HdrHistogram", // public domain (CC0-1.0); in the benchmark only, not shipped
        "NetTopologySuite", // BSD-3-Clause
        "NetTopologySuite.IO.PostGis", // BSD-3-Clause
        "xunit.analyzers", // Apache-2.0
        "Microsoft.NETCore.Platforms", // MIT
        "NETStandard.Library", // MIT
        "SharpZipLib", // MIT
        "Sylvan.Data.Csv", // MIT
        "Deque.AxeCore.Commons", // MPL-2.0: in tests only, not shipped
    };

    [Fact]
    public void Every_package_has_a_licence_we_may_use()
    {
        var store =
            Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        var packages = Directory
            .EnumerateFiles(Places.Root, "packages.lock.json", SearchOption.AllDirectories)
            .Where(p => !p.Contains("artifacts", StringComparison.Ordinal))
            .SelectMany(Locked)
            .Distinct()
            .ToList();
        Assert.True(packages.Count > 20);
        Assert.Empty(
            packages
                .Where(p => !Read.Contains(p.Name))
                .Select(p => (p.Name, Licence: LicenceOf(store, p)))
                .Where(p => !Allowed.Contains(p.Licence))
                .Select(p => $"{p.Name}: {p.Licence}")
        );
    }

    static IEnumerable<(string Name, string Version)> Locked(string path)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(path));
        foreach (var framework in json.RootElement.GetProperty("dependencies").EnumerateObject())
        foreach (var package in framework.Value.EnumerateObject())
            if (package.Value.TryGetProperty("resolved", out var version))
                yield return (package.Name, version.GetString()!);
    }

    static string LicenceOf(string store, (string Name, string Version) package)
    {
        var name = package.Name.ToLowerInvariant();
        var path = Path.Combine(store, name, package.Version, $"{name}.nuspec");
        if (!File.Exists(path))
            return $"not restored at {path}";
        var metadata = XDocument.Load(path).Root!.Elements().First();
        string? Element(string local) =>
            metadata.Elements().FirstOrDefault(e => e.Name.LocalName == local)?.Value.Trim();
        var address = Element("licenseUrl") ?? "";
        return Element("license") is { } licence && !licence.Contains('.', StringComparison.Ordinal)
            || (licence = Element("license")) is not null && licence.StartsWith("Apache", StringComparison.Ordinal)
                ? licence!
            : address.Contains("apache", StringComparison.OrdinalIgnoreCase) ? "Apache-2.0"
            : address.Contains("mit", StringComparison.OrdinalIgnoreCase)
            || address.Contains("dotnet_library_license", StringComparison.Ordinal)
                ? "MIT"
            : $"{licence} {address}";
    }
}
