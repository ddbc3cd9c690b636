using System.Diagnostics;

namespace Support;

/// <summary>Programs of others that must agree with ours. A missing one is a skip with its name, never a pass.</summary>
public static class Peer
{
    /// <summary>The path of a program, or the test is skipped.</summary>
    /// <param name="package">What to install.</param>
    public static string Need(string program, string package)
    {
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);
        return path ?? throw Missing(program, package);
    }

    /// <summary>Skips the test: what the peer needs is not there.</summary>
    public static Exception Missing(string what, string package)
    {
        Xunit.Assert.Skip($"The peer {what} is not installed ({package}).");
        return new UnreachableException();
    }

    /// <summary>Runs a program to its end.</summary>
    /// <param name="input">Its standard input.</param>
    public static async Task<(int Exit, string Output, string Error)> Run(
        ProcessStartInfo start,
        string input,
        CancellationToken stop
    )
    {
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        start.StandardInputEncoding = new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        using var process = Process.Start(start)!;
        // Read while writing: a full pipe would hold both.
        var (output, error) = (process.StandardOutput.ReadToEndAsync(stop), process.StandardError.ReadToEndAsync(stop));
        await process.StandardInput.WriteAsync(input.AsMemory(), stop);
        process.StandardInput.Close();
        await process.WaitForExitAsync(stop);
        return (process.ExitCode, await output, await error);
    }
}
