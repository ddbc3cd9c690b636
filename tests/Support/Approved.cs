using System.Runtime.CompilerServices;

namespace Support;

/// <summary>
/// Approved files: a text that was looked at once and must not change unseen. Run with <c>LEDGER_APPROVE=1</c> to write
/// what is new; the diff is then read by a person.
/// </summary>
public static class Approved
{
    /// <returns>Null when the text is as approved, else what to do.</returns>
    public static string? Differs(string actual, string relativePath, [CallerFilePath] string caller = "")
    {
        var path = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(caller)!, relativePath));
        actual = actual.ReplaceLineEndings("\n").TrimEnd() + "\n";
        if (File.Exists(path) && File.ReadAllText(path) == actual)
            return null;
        if (Environment.GetEnvironmentVariable("LEDGER_APPROVE") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, actual);
            return null;
        }
        return $"{relativePath} is not what is written now. If the change is meant, run the test with LEDGER_APPROVE=1 and read the diff.";
    }
}

/// <summary>Where the project and the shared data lie.</summary>
public static class Places
{
    public static string Root { get; } = Find();

    /// <summary>A file of <c>../shared/data</c>, or null where that folder is missing.</summary>
    public static string? SharedData(string name) =>
        Path.Combine(Root, "..", "shared", "data", name) is var path && File.Exists(path)
            ? Path.GetFullPath(path)
            : null;

    /// <summary>A file of <c>../shared/vectors</c>; a test without it fails.</summary>
    public static string SharedVectors(string name) =>
        Path.GetFullPath(Path.Combine(Root, "..", "shared", "vectors", name));

    static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Ledger.sln")))
            folder = folder.Parent;
        return folder?.FullName
            ?? throw new InvalidOperationException("The project's root was not found above the tests.");
    }
}
